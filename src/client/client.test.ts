import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AlmanacError, createClient } from './index.ts';

interface Sent {
  url: string;
  method: string;
  headers: Headers;
  body: string;
}

type Reply = Response | Error | 'hang';

/** A `fetch` that gives the replies in turn, and a client whose waits are only written down. */
function clientWith(replies: Reply[], options: { retries?: number; timeoutMs?: number } = {}) {
  const sent: Sent[] = [];
  const waits: number[] = [];
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    sent.push({
      url: request.url,
      method: request.method,
      headers: request.headers,
      body: await request.text(),
    });
    const reply = replies.shift() ?? json({});
    if (reply instanceof Error) throw reply;
    if (reply !== 'hang') return reply;
    const { promise, reject } = Promise.withResolvers<Response>();
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
    // `AbortSignal.timeout` alone does not keep the process alive.
    const alive = setTimeout(() => {}, 10_000);
    return promise.finally(() => clearTimeout(alive));
  };
  const pause = async (ms: number) => {
    waits.push(ms);
  };
  const client = createClient({ baseUrl: 'http://a.test/base/', token: 'secret', fetch, pause, ...options });
  return { client, sent, waits };
}

function json(body: unknown, init: ResponseInit = {}): Response {
  return new Response(JSON.stringify(body), init);
}

const refusal = (status: number, retryAfter?: string) =>
  json(
    { title: 'Later' },
    { status, headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter } },
  );

