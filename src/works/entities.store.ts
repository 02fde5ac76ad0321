import type { TransactionSql } from 'postgres';

// SQL of the people and organisations that statistics are kept for.

/** What one author of one record carries. */
export interface AuthorIds {
  ids: string[];
}

/** The distinct sets of ids that names carry which have any of the asked ids. */
export function findIdSets(tx: TransactionSql, keys: string[]): Promise<AuthorIds[]> {
  return tx<AuthorIds[]>`
    with entries as (
      select distinct record_key, author_no from author_ids where key = any(${keys}::uuid[])
    ), sets as (
      select array_agg(a.value order by a.value) as ids
      from author_ids a join entries using (record_key, author_no)
      group by a.record_key, a.author_no
    )
    select distinct ids from sets`;
}

/** The entities that some ids lead to now. */
export function findEntityIds(
  tx: TransactionSql,
  keys: string[],
): Promise<{ key: string; value: string; entity_id: number }[]> {
  return tx<{ key: string; value: string; entity_id: number }[]>`
    select key, value, entity_id from entity_ids where key = any(${keys}::uuid[])`;
}

/** All ids of some entities. */
export function idsOfEntities(
  tx: TransactionSql,
  entityIds: number[],
): Promise<{ key: string; value: string; entity_id: number }[]> {
  return tx<{ key: string; value: string; entity_id: number }[]>`
    select key, value, entity_id from entity_ids where entity_id = any(${entityIds}::bigint[])`;
}

export async function insertEntities(
  tx: TransactionSql,
  kind: 'scholar' | 'partner',
  entities: { id: string; name: string | null }[],
): Promise<number[]> {
  const rows = await tx<{ entity_id: number }[]>`
    with asked as (
      select * from unnest(${entities.map((e) => e.id)}::text[], ${entities.map((e) => e.name)}::text[])
        with ordinality as e (id, name, n)
    )
    insert into entities (kind, id, name) select ${kind}, id, name from asked order by n
    returning entity_id`;
  return rows.map((row) => row.entity_id).sort((a, b) => a - b);
}

/** Points ids at entities; an id leads to one entity only. */
export async function pointIds(
  tx: TransactionSql,
  kind: 'scholar' | 'partner',
  rows: { key: string; value: string; entityId: number }[],
): Promise<void> {
  await tx`
    insert into entity_ids (key, kind, value, entity_id)
    select i.key, ${kind}, i.value, i.entity_id
    from unnest(${rows.map((r) => r.key)}::uuid[], ${rows.map((r) => r.value)}::text[], ${rows.map((r) => r.entityId)}::bigint[])
      as i (key, value, entity_id)
    order by i.key
    on conflict (key) do update set entity_id = excluded.entity_id`;
}

export async function dropIds(tx: TransactionSql, keys: string[]): Promise<void> {
  await tx`delete from entity_ids where key = any(${keys}::uuid[])`;
}

/** Sets canonical id and name of some scholars; the name is that of the newest live record (ties: greater record id). */
export async function describeScholars(
  tx: TransactionSql,
  scholars: { entityId: number; id: string }[],
): Promise<void> {
  await tx`
    with told as (
      select * from unnest(${scholars.map((s) => s.entityId)}::bigint[], ${scholars.map((s) => s.id)}::text[]) as t (entity_id, id)
    ), named as (
      select distinct on (t.entity_id) t.entity_id, a.name
      from told t
      join entity_ids i using (entity_id)
      join author_ids a on a.key = i.key
      join publication_records r on r.key = a.record_key
      order by t.entity_id, coalesce(r.datestamp, r.received_at) desc, r.record_id collate "C" desc, a.author_no
    )
    update entities e set id = t.id, name = n.name
    from told t left join named n using (entity_id)
    where e.entity_id = t.entity_id`;
}

/** Removes scholars that no id leads to any more. */
export async function dropEntities(tx: TransactionSql, entityIds: number[]): Promise<void> {
  await tx`delete from entities where entity_id = any(${entityIds}::bigint[])`;
}

