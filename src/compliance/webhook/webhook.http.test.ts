import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, Server } from 'node:net';
import { suite, test } from 'node:test';
import { readProgress, submitJson, submitTable, until, untilOver } from '../testing/calls.ts';
import { found, startHouse } from '../testing/house.ts';
import { nextDelivery } from './schedule.ts';
import { requestTarget, webhookFault } from './webhook-url.ts';
import { readDeliveries } from './webhooks.store.ts';

async function listen(statuses: number[]): Promise<{ url: string; seen: string[]; close(): void }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    const status = statuses.shift() ?? 200;
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end('x'.repeat(200_000));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () => Server.prototype.close.call(server.closeAllConnections() ?? server),
  };
}

test('given a webhook that fails, redirects and then takes it, then it is called as given, once after the 2xx never again', async (t) => {
  const hook = await listen([500, 302]);
  t.after(hook.close);
  const house = await startHouse(t);
  const callback = `${hook.url}/a/../b%2fc/%7e?q=1&&x=%zz+ü#part`;
  const { id, webhook_callback } = await submitJson(house.url, {
    articles: [{ pmid: 1 }],
    webhook_callback: callback,
  });
  assert.equal(webhook_callback, callback);
  await untilOver(house.url, id);
  const tries = () => readDeliveries(house.sql, id);
  await until(tries, (all) => all?.tries.length === 1);
  house.pass(2_000);
  await until(tries, (all) => all?.tries.length === 2);
  house.pass(10_000);
  const delivered = await until(tries, (all) => all?.delivered_at !== null);
  assert.deepEqual(
    delivered?.tries.map(({ outcome }) => outcome),
    ['answered 500', 'answered 302', 'answered 200'],
  );
  assert.equal(delivered?.due_at, null);
  const { webhook } = await readProgress(house.url, id);
  assert.deepEqual(
    webhook?.tries.map(({ outcome }) => outcome),
    ['answered 500', 'answered 302', 'answered 200'],
  );
  assert.deepEqual([webhook?.delivered_at, webhook?.next_try_at], [webhook?.tries[2]?.at, null]);
  assert.match(webhook?.delivered_at ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  const target = 'GET /a/../b%2fc/%7e?q=1&&x=%zz+%C3%BC';
  assert.deepEqual(hook.seen, [target, target, target]);

  // Neither a restart nor later answers of a source bring it back.
  await house.restart();
  await fetch(`${house.url}/api/compliancejob/${id}/retry`, { method: 'POST' });
  const other = await submitJson(house.url, { articles: [], webhook_callback: `${hook.url}/other` });
  await until(
    () => readDeliveries(house.sql, other.id),
    (all) => all?.delivered_at !== null && all !== null,
  );
  assert.deepEqual(hook.seen.slice(3), ['GET /other']);
});

test('given records that are not finished, then no webhook; given a list that cannot be read, then it is called', async (t) => {
  const hook = await listen([]);
  t.after(hook.close);
  const gate = Promise.withResolvers<void>();
  const house = await startHouse(t, {
    upstream: async ({ key }) => {
      if (key === '2') await gate.promise;
      return found();
    },
  });
  const { id } = await submitJson(house.url, {
    articles: [{ pmid: 1 }, { pmid: 2 }],
    webhook_callback: `${hook.url}/list`,
  });
  const bad = await submitTable(house.url, '<html>', { fields: { webhook_callback: `${hook.url}/bad` } });
  await untilOver(house.url, bad.id);
  await until(
    () => readDeliveries(house.sql, bad.id),
    (all) => all !== null && all.delivered_at !== null,
  );
  assert.deepEqual(hook.seen, ['GET /bad']);
  gate.resolve();
  await untilOver(house.url, id);
  await until(
    () => readDeliveries(house.sql, id),
    (all) => all !== null && all.delivered_at !== null,
  );
  assert.deepEqual(hook.seen, ['GET /bad', 'GET /list']);
});

test('given a name that leads to a private address, then it is noted and not tried again', async (t) => {
  const house = await startHouse(t);
  const { id } = await submitJson(house.url, {
    articles: [],
    webhook_callback: 'http://inside.example:4000/',
  });
  const tried = await until(
    () => readDeliveries(house.sql, id),
    (all) => all !== null && all.tries.length === 1,
  );
  assert.equal(tried?.tries[0]?.outcome, 'the address is not allowed');
  assert.equal(tried?.due_at, null);
  const { webhook } = await readProgress(house.url, id);
  assert.deepEqual(
    [webhook?.delivered_at, webhook?.next_try_at, webhook?.tries.map(({ outcome }) => outcome)],
    [null, null, ['the address is not allowed']],
  );
});

suite('what a webhook may be', () => {
  const refuse = (url: URL) => (url.hostname === '127.0.0.1' ? 'the address is not allowed' : null);
  for (const bad of [
    'ftp://a.example/',
    '/relative',
    'http:a.example',
    'http://a.example/ b',
    'http://a.example\\b',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.0.0.1/',
    `http://a.example/${'x'.repeat(9_000)}`,
    'http://a.example/\u0000',
  ])
    test(`given ${JSON.stringify(bad.slice(0, 40))}, then it is refused`, () => {
      assert.notEqual(webhookFault(bad, refuse), null);
    });

  test('given what parsers would change, then the request target keeps it', () => {
    assert.equal(requestTarget('http://a.example'), '/');
    assert.equal(requestTarget('http://a.example?x'), '/?x');
    assert.equal(requestTarget('HTTP://a.example/%7E/./x?#f'), '/%7E/./x?');
    assert.equal(requestTarget('http://a.example/ü?ß'), '/%C3%BC?%C3%9F');
  });
});

test('given tries without a 2xx, then the pauses grow as promised and end after a day', () => {
  const start = Date.UTC(2026, 0, 1);
  let now = start;
  const pauses: number[] = [];
  for (let tries = 1; ; tries += 1) {
    const due = nextDelivery(tries, start, now);
    if (due === null) break;
    pauses.push((due.getTime() - now) / 1000);
    now = due.getTime();
  }
  assert.deepEqual(pauses.slice(0, 6), [2, 10, 60, 300, 1800, 3600]);
  assert.ok(pauses.slice(5).every((pause) => pause === 3600));
  assert.ok(now - start <= 24.1 * 3_600_000 && now - start > 23 * 3_600_000);
});
