import type { TransactionSql } from 'postgres';

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
  return tx<KnownIdentifier[]>`select key, work_id from work_identifiers where key = any(${keys}::uuid[])`;
}

export function findFlags(tx: TransactionSql, workIds: number[]): Promise<WorkFlags[]> {
  return tx<WorkFlags[]>`
    select work_id, has_doi, has_persistent_id from works where work_id = any(${workIds}::bigint[])`;
}

/** Numbers for new works, ascending. */
export async function takeWorkIds(tx: TransactionSql, count: number): Promise<number[]> {
  // One row: 20,000 of them took longer to send than to make.
  const [row] = await tx<{ ids: number[] | null }[]>`
    select array_agg(nextval(s.name)) as ids
    from (select pg_get_serial_sequence('works', 'work_id')::regclass as name) s cross join generate_series(1, ${count}::int)`;
  return (row?.ids ?? []).map(Number).sort((a, b) => a - b);
}

export interface NewWork {
  workId: number;
  canonicalId: string;
  hasDoi: boolean;
  hasPersistentId: boolean;
}

export async function insertWorks(tx: TransactionSql, works: NewWork[], at: Date): Promise<void> {
  await tx`
    insert into works (work_id, canonical_id, has_doi, has_persistent_id, created_at, updated_at)
    overriding system value
    select w.work_id, w.canonical_id, w.has_doi::boolean, w.has_persistent_id::boolean, ${at}, ${at}
    from unnest(${works.map((w) => w.workId)}::bigint[], ${works.map((w) => w.canonicalId)}::text[],
      ${works.map((w) => String(w.hasDoi))}::text[], ${works.map((w) => String(w.hasPersistentId))}::text[])
      as w (work_id, canonical_id, has_doi, has_persistent_id)`;
  await tx`update works_state set works = works + ${works.length}, unknown_works = unknown_works + ${works.length}`;
}

/** In the order given: `known_no` decides which of several identifiers of one kind is canonical. */
export async function insertIdentifiers(
  tx: TransactionSql,
  rows: { key: string; value: string; workId: number }[],
): Promise<void> {
  await tx`
    insert into work_identifiers (key, value, work_id)
    select i.key, i.value, i.work_id
    from unnest(${rows.map((r) => r.key)}::uuid[], ${rows.map((r) => r.value)}::text[], ${rows.map((r) => r.workId)}::bigint[])
      with ordinality as i (key, value, work_id, n)
    order by i.n`;
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