export async function nameEntities(
  tx: TransactionSql,
  rows: { entityId: number; name: string }[],
): Promise<void> {
  await tx`
    update entities e set name = n.name
    from unnest(${rows.map((r) => r.entityId)}::bigint[], ${rows.map((r) => r.name)}::text[]) as n (entity_id, name)
    where e.entity_id = n.entity_id and e.name is distinct from n.name`;
}

export async function worksWithAuthors(tx: TransactionSql, keys: string[]): Promise<number[]> {
  const rows = await tx<
    { work_id: number }[]
  >`select distinct work_id from author_ids where key = any(${keys}::uuid[])`;
  return rows.map((row) => row.work_id);
}

/** Partners that live records of some works name (or, for works without one, that deliveries of usage named). */
export function partnersOfWorks(
  tx: TransactionSql,
  workIds: number[],
): Promise<{ work_id: number; partner_id: string }[]> {
  return tx<{ work_id: number; partner_id: string }[]>`
    with asked as (
      select unnest(${workIds}::bigint[]) as work_id
    )
    select distinct r.work_id, p.partner ->> 'id' as partner_id
    from publication_records r join asked using (work_id)
    cross join lateral jsonb_array_elements(r.body -> 'partners') as p (partner)
    where not r.deleted
    union
    select u.work_id, u.partner_id
    from work_usage_partners u join asked using (work_id)
    where not exists (select from publication_records r where r.work_id = u.work_id and not r.deleted)`;
}

export interface WorkEntity {
  work_id: number;
  entity_id: number;
}

/**
 * Replaces whom some works count for by what their live records say; answers the pairs that came and went.
 * `partners` are the pairs of work and partner already looked up.
 */
export function replaceWorkEntities(
  tx: TransactionSql,
  workIds: number[],
  partners: { workId: number; entityId: number }[],
): Promise<WorkEntity[]> {
  return tx<WorkEntity[]>`
    with asked as (
      select unnest(${workIds}::bigint[]) as work_id
    ), wanted as (
      select distinct a.work_id, i.entity_id, 'scholar' as kind
      from author_ids a join asked using (work_id) join entity_ids i on i.key = a.key
      where a.counts
      union
      select p.work_id, p.entity_id, 'partner'
      from unnest(${partners.map((p) => p.workId)}::bigint[], ${partners.map((p) => p.entityId)}::bigint[]) as p (work_id, entity_id)
    ), gone as (
      delete from work_entities e using asked
      where e.work_id = asked.work_id
        and not exists (select from wanted w where w.work_id = e.work_id and w.entity_id = e.entity_id)
      returning e.work_id, e.entity_id
    ), come as (
      insert into work_entities (work_id, entity_id, kind)
      select work_id, entity_id, kind from wanted order by work_id, entity_id
      on conflict do nothing
      returning work_id, entity_id
    )
    select work_id, entity_id from gone
    union all
    select work_id, entity_id from come`;
}

/** Takes whom joined works counted for away; answers the pairs. */
export function dropWorkEntities(tx: TransactionSql, workIds: number[]): Promise<WorkEntity[]> {
  return tx<
    WorkEntity[]
  >`delete from work_entities where work_id = any(${workIds}::bigint[]) returning work_id, entity_id`;
}

/** Notes which partner delivered usage of a work; answers the pairs that are new. */
export function noteUsagePartners(
  tx: TransactionSql,
  pairs: { workId: number; partnerId: string }[],
): Promise<{ work_id: number }[]> {
  return tx<{ work_id: number }[]>`
    insert into work_usage_partners (work_id, partner_id)
    select distinct p.work_id, p.partner_id
    from unnest(${pairs.map((p) => p.workId)}::bigint[], ${pairs.map((p) => p.partnerId)}::text[]) as p (work_id, partner_id)
    order by 1, 2
    on conflict do nothing
    returning work_id`;
}
