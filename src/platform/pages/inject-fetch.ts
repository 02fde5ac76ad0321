import type { InjectOptions } from 'fastify';
import type { App } from '../http/index.ts';

/**
 * A `fetch` that reaches this server's own HTTP API: the same routes, hooks, rights and limits as from outside, without
 * a socket.
 * @param address of whom the call is made for, so that limits count visitors and not the server.
 */
export function injectFetch(app: App, address: string): typeof fetch {
  return async (input, init = {}) => {
    const request = input instanceof Request ? input : null;
    const url = new URL(request?.url ?? String(input));
    const body = init.body ?? (await request?.text());
    // A form's type names the boundary of its parts, which only its own encoding knows.
    const form = body instanceof FormData ? new Response(body) : null;
    const headers = new Headers(init.headers ?? request?.headers);
    if (form !== null) headers.set('content-type', form.headers.get('content-type') ?? '');
    const signal = init.signal ?? request?.signal;
    signal?.throwIfAborted();
    const options: InjectOptions = {
      method: (init.method ?? request?.method ?? 'GET') as 'GET',
      url: url.pathname + url.search,
      headers: { host: url.host, ...Object.fromEntries(headers) },
      remoteAddress: address,
      ...(body !== undefined &&
        body !== null &&
        body !== '' && {
          payload: await payloadOf(form ?? body),
        }),
    };
    const answer = await unlessAborted(app.inject(options), signal);
    const empty = [204, 205, 304].includes(answer.statusCode);
    return new Response(empty ? null : (answer.rawPayload as Buffer<ArrayBuffer>), {
      status: answer.statusCode,
      statusText: answer.statusMessage,
      headers: headersOf(answer.headers),
    });
  };
}

async function payloadOf(body: NonNullable<RequestInit['body']> | Response): Promise<string | Buffer> {
  if (typeof body === 'string') return body;
  const whole = body instanceof Response ? body : new Response(body);
  return Buffer.from(await whole.arrayBuffer());
}

function headersOf(given: Record<string, unknown>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given)) {
    for (const one of [value].flat()) if (one !== undefined) headers.append(name, String(one));
  }
  return headers;
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  if (!signal) return work;
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
