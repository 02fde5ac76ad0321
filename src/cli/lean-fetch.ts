import { STATUS_CODES } from 'node:http';
import { Readable } from 'node:stream';
import { type Dispatcher, request } from 'undici';
import type { Send } from '../client/index.ts';

/**
 * What the client needs of `fetch`, without its streams for each body: an import makes thousands of small calls, and half
 * of its time went into those.
 */
export const leanFetch: Send = async (url, call) => {
  const { method, headers, body, signal } = call;
  // Forms are rare and large; the two kinds of them that there are do not know each other.
  if (body instanceof FormData) return fetch(url, { ...call, body });
  const answer = await request(url, {
    method: method as Dispatcher.HttpMethod,
    headers,
    body: body instanceof ReadableStream ? Readable.fromWeb(body) : (body ?? null),
    signal,
  });
  const { statusCode: status } = answer;
  return {
    ok: status >= 200 && status < 300,
    status,
    statusText: STATUS_CODES[status] ?? '',
    headers: {
      get(name) {
        const value = answer.headers[name];
        return (Array.isArray(value) ? value.join(', ') : value) ?? null;
      },
    },
    get body() {
      return Readable.toWeb(answer.body) as ReadableStream<Uint8Array>;
    },
    text: () => answer.body.text(),
  };
};
