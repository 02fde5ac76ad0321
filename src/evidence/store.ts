import type { NewEvidence, Params, Queries, Transaction } from './evidence.ts';

// All SQL of the inbox and of its processing.

/** Advisory lock of the one lane of applying (held for a transaction). */
export const APPLY_LANE = 7_301_001;

export interface EvidenceRow {
  id: string;
  seq: number | null;
  account: string;
  kind: string;
  content_type: string;
  sha256: Buffer;
  received_sha256: Buffer | null;
  bytes: number;
  items: number;
  restricted: boolean;
  params: Params;
  accepted: { accepted: number; rejected: unknown[]; notes?: string[] };
  received_at: Date;
  processed_at: Date | null;
  state: 'waiting' | 'done' | 'failed';
  reason: string | null;
  result: Record<string, unknown> | null;
}

export interface WaitingRow {
  id: string;
  kind: string;
  items: number;
  account: string;
  params: Params;
  received_at: Date;
  bytes: number;
}

const columns = [
  'id',
  'account',
  'kind',
  'content_type',
  'sha256',
  'received_sha256',
  'bytes',
  'items',
  'restricted',
  'params',
  'accepted',
  'received_at',
  'payload',
  'item_keys',
] as const;

/** Stores accepted evidence; returns once it is durable (WAL flushed). */
export async function insertEvidence(
  sql: Queries,
  rows: (NewEvidence & { id: string; receivedAt: Date })[],
): Promise<void> {
  const values = rows.map((row) => ({
    id: row.id,
    account: row.account,
    kind: row.kind,
    content_type: row.contentType,
    sha256: Buffer.from(row.payload.sha256, 'hex'),
    received_sha256: row.receivedSha256 === undefined ? null : Buffer.from(row.receivedSha256, 'hex'),
    bytes: row.payload.bytes,
    items: row.result.accepted,
    restricted: row.restricted,
    params: sql.json(row.params),
    accepted: sql.json(JSON.parse(JSON.stringify(row.result))),
    received_at: row.receivedAt,
    payload: row.payload.compressed,
    item_keys: row.itemKeys ?? null,
  }));
  await sql`insert into almanac.evidence ${sql(values, ...columns)}`;
}

/** Takes the lane of applying for this transaction, or says that somebody else has it. */
export async function takeLane(
  tx: Transaction,
): Promise<{ last_seq: number; epoch: number; last_at: Date | null } | null> {
  const [row] = await tx<{ locked: boolean }[]>`select pg_try_advisory_xact_lock(${APPLY_LANE}) as locked`;
  if (!row?.locked) return null;
  // Derived rows may be lost in a crash: they and `done` are lost together and derived again.
  await tx`set local synchronous_commit = off`;
  const [state] = await tx<{ last_seq: number; epoch: number; last_at: Date | null }[]>`
    select s.last_seq, s.epoch, (select e.processed_at from almanac.evidence e where e.seq = s.last_seq) as last_at
    from almanac.evidence_state s`;
  return state ?? null;
}

/** Whether any evidence waits: one look at the partial index, no lane. */
export async function isAnythingWaiting(sql: Queries): Promise<boolean> {
  const [row] = await sql<{ waiting: boolean }[]>`
    select exists (select from almanac.evidence where state = 'waiting') as waiting`;
  return row?.waiting ?? false;
}

/** The oldest waiting evidence in order of acceptance. */
export function listWaiting(sql: Queries | Transaction, limit: number): Promise<WaitingRow[]> {
  return sql<WaitingRow[]>`
    select id, kind, items, account, params, received_at, bytes
    from almanac.evidence
    where state = 'waiting'
    order by accepted_no
    limit ${limit}`;
}

export function loadPayloads(
  sql: Queries | Transaction,
  ids: string[],
): Promise<{ id: string; payload: Buffer }[]> {
  return sql<
    { id: string; payload: Buffer }[]
  >`select id, payload from almanac.evidence where id = any(${ids}::uuid[])`;
}

/** Marks evidence as applied, with its gapless numbers. */
export async function markDone(
  tx: Transaction,
  done: { id: string; seq: number; result: Record<string, unknown> }[],
  processedAt: Date,
): Promise<void> {
  await tx`
    update almanac.evidence e
    set state = 'done', seq = d.seq, result = d.result::jsonb, processed_at = ${processedAt}, reason = null, item_keys = null
    from unnest(${done.map((d) => d.id)}::uuid[], ${done.map((d) => d.seq)}::bigint[], ${done.map((d) => JSON.stringify(d.result))}::text[])
      as d (id, seq, result)
    where e.id = d.id`;
  await tx`update almanac.evidence_state set last_seq = ${done.at(-1)?.seq ?? 0}`;
}

/** Sets one piece of evidence aside, so that the rest goes on. */
export async function markFailed(sql: Queries, id: string, reason: string, at: Date): Promise<void> {
  await sql`
    update almanac.evidence set state = 'failed', reason = ${reason}, processed_at = ${at}
    where id = ${id} and state = 'waiting'`;
}

/** Puts what was set aside back into the queue; answers how many. */
export async function retryFailed(sql: Queries, id: string | null): Promise<number> {
  const rows = await sql`
    update almanac.evidence set state = 'waiting', reason = null, processed_at = null
    where state = 'failed' and (${id}::uuid is null or id = ${id}::uuid)
    returning id`;
  return rows.length;
}

export async function findEvidence(sql: Queries, id: string): Promise<EvidenceRow | null> {
  const [row] = await sql<EvidenceRow[]>`
    select id, seq, account, kind, content_type, sha256, received_sha256, bytes, items, restricted, params, accepted,
      received_at, processed_at, state, reason, result
    from almanac.evidence where id = ${id}`;
  return row ?? null;
}

export function listFailed(
  sql: Queries,
): Promise<
  { id: string; kind: string; account: string; items: number; reason: string; received_at: Date }[]
> {
  return sql<
    { id: string; kind: string; account: string; items: number; reason: string; received_at: Date }[]
  >`
    select id, kind, account, items, reason, received_at
    from almanac.evidence where state = 'failed' order by accepted_no limit 10000`;
}
