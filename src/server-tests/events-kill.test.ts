import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AlmanacClient, createClient, type Deposit } from '../client/index.ts';
import { temporaryFolder } from '../testing/index.ts';
import { createAccount, runCommand, type ServerProcess, startServerProcess } from './testing/child.ts';
import { seeded } from './testing/deliveries.ts';

const KILLS = 6;
const CLIENTS = 3;
const WORKS = 5;

describe('given a server that is killed again and again while deposits come in', () => {
  let folder = '';
  let server: ServerProcess | null = null;
  let key = '';
  const undo: (() => unknown)[] = [];
  const random = seeded(20240301);
  const expected = new Map<string, number>();
  const env = () => ({ DATA_DIR: folder, LOG_LEVEL: 'fatal' });

  before(async () => {
    folder = await temporaryFolder({ after: (step) => undo.push(step as () => unknown) });
    key = await createAccount('sender', '-d', env());
    server = await startServerProcess(env());
  });

  after(async () => {
    server?.process.kill('SIGTERM');
    await server?.ended;
    for (const step of undo) await step();
  });

  /** Sends until it is acknowledged, and now and then once more. */
  async function push(deposits: Deposit[], twice: boolean): Promise<void> {
    for (let sent = 0; sent < (twice ? 2 : 1); ) {
      const answer = await fetch(`${server?.url}/api/deposits`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ deposits }),
        signal: AbortSignal.timeout(10_000),
      }).catch(() => null);
      const text = await answer?.text().catch(() => null);
      if (answer?.status === 202 && typeof text === 'string') sent++;
      else await sleep(20);
    }
  }

  async function killPostgres(): Promise<void> {
    const pid = Number((await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
    process.kill(pid, 'SIGKILL');
  }

  async function totalsOf(client: AlmanacClient): Promise<Record<string, number>> {
    const { results } = await client.events.results({ size: 1000 });
    return Object.fromEntries(results.map((row) => [row.work_id, row.total]));
  }

  /** The whole feed: its ids must not repeat, its cursors must give the same pages after a replay. */
  async function feedOf(client: AlmanacClient): Promise<string> {
    const pages: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await client.events.feed({ size: 500, cursor });
      pages.push(JSON.stringify(page));
      if (!page.meta.more) return pages.join('\n');
      cursor = page.meta.next_cursor ?? undefined;
    }
  }

  test('then every acknowledged deposit counts exactly once, and a replay gives the same feed', {
    timeout: 400_000,
  }, async () => {
    let over = false;
    let acknowledged = 0;
    const clients = Array.from({ length: CLIENTS }, async (_, number) => {
      const next = seeded(number + 1);
      for (let batch = 0; !over; batch++) {
        const deposits = Array.from({ length: 1 + Math.floor(next() * 200) }, (_item, no): Deposit => {
          const total = 1 + Math.floor(next() * 3);
          const work = `doi:10.1234/w${Math.floor(next() * WORKS)}`;
          return {
            subj_id: `https://pages.example/${number}/${batch}/${no}`,
            obj_id: work,
            source_id: 'reddit',
            total,
          };
        });
        await push(deposits, next() < 0.3);
        acknowledged += deposits.length;
        for (const { obj_id: work = '', total = 0 } of deposits)
          expected.set(work, (expected.get(work) ?? 0) + total);
      }
    });
    for (let kills = 0; kills < KILLS; kills++) {
      // However slow the machine is, something comes in between two kills.
      while (acknowledged < (kills + 1) * 200) await sleep(10);
      await sleep(Math.floor(random() * 700));
      if (kills % 3 === 2) await killPostgres();
      await server?.kill();
      server = await startServerProcess(env());
    }
    over = true;
    await Promise.all(clients);
    const client = createClient({ baseUrl: server?.url ?? '', token: key });
    await client.events.waitUntilSettled();
    assert.ok(acknowledged > 1_000, `only ${acknowledged} deposits came in`);
    assert.deepEqual(await totalsOf(client), Object.fromEntries([...expected].sort()));
    assert.equal((await client.events.feed({ count: 'true', size: 1 })).meta.total, acknowledged);

    const before = await feedOf(client);
    await runCommand(['archive', 'replay', '--json'], env());
    assert.equal(await feedOf(client), before);
    assert.deepEqual(await totalsOf(client), Object.fromEntries([...expected].sort()));
  });
});
