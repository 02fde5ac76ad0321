import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { expectEventsConsistent } from '../../testing/index.ts';
import type { TestServer } from './server.ts';

export interface Pushed {
  evidence: string;
  accepted: number;
  rejected: { position: number; reason: string; errors?: { path: string; message: string }[] }[];
  deposits: { position: number; id: string; state: string }[];
}

export interface EvidenceTally {
  [outcome: string]: number;
}

/** Pushing events to a test's server, and waiting until they are visible everywhere. */
export function depositing(server: TestServer) {
  async function post(body: unknown, key = server.key): Promise<Response> {
    return server.ask('/api/deposits', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  async function read<T = Record<string, never>>(path: string, key?: string): Promise<T> {
    const answer = await server.ask(
      path,
      key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } },
    );
    const text = await answer.text();
    assert.equal(answer.status, 200, `${path}: ${text.slice(0, 500)}`);
    return JSON.parse(text) as T;
  }

  /** Waits until the evidence is applied and all totals are recomputed; answers what became of its items. */
  async function settled(evidence: string): Promise<EvidenceTally> {
    for (;;) {
      const [row] = await server.sql<
        { state: string; reason: string | null; result: EvidenceTally; dirty: boolean }[]
      >`
        select state, reason, result, exists (select from event_dirty) as dirty from almanac.evidence where id = ${evidence}`;
      if (row?.state === 'failed') throw new Error(row.reason ?? 'failed');
      if (row?.state === 'done' && !row.dirty) return row.result;
      await sleep(10);
    }
  }

  return {
    post,
    read,
    settled,
    async push(deposits: unknown[], key?: string): Promise<Pushed> {
      const answer = await post({ deposits }, key);
      const text = await answer.text();
      assert.equal(answer.status, 202, text.slice(0, 1_000));
      return JSON.parse(text) as Pushed;
    },
    /** Pushes and waits; answers what became of the items. */
    async deposit(deposits: unknown[], key?: string): Promise<EvidenceTally> {
      return settled((await this.push(deposits, key)).evidence);
    },
    expectConsistent: () => expectEventsConsistent(server.sql),
  };
}

export type Depositing = ReturnType<typeof depositing>;
