import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '../client/index.ts';
import { temporaryFolder } from '../testing/index.ts';
import {
  createAccount,
  runCommand,
  type ServerProcess,
  startCommand,
  startServerProcess,
} from './testing/child.ts';
import { contextObject, contextObjects, ndjson, seeded } from './testing/deliveries.ts';
import { figuresOf } from './testing/figures.ts';

const KILLS = 10;
const CLIENTS = 3;
const WORKS = 7;
const DAYS = 5;

interface Batch {
  path: string;
  contentType: string;
  body: string;
  /** What it adds to the figures: events by `work day`. */
  events: string[];
}

/** Batches of every kind; no two events of all are a double click, so that figures are plain counts. */
function batchMaker(random: () => number): () => Batch {
  let made = 0;
  const pick = (below: number): number => Math.floor(random() * below);
  return () => {
    made++;
    const size = 1 + pick(40);
    const events = Array.from({ length: size }, (_, index) => ({
      work: pick(WORKS),
      day: `2024-02-2${pick(DAYS)}`,
      time: `${String(pick(24)).padStart(2, '0')}:${String(pick(60)).padStart(2, '0')}:30Z`,
      who: `${made}-${index}`,
    }));
    const names = events.map(({ work, day }) => `oai:repo.example.org:${work} ${day}`);
    if (made % 2 === 0) {
      const body = ndjson(
        ...events.map(({ work, day, time, who }) => ({
          time: `${day}T${time}`,
          item: `oai:repo.example.org:${work}`,
          kind: 'request',
          user: who,
        })),
      );
      return {
        path: '/api/usage/events?source=lines',
        contentType: 'application/x-ndjson',
        body,
        events: names,
      };
    }
    const body = contextObjects(
      ...events.map(({ work, day, time, who }) =>
        contextObject({
          id: who,
          time: `${day}T${time}`,
          item: `oai:repo.example.org:${work}`,
          address: `pseudonym-${who}`,
        }),
      ),
    );
    return {
      path: '/api/usage/context-objects?source=objects',
      contentType: 'application/xml',
      body,
      events: names,
    };
  };
}

describe('given a server that is killed again and again while deliveries come in', () => {
  let folder = '';
  let server: ServerProcess | null = null;
  let key = '';
  const undo: (() => unknown)[] = [];
  const random = seeded(20240229);
  const expected = new Map<string, number>();
  let acknowledged = 0;

  const env = () => ({ DATA_DIR: folder, LOG_LEVEL: 'warn' });

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

  /** Tries until the batch is taken; without an end to it a test that fails would never let its process go. */
  async function deliver(batch: Batch, signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      try {
        const answer = await fetch(`${server?.url}${batch.path}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': batch.contentType },
          body: batch.body,
          signal: AbortSignal.timeout(10_000),
        });
        const text = await answer.text();
        if (answer.status === 202) {
          assert.equal(JSON.parse(text).accepted, batch.events.length);
          return;
        }
        assert.equal(answer.status, 503, text);
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
      }
      await sleep(20);
    }
  }

  async function killPostgres(): Promise<void> {
    const pid = Number((await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
    process.kill(pid, 'SIGKILL');
  }

  test('then every acknowledged event counts exactly once', { timeout: 400_000 }, async (t) => {
    let over = false;
    const giveUp = new AbortController();
    const signal = AbortSignal.any([t.signal, giveUp.signal]);
    const clients = Array.from({ length: CLIENTS }, async (_, number) => {
      const next = batchMaker(seeded(number + 1));
      while (!over) {
        const batch = next();
        // Names of the clients' events must differ.
        batch.body = batch.body.replaceAll(/("user":"|identifier="|pseudonym-)/g, `$1${number}-`);
        await deliver(batch, signal);
        acknowledged++;
        for (const name of batch.events) expected.set(name, (expected.get(name) ?? 0) + 1);
      }
    });
    const kill = async () => {
      for (let kills = 0; kills < KILLS && !signal.aborted; kills++) {
        await sleep(Math.floor(random() * 900));
        if (kills % 4 === 3) await killPostgres();
        // Sometimes PostgreSQL dies first, and the server lives on for a while.
        if (kills % 8 === 7) await sleep(Math.floor(random() * 500));
        await server?.kill();
        server = await startServerProcess(env());
      }
      over = true;
    };
    await Promise.all([...clients, kill()]).catch((error: unknown) => {
      giveUp.abort(error);
      throw error;
    });

    const client = createClient({ baseUrl: server?.url ?? '', token: key });
    const { events } = await client.usage.waitUntilCounted();
    assert.ok(acknowledged > KILLS, `only ${acknowledged} batches came in`);
    const found = new Map<string, number>();
    for (let work = 0; work < WORKS; work++) {
      const id = `oai:repo.example.org:${work}`;
      const { series } = await client.usage.statistics('publication', id, { granularity: 'day' });
      for (const { period, total_item_requests: requests } of series) found.set(`${id} ${period}`, requests);
    }
    assert.deepEqual(Object.fromEntries([...found].sort()), Object.fromEntries([...expected].sort()));
    assert.equal(
      events,
      [...expected.values()].reduce((sum, count) => sum + count, 0),
    );
  });

  test('and a replay that is killed too changes nothing, and the next one gives the same figures', {
    timeout: 180_000,
  }, async () => {
    const client = createClient({ baseUrl: server?.url ?? '', token: key });
    const figures = await figuresOf(client);
    for (const wait of [300, 600, 900]) {
      const replay = startCommand(['archive', 'replay', '--json'], env());
      await Promise.race([sleep(wait), replay.ended]);
      await replay.kill();
      assert.deepEqual(await figuresOf(client), figures);
    }
    await runCommand(['archive', 'replay', '--json'], env());
    assert.deepEqual(await figuresOf(client), figures);
  });
});
