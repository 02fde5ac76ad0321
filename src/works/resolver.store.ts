import type { TransactionSql } from 'postgres';
import { copyRows, listOf } from '../platform/database/index.ts';

// SQL of the identifier → work table and of joining works. Statements take whole batches.

export interface KnownIdentifier {
  key: string;
  work_id: number;
}

export interface WorkFlags {
  work_id: number;
  has_doi: boolean;
  has_persistent_id: boolean;
}

export function findIdentifiers(tx: TransactionSql, keys: string[]): Promise<KnownIdentifier[]> {
  return tx<
    KnownIdentifier[]
  >`select key, work_id from work_identifiers where key = any(${listOf(keys)}::uuid[])`;
}

export function findFlags(tx: TransactionSql, workIds: number[]): Promise<WorkFlags[]> {
  return tx<WorkFlags[]>`
    select work_id, has_doi, has_persistent_id from works where work_id = any(${listOf(workIds)}::bigint[])`;
}

/**
 * Numbers for new works, ascending and above all that were ever taken: the lower of two numbers is the older work, also in a
 * replay. Only the lane takes them, so a whole range is taken at once.
 */
export async function takeWorkIds(tx: TransactionSql, count: number): Promise<number[]> {
  const [row] = await tx<{ last: number }[]>`
    select setval(s.name, coalesce(pg_sequence_last_value(s.name), 0) + ${count}::bigint) as last
    from (select pg_get_serial_sequence('works', 'work_id')::regclass as name) s`;
  const first = (row?.last ?? 0) - count + 1;
  return Array.from({ length: count }, (_, index) => first + index);
}

export interface NewWork {
  workId: number;
  canonicalId: string;
  hasDoi: boolean;
  hasPersistentId: boolean;
}

export async function insertWorks(tx: TransactionSql, works: NewWork[], at: Date): Promise<void> {
  const time = at.getTime();
  await copyRows(
    tx,
    'works (work_id, canonical_id, has_doi, has_persistent_id, created_at, updated_at)',
    works,
    (out, work) => {
      out.int8(work.workId);
      out.text(work.canonicalId);
      out.bool(work.hasDoi);
      out.bool(work.hasPersistentId);
      out.time(time);
      out.time(time);
    },
  );
  await tx`update works_state set works = works + ${works.length}, unknown_works = unknown_works + ${works.length}`;
}

/** In the order given: `known_no` decides which of several identifiers of one kind is canonical. */
export async function insertIdentifiers(
  tx: TransactionSql,
  rows: { key: string; value: string; workId: number }[],
): Promise<void> {
  await copyRows(tx, 'work_identifiers (key, value, work_id)', rows, (out, row) => {
    out.uuid(row.key);
    out.text(row.value);
    out.int8(row.workId);
  });
}

/** All identifiers of some works, oldest first. */
export function listIdentifiers(
  tx: TransactionSql,
  workIds: number[],
): Promise<{ work_id: number; value: string }[]> {
  return tx<{ work_id: number; value: string }[]>`
    select work_id, value from work_identifiers where work_id = any(${workIds}::bigint[]) order by known_no`;
}

export async function updateCanonical(tx: TransactionSql, works: NewWork[], at: Date): Promise<void> {
  await tx`
    update works w
    set canonical_id = n.canonical_id, has_doi = n.has_doi::boolean, has_persistent_id = n.has_persistent_id::boolean, updated_at = ${at}
    from unnest(${works.map((w) => w.workId)}::bigint[], ${works.map((w) => w.canonicalId)}::text[],
      ${works.map((w) => String(w.hasDoi))}::text[], ${works.map((w) => String(w.hasPersistentId))}::text[])
      as n (work_id, canonical_id, has_doi, has_persistent_id)
    where w.work_id = n.work_id`;
}

/** Moves everything the catalogue holds of `from` to `to` and removes `from`. Pairs must be resolved (no chains). */
export async function joinWorks(tx: TransactionSql, pairs: { from: number; to: number }[]): Promise<void> {
  const from = pairs.map((pair) => pair.from);
  const to = pairs.map((pair) => pair.to);
  const moved = tx`unnest(${from}::bigint[], ${to}::bigint[]) as m (old_id, new_id)`;
  await tx`update work_identifiers i set work_id = m.new_id from ${moved} where i.work_id = m.old_id`;
  await tx`update publication_records r set work_id = m.new_id from ${moved} where r.work_id = m.old_id`;
  await tx`update author_ids a set work_id = m.new_id from ${moved} where a.work_id = m.old_id`;
  await tx`
    insert into work_usage_partners (work_id, partner_id)
    select m.new_id, p.partner_id from work_usage_partners p join ${moved} on p.work_id = m.old_id
    on conflict do nothing`;
  await tx`delete from work_usage_partners where work_id = any(${from}::bigint[])`;
  const gone = await tx<{ live_records: number }[]>`
    delete from works where work_id = any(${from}::bigint[]) returning live_records`;
  const unknown = gone.filter((work) => work.live_records === 0).length;
  await tx`update works_state set works = works - ${gone.length}, unknown_works = unknown_works - ${unknown}`;
}
