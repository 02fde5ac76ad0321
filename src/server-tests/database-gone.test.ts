import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAccounts } from '../accounts/index.ts';
import { startServer } from '../app.ts';
import { createClient } from '../client/index.ts';
import { quietLog, temporaryFolder, testDatabase } from '../testing/index.ts';
import { createAccount, startServerProcess } from './testing/child.ts';
import { contextObject, contextObjects } from './testing/deliveries.ts';
import { problemOf } from './testing/problem.ts';
import { startProxy } from './testing/proxy.ts';
import { configOf } from './testing/server.ts';

const WORK = 'oai:gone.example.org:1';

/** Sends events one after the other, each until it is acknowledged; every refusal must be a 503 with Retry-After. */
function sender(url: string, key: string) {
  let over = false;
  let acknowledged = 0;
  let refused = 0;
  async function send(number: number): Promise<void> {
    for (;;) {
      const minute = new Date(Date.parse('2024-03-01T00:00:00Z') + number * 60_000).toISOString();
      const answer = await fetch(`${url}/api/usage/context-objects`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/xml' },
        body: contextObjects(contextObject({ id: `event-${number}`, time: minute, item: WORK })),
      });
      if (answer.status === 202) {
        await answer.text();
        acknowledged++;
        return;
      }
      assert.ok(Number(answer.headers.get('retry-after')) > 0, String(answer.status));
      await problemOf(answer, 503);
      refused++;
      await sleep(20);
    }
  }
  let failure: unknown;
  const running = (async () => {
    for (let number = 0; !over; number++) await send(number);
  })().catch((error: unknown) => {
    failure = error;
  });
  const sound = (): void => {
    if (failure !== undefined) throw failure;
  };
  return {
    acknowledged() {
      sound();
      return acknowledged;
    },
    refused() {
      sound();
      return refused;
    },
    async stop() {
      over = true;
      await running;
      sound();
    },
  };
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(20);
}

test('given a database that is away for a while, then writes and reads are 503, and all comes back by itself', {
  timeout: 180_000,
}, async () => {
  const undo: (() => unknown)[] = [];
  try {
    const database = await testDatabase({ after: (step) => undo.push(step as () => unknown) });
    const proxy = await startProxy(database.url);
    undo.push(proxy.close);
    const config = configOf({
      PORT: '0',
      DATA_DIR: database.dataDir,
      DATABASE_URL: proxy.url,
      RATE_LIMIT: '1000000',
    });
    const server = await startServer(config, quietLog);
    undo.push(server.stop);
    const made = await createAccounts({ sql: database.sql }).create({ name: 'sender', rights: ['deposit'] });
    assert.ok('token' in made);
    const sending = sender(server.url, made.token);
    const healthy = async () => (await fetch(`${server.url}/health`)).ok;

    for (let round = 1; round <= 3; round++) {
      const before = sending.acknowledged();
      await until(() => sending.acknowledged() > before + 5);
      const refused = sending.refused();
      proxy.cut();
      await until(() => sending.refused() > refused + 5);
      const acknowledged = sending.acknowledged();
      for (const path of [
        '/api/usage/status',
        '/api/usage/statistics/country/NL',
        '/api/usage/top/publications',
      ]) {
        const answer = await fetch(`${server.url}${path}`);
        assert.ok(Number(answer.headers.get('retry-after')) > 0);
        await problemOf(answer, 503);
      }
      const health = await fetch(`${server.url}/health`);
      assert.equal(health.status, 503);
      assert.equal(((await health.json()) as { status: string }).status, 'unavailable');
      assert.equal((await fetch(`${server.url}/metrics`)).status, 200);
      assert.equal(sending.acknowledged(), acknowledged);
      proxy.mend();
      await until(healthy);
    }
    await sending.stop();
    const client = createClient({ baseUrl: server.url, token: made.token });
    const { events } = await client.usage.waitUntilCounted();
    assert.equal(events, sending.acknowledged());
    assert.equal((await client.usage.statistics('publication', WORK)).metrics.total_item_requests, events);
  } finally {
    for (const step of undo.reverse()) await step();
  }
});

test('given a database that is silent, then writes and the health are 503 before anybody gives up', async () => {
  const undo: (() => unknown)[] = [];
  try {
    const database = await testDatabase({ after: (step) => undo.push(step as () => unknown) });
    const proxy = await startProxy(database.url);
    undo.push(proxy.close);
    const server = await startServer(
      configOf({ PORT: '0', DATA_DIR: database.dataDir, DATABASE_URL: proxy.url }),
      quietLog,
    );
    undo.push(server.stop);
    const made = await createAccounts({ sql: database.sql }).create({ name: 'sender', rights: ['deposit'] });
    assert.ok('token' in made);
    const write = () =>
      fetch(`${server.url}/api/usage/context-objects`, {
        method: 'POST',
        headers: { authorization: `Bearer ${made.token}`, 'content-type': 'application/xml' },
        body: contextObjects(contextObject({ id: 'event', item: WORK })),
        signal: AbortSignal.timeout(20_000),
      });
    const health = () => fetch(`${server.url}/health`, { signal: AbortSignal.timeout(20_000) });
    proxy.silence();
    const [written, healths] = await Promise.all([write(), Promise.all([health(), health(), health()])]);
    await problemOf(written, 503);
    assert.deepEqual(
      healths.map(({ status }) => status),
      [503, 503, 503],
    );
    proxy.mend();
    await until(async () => (await health()).ok);
    assert.equal((await write()).status, 202);
    const client = createClient({ baseUrl: server.url, token: made.token });
    assert.equal((await client.usage.waitUntilCounted()).events, 1);
  } finally {
    for (const step of undo.reverse()) await step();
  }
});

test('given an embedded PostgreSQL that is killed, then the server starts it again and loses nothing', {
  timeout: 180_000,
}, async (t) => {
  const folder = await temporaryFolder(t);
  const env = { DATA_DIR: folder, LOG_LEVEL: 'error' };
  const key = await createAccount('sender', '-d', env);
  const server = await startServerProcess(env);
  try {
    const sending = sender(server.url, key);
    for (let round = 1; round <= 3; round++) {
      const before = sending.acknowledged();
      await until(() => sending.acknowledged() > before + 5);
      const pid = Number((await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
      process.kill(pid, 'SIGKILL');
      const refused = sending.refused();
      await until(() => sending.refused() > refused);
    }
    const before = sending.acknowledged();
    await until(() => sending.acknowledged() > before + 5);
    await sending.stop();
    const client = createClient({ baseUrl: server.url, token: key });
    const { events } = await client.usage.waitUntilCounted();
    assert.equal(events, sending.acknowledged());
    assert.equal((await client.usage.statistics('publication', WORK)).metrics.total_item_requests, events);
    assert.equal(server.process.exitCode, null);
  } finally {
    server.process.kill('SIGTERM');
    assert.equal(await server.ended, 0, server.errors());
  }
});