async function errorOf(call: Promise<unknown>): Promise<AlmanacError> {
  const error = await call.then(
    () => assert.fail('did not fail'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof AlmanacError);
  return error;
}

test('given every call, when made, then method, URL and token are those of the contract', async () => {
  const { client, sent } = clientWith([]);
  await client.health();
  await client.usage.contextObjects('<x/>', { source: 'a b', partner: 'p', partnerName: 'P&Q' });
  await client.usage.openurl({ url_ver: 'Z39.88-2004', 'rft.artnum': 'oai:x:1' });
  await client.usage.statistics('publication', 'doi:10.1234/x', {
    from: '2015-01-01',
    granularity: 'month',
    by: 'country',
  });
  await client.usage.statisticsCsv('country', 'NL');
  await client.usage.top('scholars', { size: 5 });
  await client.usage.status();
  await client.evidence.get('e/1');
  await client.publications.post('<x/>', { partner: 'p' });
  assert.deepEqual(
    sent.map(({ method, url }) => `${method} ${url.slice('http://a.test/base'.length)}`),
    [
      'GET /health',
      'POST /api/usage/context-objects?source=a%20b&partner=p&partner_name=P%26Q',
      'GET /api/usage/openurl?url_ver=Z39.88-2004&rft.artnum=oai%3Ax%3A1',
      'GET /api/usage/statistics/publication/doi%3A10.1234%2Fx?from=2015-01-01&granularity=month&by=country',
      'GET /api/usage/statistics/country/NL',
      'GET /api/usage/top/scholars?size=5',
      'GET /api/usage/status',
      'GET /api/evidence/e%2F1',
      'POST /api/publications?partner=p',
    ],
  );
  assert.ok(sent.every(({ headers }) => headers.get('authorization') === 'Bearer secret'));
  assert.equal(sent[4]?.headers.get('accept'), 'text/csv');
});

test('given events as objects, text or a stream of objects, when sent, then the body is NDJSON', async () => {
  const { client, sent } = clientWith([]);
  const event = { time: '2015-05-17T10:05:03Z', item: 'doi:10.1234/x', url: null };
  async function* stream() {
    yield event;
    yield event;
  }
  await client.usage.events([event, event], { source: 's', replaceDays: ['2015-05-17', '2015-05-18'] });
  await client.usage.events(`${JSON.stringify(event)}\n`);
  await client.usage.events(stream(), { match: 'known' });
  const line = `${JSON.stringify(event)}\n`;
  assert.deepEqual(
    sent.map(({ body }) => body),
    [line + line, line, line + line],
  );
  assert.equal(new URL(sent[0]?.url ?? '').search, '?source=s&replace_days=2015-05-17%2C2015-05-18');
  assert.equal(sent[0]?.headers.get('content-type'), 'application/x-ndjson');
});

test('given publications as objects and bytes as XML, when posted, then each has its content type', async () => {
  const { client, sent } = clientWith([]);
  await client.publications.post({ publications: [{ id: 'doi:10.1234/x' }] });
  await client.publications.post(new TextEncoder().encode('<x/>'));
  assert.deepEqual(
    sent.map(({ headers, body }) => [headers.get('content-type'), body]),
    [
      ['application/json', '{"publications":[{"id":"doi:10.1234/x"}]}'],
      ['application/xml', '<x/>'],
    ],
  );
});

test('given a problem answer, when a call fails, then the error carries status and every fault', async () => {
  const problem = {
    title: 'Bad Request',
    detail: 'two faults',
    errors: [{ path: 'from', message: 'is no date' }],
  };
  const { client, sent } = clientWith([json(problem, { status: 400 })]);
  const error = await errorOf(client.usage.status());
  assert.equal(error.status, 400);
  assert.deepEqual(error.problem, problem);
  assert.equal(error.message, '400 Bad Request; two faults; from: is no date');
  assert.equal(sent.length, 1);
});

test('given an HTML answer of a proxy, when a call fails, then it is a problem all the same', async () => {
  const { client } = clientWith([
    new Response('<h1>Bad gateway</h1>', { status: 502, statusText: 'Bad Gateway' }),
  ]);
  const error = await errorOf(client.usage.status());
  assert.deepEqual(error.problem, { title: 'Bad Gateway', detail: '<h1>Bad gateway</h1>', errors: [] });
});

test('given 503 and 429 with Retry-After, when a body can be sent again, then it is, after that time', async () => {
  const { client, sent, waits } = clientWith([refusal(503, '7'), refusal(429), json({ evidence: 'e' })]);
  const answer = await client.usage.contextObjects('<x/>');
  assert.equal(answer.evidence, 'e');
  assert.deepEqual(waits, [7000, 500]);
  assert.deepEqual(
    sent.map(({ body }) => body),
    ['<x/>', '<x/>', '<x/>'],
  );
});

test('given a server that stays away, when the retries are used up, then its last answer is the error', async () => {
  const replies = [refusal(503), new Error('socket closed'), refusal(503)];
  const { client, sent, waits } = clientWith(replies, { retries: 2 });
  const error = await errorOf(client.usage.status());
  assert.equal(error.status, 503);
  assert.equal(sent.length, 3);
  assert.deepEqual(waits, [250, 500]);
});

test('given a Retry-After of an hour, when refused, then the error comes at once', async () => {
  const { client, sent } = clientWith([refusal(503, '3600')]);
  assert.equal((await errorOf(client.usage.status())).status, 503);
  assert.equal(sent.length, 1);
});

test('given a stream, when refused, then it is not sent again', async () => {
  const { client, sent } = clientWith([refusal(503)]);
  async function* stream() {
    yield '<x/>';
  }
  assert.equal((await errorOf(client.usage.contextObjects(stream()))).status, 503);
  assert.equal(sent.length, 1);
});

test('given a replacement of days, when the connection is lost, then it is not sent again, but after 503 it is', async () => {
  const lost = clientWith([new Error('socket closed')]);
  const options = { replaceDays: ['2015-05-17'] };
  assert.equal((await errorOf(lost.client.usage.events('', options))).status, null);
  assert.equal(lost.sent.length, 1);
  const refused = clientWith([refusal(503), json({ evidence: 'e' })]);
  await refused.client.usage.events('', options);
  assert.equal(refused.sent.length, 2);
});

test('given no answer within the time, when a call is made, then the error says so', async () => {
  const { client } = clientWith(['hang'], { retries: 0, timeoutMs: 5 });
  const error = await errorOf(client.usage.status());
  assert.equal(error.status, null);
  assert.equal(error.problem.title, 'No answer within 5 ms');
});

test('given an aborted signal, when a call is under way, then its reason is thrown and nothing is tried again', async () => {
  const { client, sent } = clientWith(['hang']);
  const controller = new AbortController();
  const call = client.usage.status({ signal: controller.signal });
  setImmediate(() => controller.abort(new Error('stopped by hand')));
  await assert.rejects(call, /stopped by hand/);
  assert.equal(sent.length, 1);
});

test('given an answer that is no JSON, when read, then it is an AlmanacError', async () => {
  const { client } = clientWith([new Response('hello')]);
  assert.equal((await errorOf(client.usage.status())).problem.title, 'The answer is not JSON');
});

test('given work that is queued and then dirty, when waiting, then it polls with growing pauses', async () => {
  const states = [
    { queued: 5, dirty: 0 },
    { queued: 0, dirty: 3 },
    { queued: 0, dirty: 0 },
  ];
  const { client, waits } = clientWith(states.map((state) => json(state)));
  const seen: number[] = [];
  await client.usage.waitUntilCounted({ onProgress: ({ queued, dirty }) => seen.push(queued + dirty) });
  assert.deepEqual(seen, [5, 3, 0]);
  assert.deepEqual(waits, [20, 30]);
});
