import type { Sql } from '../../platform/database/index.ts';
import type { Log } from '../../platform/log/index.ts';
import type { Asking, Doors, Resolve } from '../resolution-contract.ts';
import { createJobDoors } from './job-doors.ts';
import { type JobOptions, listProcessing } from './jobs.store.ts';
import {
  type FinishedRecord,
  type LeasedRecord,
  leaseOpen,
  leaseParked,
  storeFinished,
} from './records.store.ts';
import { failedRecord, workOnRecord } from './work-on-record.ts';

export interface DeskParts {
  sql: Sql;
  log: Log;
  now(): number;
  resolve: Resolve;
  by: string;
  lease(): { by: string; now: Date; until: Date };
  signal: AbortSignal;
  doors: Doors;
  /** All records of a job are finished. */
  onOver(jobId: string): Promise<void>;
  /** More became known of records of a job that had ended. */
  onImproved(jobId: string): Promise<void>;
  isTransient(error: unknown): boolean;
  onTrouble(error: unknown, what: string): void;
}

export interface Desk {
  /** Looks what there is to work on; resolves when it has been taken up. */
  look(): Promise<void>;
  wake(): void;
  /** Records in work or waiting to be stored. */
  held(): { job_id: string; pos: number }[];
  stop(): Promise<void>;
}

/** Records in work at once: enough to keep all upstreams busy at their rates, few enough to hold in memory. */
const placesOfAll = 256;
/** Jobs worked on at once; later ones stay `submitted` as far as anybody can tell. */
const jobsAtOnce = 64;
const placesOfParked = 32;
/** A parked step is tried again for so long; then it waits for its next turn. */
const retryGiveUpMs = 60_000;
/** Finished records that are stored together. */
const storedTogether = 200;

/** Where records lie while they are worked on. Jobs share the places evenly, so that a short list need not wait for a long one. */
export function createDesk(parts: DeskParts): Desk {
  const { sql, now, lease, signal } = parts;
  /** Records in work, by job; parked ones apart. */
  const inWork = new Map<string, number>();
  const doors = createJobDoors(parts.doors, signal);
  const parkedDoors = createJobDoors(parts.doors, signal);
  let parkedInWork = 0;
  const finished: FinishedRecord[] = [];
  const working = new Map<Promise<void>, LeasedRecord>();
  const work = {
    resolve: parts.resolve,
    now,
    onFault: (error: unknown, { job_id, pos }: LeasedRecord) =>
      parts.log.error({ error, job: job_id, pos }, 'a record could not be worked on'),
  };

  function start(record: LeasedRecord, options: JobOptions, asking: Asking, leave: () => void): void {
    const task = workOnRecord(work, record, options, asking, signal)
      .then((result) => {
        if (result !== null) finished.push(result);
      })
      .finally(() => {
        working.delete(task);
        leave();
        void storing.run();
      });
    working.set(task, record);
  }

  async function fill(): Promise<void> {
    if (signal.aborted) return;
    const jobs = await listProcessing(sql, jobsAtOnce);
    const share = Math.max(4, Math.floor(placesOfAll / Math.max(1, jobs.length)));
    for (const { id, options } of jobs) {
      const mine = inWork.get(id) ?? 0;
      // Half a share is worth a statement.
      if (mine > share / 2) continue;
      const records = await leaseOpen(sql, id, { ...lease(), most: share - mine });
      if (records.length === 0) continue;
      inWork.set(id, mine + records.length);
      for (const record of records) {
        const asking = doors.enter(id, options.give_up_after * 1000);
        start(record, options, asking, () => {
          doors.leave(id);
          const left = (inWork.get(id) ?? 1) - 1;
          if (left === 0) inWork.delete(id);
          else inWork.set(id, left);
        });
      }
    }
  }

  async function retry(): Promise<void> {
    const free = placesOfParked - parkedInWork;
    if (free < placesOfParked / 2 || signal.aborted) return;
    const records = await leaseParked(sql, { ...lease(), most: free });
    for (const record of records) {
      const options = record.options as JobOptions;
      parkedInWork += 1;
      start(record, options, parkedDoors.enter(record.job_id, retryGiveUpMs), () => {
        parkedDoors.leave(record.job_id);
        parkedInWork -= 1;
      });
    }
  }

  async function store(lot: readonly FinishedRecord[]): Promise<void> {
    try {
      const jobs = await storeFinished(sql, parts.by, lot, new Date(now()));
      for (const { id, over, improved } of jobs) {
        if (over) await parts.onOver(id);
        else if (improved) await parts.onImproved(id);
      }
    } catch (error) {
      if (parts.isTransient(error)) throw error;
      const [first, ...others] = lot;
      if (first === undefined) return;
      // What the database does not take must not stand in the way of all else: one by one, and at last without what was found.
      if (others.length > 0) for (const one of lot) await store([one]);
      else if (first.isFailure) throw error;
      else {
        parts.log.error(
          { error, job: first.job_id, pos: first.pos },
          'what was found out about a record cannot be stored',
        );
        await store([failedRecord(first, now())]);
      }
    }
  }

  /** Stores what is finished, a lot at a time, then fills the places that became free. */
  const storing = coalesced(
    async () => {
      while (finished.length > 0) {
        const lot = finished.slice(0, storedTogether);
        await store(lot);
        finished.splice(0, lot.length);
      }
      await filling.run();
    },
    (error) => parts.onTrouble(error, 'storing finished records'),
  );

  const filling = coalesced(
    async () => {
      await fill();
      await retry();
    },
    (error) => parts.onTrouble(error, 'taking up records'),
  );

  return {
    async look() {
      await storing.run();
    },
    wake: () => void filling.run(),
    held: () => [...working.values(), ...finished],
    async stop() {
      // What waits for an answer was told by the signal.
      await Promise.allSettled(working.keys());
      await storing.run();
    },
  };
}

/** Runs `work` never twice at once; being asked meanwhile makes it run once more. */
function coalesced(work: () => Promise<void>, onError: (error: unknown) => void): { run(): Promise<void> } {
  let running: Promise<void> | null = null;
  let again = false;
  const loop = async () => {
    do {
      again = false;
      await work().catch(onError);
    } while (again);
    running = null;
  };
  return {
    run() {
      if (running === null) running = loop();
      else again = true;
      return running;
    },
  };
}
