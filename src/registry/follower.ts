import { setImmediate, setTimeout } from 'node:timers/promises';
import { isTransient, type Sql } from '../platform/database/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { StoredRecord } from './model/record.ts';
import { lastSeq, recordsAfter } from './records/records.store.ts';
import { changesChannel } from './records/write-lane.ts';

/** Enough that a start reads fast, little enough that memory stays flat: about 4 MB of JSON. */
const rowsAtOnce = 1_000;

/** When no notification came: a listener whose connection broke hears nothing for a while. */
const pollMs = 500;

/** After so long others are let in between: another server's import must not keep this one from answering. */
const turnMs = 10;

export interface Follower {
  /** Resolves when everything that was committed before the call has been handed on. */
  catchUp(): Promise<void>;
  /** This server wrote these numbers itself and has handed them on: they need not be read again. */
  knows(first: number, last: number): void;
  stop(): Promise<void>;
}

/**
 * Reads what was written after the number `seen` and then everything that is written, by whatever server, and hands each
 * record to `onRecord`. Numbers become visible in their order (see the write lane), so having read up to one means having
 * missed none.
 */
export async function followRegister(
  { sql, log }: { sql: Sql; log: Log },
  onRecord: (stored: StoredRecord) => void,
  seen = 0,
): Promise<Follower> {
  let reading: Promise<void> | null = null;
  const stopping = new AbortController();

  async function readOn(): Promise<void> {
    for (;;) {
      const records = await recordsAfter(sql, seen, rowsAtOnce);
      await inTurns(records, onRecord);
      seen = Math.max(seen, records.at(-1)?.seq ?? seen);
      if (records.length < rowsAtOnce) return;
    }
  }

  /** One reader at a time; whoever comes while one reads waits for the next, which sees what it came for. */
  async function catchUp(): Promise<void> {
    while (reading !== null) await reading.catch(() => undefined);
    reading = readOn().finally(() => {
      reading = null;
    });
    return reading;
  }

  async function look(): Promise<void> {
    try {
      if ((await lastSeq(sql)) > seen) await catchUp();
    } catch (error) {
      if (!isTransient(error) && !stopping.signal.aborted)
        log.error({ err: error }, 'the register cannot be followed');
    }
  }

  await catchUp();
  const listening = await sql.listen(changesChannel, () => void look());
  const polling = (async () => {
    while (!stopping.signal.aborted) {
      await setTimeout(pollMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (!stopping.signal.aborted) await look();
    }
  })();

  return {
    catchUp,
    knows(first, last) {
      if (first === seen + 1) seen = last;
    },
    async stop() {
      stopping.abort();
      await polling;
      await listening.unlisten().catch(() => undefined);
    },
  };
}

async function inTurns<T>(list: readonly T[], work: (one: T) => void): Promise<void> {
  let began = performance.now();
  for (const one of list) {
    work(one);
    if (performance.now() - began < turnMs) continue;
    await setImmediate();
    began = performance.now();
  }
}
