import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { createClient } from '../client/index.ts';
import { temporaryFolder } from '../testing/index.ts';
import { createAccount, runCommand, startServerProcess } from './testing/child.ts';
import { contextObject, contextObjects, ndjson } from './testing/deliveries.ts';

const V4 = '203.0.113.219';
const V6 = '2001:db8:77af:1234:5678:9abc:def0:4321';
/** What people are recognised by; none of it may lie anywhere. */
const SECRETS = [
  V4,
  V6,
  'marker-user-7391',
  'marker-cookie-7392',
  'marker-session-7393',
  'marker-query-7394',
];

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** Every way in which a text could stand in a file: as it is, in UTF-16, in base64 (three alignments), in hex. */
function formsOf(text: string): Buffer[] {
  const bytes = Buffer.from(text);
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(shift === 0 ? 0 : shift + 1, -4),
  );
  return [
    bytes,
    Buffer.from(text, 'utf16le'),
    ...[...base64, bytes.toString('hex')].map((form) => Buffer.from(form)),
  ];
}

test('given deliveries that hold addresses, good and bad, then no byte of one is on disk or in the log', {
  timeout: 180_000,
}, async (t) => {
  const folder = await temporaryFolder(t);
  const env = { DATA_DIR: folder, LOG_LEVEL: 'trace' };
  const key = await createAccount('sender', '-do', env);
  const server = await startServerProcess(env);
  const client = createClient({ baseUrl: server.url, token: key });
  const answers: string[] = [];
  const ask = async (path: string, init: RequestInit = {}): Promise<void> => {
    const answer = await fetch(`${server.url}${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${key}`,
        'x-forwarded-for': V4,
        forwarded: `for=${V4}`,
        ...init.headers,
      },
    });
    answers.push(await answer.text());
  };
  const post = (path: string, type: string, body: string) =>
    ask(path, { method: 'POST', headers: { 'content-type': type }, body });
  const XML = 'application/xml';
  const line = {
    time: '2024-03-01T10:00:00Z',
    item: 'oai:addresses.example.org:1',
    url: `https://addresses.example.org/1.pdf?token=marker-query-7394`,
    user: 'marker-user-7391',
    cookie: 'marker-cookie-7392',
    session: 'marker-session-7393',
    referrer: `https://search.example.org/?q=marker-query-7394`,
  };

  for (const address of [V4, V6]) {
    await post(
      '/api/usage/context-objects',
      XML,
      contextObjects(contextObject({ id: `a${address.length}`, address })),
    );
    await post('/api/usage/context-objects', XML, contextObjects(contextObject({ time: null, address })));
    await post(
      '/api/usage/context-objects',
      XML,
      contextObjects(contextObject({ time: address, item: address })),
    );
    await post('/api/usage/context-objects', XML, `${contextObjects(contextObject({ address }))}<${address}`);
    await post('/api/usage/context-objects', XML, `<x>${address}</x>`);
    await post('/api/usage/events', 'application/x-ndjson', ndjson({ ...line, address }));
    await post(
      '/api/usage/events',
      'application/x-ndjson',
      ndjson({ ...line, time: address, address }, `{"address":"${address}"`),
    );
    await post(
      '/api/usage/events',
      'application/x-ndjson',
      ndjson({ ...line, address: [address], [address]: 1 }),
    );
    await post('/api/usage/events', 'application/json', JSON.stringify({ address }));
    const ping = new URLSearchParams({
      url_ver: 'Z39.88-2004',
      url_tim: '2024-03-01T11:00:00Z',
      req_id: `urn:ip:${address}`,
      'rft.artnum': 'oai:addresses.example.org:1',
      'svc.session': 'marker-session-7393',
      api_key: key,
    });
    await ask(`/api/usage/openurl?${ping}`);
    ping.set('url_tim', 'now');
    await ask(`/api/usage/openurl?${ping}`);
    ping.delete('api_key');
    await ask(`/api/usage/openurl?${ping}&api_key=wrong`, { headers: { authorization: '' } });
    await ask(`/nothing?req_id=${address}`);
    await ask(`/api/usage/status?${address}=1`, { method: 'DELETE' });
  }
  await client.usage.waitUntilCounted();
  await runCommand(['archive', 'replay', '--json'], env);
  await client.usage.waitUntilCounted();
  const [events] = await Promise.all([client.usage.status(), ask('/metrics')]);
  assert.ok(events.events >= 6, JSON.stringify({ events, answers }));
  server.process.kill('SIGTERM');
  assert.equal(await server.ended, 0);

  const places = new Map([['the log', Buffer.from(server.errors())]]);
  for (const file of await filesOf(folder)) places.set(file.slice(folder.length), await readFile(file));
  assert.ok(places.size > 500, 'the files of PostgreSQL are among them');
  assert.ok(server.errors().length > 1_000);
  const found: string[] = [];
  for (const secret of SECRETS) {
    for (const form of formsOf(secret)) {
      for (const [place, bytes] of places) if (bytes.includes(form)) found.push(`${secret} in ${place}`);
    }
  }
  assert.deepEqual(found, []);
});
