import type { Sql, TransactionSql } from 'postgres';
import type { Derivation, EvidenceKind } from './evidence.ts';
import { openPayload } from './payload.ts';
import { APPLY_LANE } from './store.ts';

/** As many as one group may have had when it was first applied, so that a group is always read whole. */
const ROWS_AT_ONCE = 500;
/** Of payload read together, the last one aside: single uploads have up to 100 MiB, and 200 of them are no memory's size. */
const BYTES_AT_ONCE = 32 * 1024 * 1024;

export interface ReplayOptions {
  /** The database as everybody sees it. */
  live: Sql;
  /** The same with a search path that begins with `derived_next`. */
  next: Sql;
  derivation: Derivation;
  /** Recomputes all that is dirty. */
  roll(sql: Sql): Promise<void>;
  onProgress(done: number, total: number): void;
}

export interface ReplayResult {
  evidence: number;
  tables: number;
}

/**
 * Builds all derived tables anew from evidence in `seq` order, beside the live ones, then swaps them in one transaction:
 * readers see the old state or the new one. Throws, and leaves all as it was, when evidence is missing. Accepting goes on meanwhile; applying waits for the lane.
 * Uses nothing but the evidence: no clock, no random, no upstream.
 */
export async function replay(options: ReplayOptions): Promise<ReplayResult> {
  const { live, next } = options;
  const lane = await live.reserve();
  try {
    await lane`select pg_advisory_lock(${APPLY_LANE})`;
    await dropOld(live);
    await copyEmptyTables(live);
    const evidence = await deriveAll(options);
    await options.roll(next);
    const tables = await swap(lane);
    await dropOld(live);
    return { evidence, tables };
  } finally {
    await lane`select pg_advisory_unlock(${APPLY_LANE})`;
    lane.release();
  }
}

async function deriveAll({ next: sql, derivation, onProgress }: ReplayOptions): Promise<number> {
  const kinds = new Map<string, EvidenceKind>(derivation.kinds.map((kind) => [kind.kind, kind]));
  derivation.forget();
  const [{ total } = { total: 0 }] = await sql<
    { total: number }[]
  >`select last_seq as total from almanac.evidence_state`;
  let done = 0;
  while (done < total) {
    const rows = await sql<ReplayRow[]>`
      select id, seq, kind, account, params, received_at, processed_at, payload, items, result
      from (
        select *, sum(bytes) over (order by seq) - bytes as bytes_before
        from almanac.evidence where seq > ${done} order by seq limit ${ROWS_AT_ONCE}
      ) e
      where bytes_before < ${BYTES_AT_ONCE}
      order by seq`;
    checkGapless(rows, done);
    const all = groups(rows);
    // The last group may go on after the rows read; it is read again, from its first row.
    if (all.length > 1 && done + rows.length < total) all.pop();
    for (const group of all) {
      await sql.begin(async (tx) => {
        await tx`set local synchronous_commit = off`;
        const kind = kinds.get(group[0]?.kind ?? '');
        if (kind === undefined) throw new Error(`nobody here understands evidence of kind ${group[0]?.kind}`);
        const batch = [];
        for (const row of group) {
          const prepared = await kind.prepare(await openPayload(row.payload), row.params);
          batch.push({
            id: row.id,
            seq: row.seq,
            account: row.account,
            params: row.params,
            receivedAt: row.received_at,
            processedAt: row.processed_at,
            prepared,
            recorded: row.result ?? {},
          });
        }
        await kind.apply(tx as TransactionSql, batch);
      });
      done += group.length;
      onProgress(done, total);
    }
  }
  return done;
}

interface ReplayRow {
  id: string;
  seq: number;
  kind: string;
  account: string;
  params: Record<string, string | number | boolean | null | string[]>;
  received_at: Date;
  processed_at: Date;
  payload: Buffer;
  items: number;
  result: Record<string, unknown> | null;
}

/** The groups in which evidence was first applied: what a batch makes of itself is made again. */
function groups(rows: ReplayRow[]): ReplayRow[][] {
  const result: ReplayRow[][] = [];
  for (const row of rows) {
    const [first] = result.at(-1) ?? [];
    const isSame = first?.kind === row.kind && first.processed_at.getTime() === row.processed_at.getTime();
    if (isSame) result.at(-1)?.push(row);
    else result.push([row]);
  }
  return result;
}

/** Makes `derived_next` with the tables of `derived`, empty but for the rows that hold a single state. */
async function copyEmptyTables(sql: Sql): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`drop schema if exists derived_next cascade`;
    await tx`create schema derived_next`;
    const tables = await tx<{ name: string; kind: string; key: string | null }[]>`
      select c.relname as name, c.relkind::text as kind, pg_get_partkeydef(c.oid) as key
      from pg_class c
      where c.relnamespace = 'derived'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      order by c.relname`;
    for (const { name, kind, key } of tables) {
      const partition = kind === 'p' ? ` partition by ${key}` : '';
      await tx.unsafe(`create table derived_next.${name} (like derived.${name} including all)${partition}`);
    }
    const partitions = await tx<{ name: string; parent: string; bound: string }[]>`
      select c.relname as name, p.relname as parent, pg_get_expr(c.relpartbound, c.oid) as bound
      from pg_class c join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent
      where c.relnamespace = 'derived'::regnamespace and c.relkind = 'r' and c.relispartition`;
    for (const { name, parent, bound } of partitions) {
      await tx.unsafe(`create table derived_next.${name} partition of derived_next.${parent} ${bound}`);
    }
    for (const { name } of tables) {
      if (name.endsWith('_state')) await tx.unsafe(`insert into derived_next.${name} default values`);
    }
  });
}

/** Puts the new tables in the place of the old ones; all that remembers the old ones forgets it by the epoch. */
async function swap(sql: Sql): Promise<number> {
  const [row] = await sql<{ tables: number }[]>`
    select count(*) as tables from pg_class where relnamespace = 'derived_next'::regnamespace and relkind in ('r', 'p')`;
  // One transaction (statements without parameters, sent together), on the connection that has held the lane all along:
  // if it had been lost, somebody may have applied to the old tables. Renaming waits for no reader; dropping in the same
  // transaction would, and could meet one in a deadlock.
  await sql.unsafe(`
    alter schema derived rename to derived_old;
    alter schema derived_next rename to derived;
    update almanac.evidence_state set epoch = epoch + 1`);
  return row?.tables ?? 0;
}

const DROP_TRIES = 20;

/** Drops the old tables once nobody reads them any more; what cannot be dropped now goes at the next replay. */
async function dropOld(sql: Sql): Promise<void> {
  for (let tries = 0; tries < DROP_TRIES; tries++) {
    try {
      await sql.begin(async (tx) => {
        // Shorter than PostgreSQL's deadlock_timeout (1 s), so that it is never a reader that has to give way.
        await tx`set local lock_timeout = '500ms'`;
        await tx`drop schema if exists derived_old cascade`;
      });
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
    }
  }
}

const LOCK_NOT_AVAILABLE = '55P03';

/** Throws when one is missing among `rows`, which follow the number `done`: figures without it would be wrong. */
function checkGapless(rows: readonly { seq: number }[], done: number): void {
  const missing = rows.findIndex(({ seq }, index) => seq !== done + 1 + index);
  if (rows.length > 0 && missing === -1) return;
  throw new Error(`the evidence with seq ${done + 1 + Math.max(missing, 0)} is missing`);
}
