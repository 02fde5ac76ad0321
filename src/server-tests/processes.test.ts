import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '../client/index.ts';
import { temporaryFolder } from '../testing/index.ts';
import { createAccount, startCommand, startServerProcess, startWorkerProcess } from './testing/child.ts';
import { contextObject, contextObjects } from './testing/deliveries.ts';

const WORK = 'oai:processes.example.org:1';

function batch(number: number, size: number): string {
  return contextObjects(
    ...Array.from({ length: size }, (_, index) =>
      contextObject({
        id: `${number}-${index}`,
        time: `2024-03-0${1 + (number % 9)}T10:00:00Z`,
        item: WORK,
        address: `who-${number}-${index}`,
      }),
    ),
  );
}

test('given SIGTERM while an upload is under way, then it is answered and the server exits 0 within 10 s', {
  timeout: 180_000,
}, async (t) => {
  const env = { DATA_DIR: await temporaryFolder(t), LOG_LEVEL: 'error' };
  const key = await createAccount('sender', '-d', env);
  const server = await startServerProcess(env);
  const body = Buffer.from(batch(1, 200));
  const answered = new Promise<{ status: number; text: string }>((resolve, reject) => {
    const upload = request(
      `${server.url}/api/usage/context-objects`,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/xml',
          'content-length': body.length,
        },
      },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part) => {
          text += part;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      },
    );
    upload.on('error', reject);
    upload.write(body.subarray(0, 5_000));
    // The rest comes when the server has been told to stop.
    upload.once('socket', () => void finish());
    async function finish(): Promise<void> {
      await sleep(300);
      server.process.kill('SIGTERM');
      await sleep(500);
      upload.end(body.subarray(5_000));
    }
  });
  const { status, text } = await answered;
  assert.equal(status, 202, text);
  assert.equal(JSON.parse(text).accepted, 200);
  const stopping = performance.now();
  assert.equal(await server.ended, 0, server.errors());
  assert.ok(performance.now() - stopping < 10_000);

  const next = await startServerProcess(env);
  const client = createClient({ baseUrl: next.url, token: key });
  assert.equal((await client.usage.waitUntilCounted()).events, 200);
  next.process.kill('SIGTERM');
  assert.equal(await next.ended, 0);
});

test('given a second server on the same folder, then it is refused in one line, and the first goes on', {
  timeout: 180_000,
}, async (t) => {
  const env = { DATA_DIR: await temporaryFolder(t), LOG_LEVEL: 'error' };
  const server = await startServerProcess(env);
  const second = startCommand(['serve'], env);
  assert.equal(await second.ended, 1);
  assert.match(second.errors(), /^[^\n]*another Almanac server[^\n]*\n$/);
  assert.equal((await fetch(`${server.url}/health`)).status, 200);
  server.process.kill('SIGTERM');
  assert.equal(await server.ended, 0);
});

test('given PROCESSORS=0 and two workers of which one is killed, then everything counts exactly once', {
  timeout: 180_000,
}, async (t) => {
  const env = { DATA_DIR: await temporaryFolder(t), LOG_LEVEL: 'info' };
  const key = await createAccount('sender', '-d', env);
  const server = await startServerProcess({ ...env, PROCESSORS: '0' });
  const client = createClient({ baseUrl: server.url, token: key });
  let sent = 0;
  const send = async (count: number): Promise<void> => {
    for (let end = sent + count; sent < end; sent++) await client.usage.contextObjects(batch(sent, 50));
  };
  await send(20);
  await sleep(500);
  assert.equal((await client.usage.status()).queued, 20 * 50, 'nobody processes yet');

  const workers = await Promise.all([startWorkerProcess(env), startWorkerProcess(env)]);
  for (let round = 0; round < 3; round++) {
    await send(20);
    await workers[0].kill();
    await send(20);
    workers[0] = await startWorkerProcess(env);
  }
  const { events } = await client.usage.waitUntilCounted();
  assert.equal(events, sent * 50);
  assert.equal((await client.usage.statistics('publication', WORK)).metrics.total_item_requests, sent * 50);
  for (const worker of workers) {
    worker.process.kill('SIGTERM');
    assert.equal(await worker.ended, 0, worker.errors());
    assert.doesNotMatch(worker.errors(), /"level":"error"/);
  }
  server.process.kill('SIGTERM');
  assert.equal(await server.ended, 0, server.errors());
});
