import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { type AlmanacClient, createClient, type UsageEventLine } from '../../client/index.ts';

export interface Received {
  method: string;
  path: string;
  query: Record<string, string>;
  contentType: string | undefined;
  body: string;
}

export interface FakeServer {
  client: AlmanacClient;
  received: Received[];
  /** Event lines of all deliveries, in order of arrival. */
  events: UsageEventLine[];
}

export interface FakeServerOptions {
  /** Adds to (or replaces) the computed result of an evidence. */
  result?: Record<string, unknown>;
  state?: 'done' | 'failed';
  /** Answers a request instead of the fake. */
  refuse?: (request: Received) => { status: number; body: object } | undefined;
  rejected?: { position: number; reason: string }[];
}

/** Plays the shapes of the API on loopback: takes deliveries, finds repeated ids, has everything counted at once. */
export async function startFakeServer(t: TestContext, options: FakeServerOptions = {}): Promise<FakeServer> {
  const received: Received[] = [];
  const events: UsageEventLine[] = [];
  const results = new Map<string, Record<string, unknown>>();
  const ids = new Set<string>();

  function accept(request: Received): object {
    const evidence = `evidence-${results.size + 1}`;
    const items = itemsOf(request);
    let duplicates = 0;
    for (const item of request.path === '/api/usage/events' ? (items as UsageEventLine[]) : []) {
      events.push(item);
      if (item.id !== undefined && ids.has(item.id)) duplicates++;
      if (item.id !== undefined) ids.add(item.id);
    }
    const rejected = options.rejected ?? [];
    const accepted = items.length - rejected.length;
    results.set(evidence, {
      duplicates,
      robot: 0,
      double_click: 0,
      counted: accepted - duplicates,
      ...options.result,
    });
    return { evidence, accepted, rejected };
  }

  function answer(request: Received): { status: number; body: object } {
    const refusal = options.refuse?.(request);
    if (refusal !== undefined) return refusal;
    if (request.method === 'POST') return { status: 202, body: accept(request) };
    if (request.path === '/api/usage/status') return { status: 200, body: { queued: 0, dirty: 0 } };
    const id = request.path.slice('/api/evidence/'.length);
    return { status: 200, body: { id, state: options.state ?? 'done', result: results.get(id) } };
  }

  const server = createServer(async (message, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const url = new URL(message.url ?? '/', 'http://localhost');
    const request: Received = {
      method: message.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      contentType: message.headers['content-type'],
      body: (message.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString(),
    };
    received.push(request);
    const { status, body } = answer(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return {
    client: createClient({ baseUrl: `http://127.0.0.1:${port}`, token: 'secret', retries: 0 }),
    received,
    events,
  };
}

function itemsOf({ path, contentType, body }: Received): unknown[] {
  if (path === '/api/usage/events')
    return body.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  if (contentType === 'application/json') return JSON.parse(body).publications;
  return body.match(/<(?:\w+:)?(?:context-object|record)[\s/>]/g) ?? [];
}
