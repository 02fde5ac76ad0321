import { randomBytes } from 'node:crypto';
import type { Sql, TransactionSql } from '../../platform/database/index.ts';
import type { Log } from '../../platform/log/index.ts';
import type { Doors, Resolve } from '../resolution-contract.ts';
import { createDesk } from './desk.ts';
import { endJob, type Job, leaseUnread, listFinished, loadJob } from './jobs.store.ts';
import { createLane } from './lanes.ts';
import { readList } from './read-list.ts';
import { noteDuplicates, renewLeases, returnLeases } from './records.store.ts';

export interface EngineParts {
  sql: Sql;
  log: Log;
  now(): number;
  doors: Doors;
  resolve: Resolve;
  isTransient(error: unknown): boolean;
  /** In the transaction in which a job ends: what is to be told to whom. */
  onEnd(tx: TransactionSql, job: Job): Promise<void>;
  /** After it. */
  afterEnd(): void;
}

export interface Engine {
  /** A list was stored: reads it now. Resolves when it was read, or could not be. */
  read(jobId: string, bytes: number): Promise<void>;
  /** There may be something to do. */
  wake(): void;
  /** Gives back what is not finished; over within seconds. */
  stop(): Promise<void>;
}

const leaseMs = 10_000;
const renewMs = 2_500;
const pollMs = 1_000;
/** Whoever takes a list reads it itself, at once; only later is it anybody's. */
const ownReaderMs = 3_000;
/** Lists of more bytes than this are read one at a time, so that memory holds one workbook. */
const smallBytes = 1024 * 1024;

/**
 * Reads lists and works on their records until every job has ended. Everything is leased in the database: any number of
 * processes may do this at once, and what a killed one held is taken over when its leases end.
 */
export function createEngine(parts: EngineParts): Engine {
  const { sql, log, now, isTransient } = parts;
  const me = randomBytes(8).toString('hex');
  const stopping = new AbortController();
  const lease = () => ({ by: me, now: new Date(now()), until: new Date(now() + leaseMs) });
  const small = createLane(4);
  const large = createLane(1);
  const reading = new Set<Promise<void>>();
  const listsHeld = new Set<string>();

  const desk = createDesk({
    ...parts,
    by: me,
    lease,
    signal: stopping.signal,
    onOver: end,
    onImproved: (id) => sql.begin((tx) => noteDuplicates(tx, id, new Date(now()))),
    onTrouble: trouble,
  });

  function trouble(error: unknown, what: string): void {
    if (stopping.signal.aborted) return;
    if (isTransient(error)) log.warn({ error }, `${what}: the database did not answer; trying again`);
    else log.error({ error }, `${what} failed; trying again`);
  }

  async function end(id: string): Promise<void> {
    const ended = await sql.begin(async (tx) => {
      const at = new Date(now());
      if (!(await endJob(tx, id, { status: 'complete', at }))) return false;
      await noteDuplicates(tx, id, at);
      const job = await loadJob(tx, id);
      if (job !== null) await parts.onEnd(tx, job);
      return true;
    });
    if (ended) parts.afterEnd();
  }

  async function endWithFault(id: string, fault: string): Promise<void> {
    await sql.begin(async (tx) => {
      if (!(await endJob(tx, id, { status: 'error', at: new Date(now()), fault }))) return;
      const job = await loadJob(tx, id);
      if (job !== null) await parts.onEnd(tx, job);
    });
    parts.afterEnd();
  }

  /** Reads a list that is leased to us. */
  async function readLeased(id: string): Promise<void> {
    listsHeld.add(id);
    try {
      await readHeld(id);
    } finally {
      listsHeld.delete(id);
    }
  }

  async function readHeld(id: string): Promise<void> {
    const job = await loadJob(sql, id);
    if (job === null) return;
    let outcome: Awaited<ReturnType<typeof readList>>;
    try {
      outcome = await readList({ sql, by: me, now }, job);
    } catch (error) {
      if (isTransient(error) || stopping.signal.aborted) throw error;
      log.error({ error, job: id }, 'a list could not be read');
      outcome = {
        ok: false,
        detail: 'the list could not be read because of a fault on our side. Please tell us',
      };
    }
    if (outcome === null) return;
    if (!outcome.ok) await endWithFault(id, outcome.detail);
    else if (outcome.records === 0) await end(id);
    desk.wake();
  }

  function inReading(work: Promise<void>): Promise<void> {
    const settled = work
      .catch((error: unknown) => trouble(error, 'reading a list'))
      .finally(() => reading.delete(settled));
    reading.add(settled);
    return settled;
  }

  async function look(): Promise<void> {
    // Lists whose reader was killed; the size is not known, so they go one by one.
    if (reading.size === 0) {
      const before = new Date(now() - ownReaderMs);
      for (const id of await leaseUnread(sql, { ...lease(), most: 1, before }))
        void inReading(large(() => readLeased(id)));
    }
    for (const id of await listFinished(sql)) await end(id);
    await desk.look();
  }

  let wakened = Promise.withResolvers<void>();
  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      wakened = Promise.withResolvers<void>();
      try {
        await look();
      } catch (error) {
        trouble(error, 'looking for lists to work on');
      }
      const timer = setTimeout(wakened.resolve, pollMs);
      await wakened.promise;
      clearTimeout(timer);
    }
  }

  const renewing = setInterval(() => {
    const held = { lists: [...listsHeld], records: desk.held() };
    renewLeases(sql, me, new Date(now() + leaseMs), held).catch((error: unknown) =>
      trouble(error, 'renewing leases'),
    );
  }, renewMs);
  const running = run();

  return {
    read(jobId, bytes) {
      const lane = bytes <= smallBytes ? small : large;
      return inReading(
        lane(async () => {
          const [mine] = await leaseUnread(sql, { ...lease(), most: 1, only: jobId });
          if (mine !== undefined) await readLeased(mine);
        }),
      );
    },
    wake: () => wakened.resolve(),
    async stop() {
      stopping.abort();
      wakened.resolve();
      clearInterval(renewing);
      await running;
      await desk.stop();
      await returnLeases(sql, me).catch(() => undefined);
    },
  };
}
