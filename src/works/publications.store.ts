import type { TransactionSql } from 'postgres';
import type { PublicationRecord } from './publication.ts';

// SQL of the delivered records and of what they say.

export interface StoredRecord {
  key: string;
  work_id: number | null;
  datestamp: Date | null;
  deleted: boolean;
}

export function findRecords(tx: TransactionSql, keys: string[]): Promise<StoredRecord[]> {
  return tx<StoredRecord[]>`
    select key, work_id, datestamp, deleted from publication_records where key = any(${keys}::uuid[])`;
}

export interface RecordRow {
  key: string;
  recordId: string;
  workId: number | null;
  datestamp: Date | null;
  receivedAt: Date;
  deleted: boolean;
  body: PublicationRecord;
}

export async function upsertRecords(tx: TransactionSql, rows: RecordRow[]): Promise<void> {
  await tx`
    insert into publication_records (key, record_id, work_id, datestamp, received_at, deleted, body)
    select key, record_id, work_id, datestamp::timestamptz, received_at::timestamptz, deleted::boolean, body::jsonb
    from unnest(${rows.map((r) => r.key)}::uuid[], ${rows.map((r) => r.recordId)}::text[], ${rows.map((r) => r.workId)}::bigint[],
      ${rows.map((r) => r.datestamp?.toISOString() ?? null)}::text[], ${rows.map((r) => r.receivedAt.toISOString())}::text[],
      ${rows.map((r) => String(r.deleted))}::text[], ${rows.map((r) => JSON.stringify(r.body))}::text[])
      as r (key, record_id, work_id, datestamp, received_at, deleted, body)
    order by key
    on conflict (key) do update set
      work_id = excluded.work_id, datestamp = excluded.datestamp, received_at = excluded.received_at,
      deleted = excluded.deleted, body = excluded.body`;
}

export interface AuthorRow {
  key: string;
  value: string;
  recordKey: string;
  authorNo: number;
  workId: number;
  name: string;
  /** False: usage of the work does not count for this person. */
  counts: boolean;
}

/** Replaces what some records say of authors; answers the ids that were there before. */
export async function replaceAuthors(
  tx: TransactionSql,
  recordKeys: string[],
  rows: AuthorRow[],
): Promise<string[]> {
  const before = await tx<{ value: string }[]>`
    delete from author_ids where record_key = any(${recordKeys}::uuid[]) returning value`;
  if (rows.length > 0) {
    await tx`
      insert into author_ids (key, value, record_key, author_no, work_id, name, counts)
      select a.key, a.value, a.record_key, a.author_no, a.work_id, a.name, a.counts::boolean
      from unnest(${rows.map((r) => r.key)}::uuid[], ${rows.map((r) => r.value)}::text[], ${rows.map((r) => r.recordKey)}::uuid[],
        ${rows.map((r) => r.authorNo)}::integer[], ${rows.map((r) => r.workId)}::bigint[], ${rows.map((r) => r.name)}::text[],
        ${rows.map((r) => String(r.counts))}::text[])
        as a (key, value, record_key, author_no, work_id, name, counts)
      on conflict do nothing`;
  }
  return before.map((row) => row.value);
}

export async function replaceUrls(
  tx: TransactionSql,
  recordKeys: string[],
  rows: { key: string; recordKey: string; kind: string }[],
): Promise<void> {
  await tx`delete from publication_urls where record_key = any(${recordKeys}::uuid[])`;
  if (rows.length === 0) return;
  await tx`
    insert into publication_urls (key, record_key, kind)
    select u.key, u.record_key, u.kind
    from unnest(${rows.map((r) => r.key)}::uuid[], ${rows.map((r) => r.recordKey)}::uuid[], ${rows.map((r) => r.kind)}::text[])
      as u (key, record_key, kind)
    on conflict do nothing`;
}

/** Which of some URLs belong to live records, and as what; `file` wins where both are said. */
export function findUrlKinds(
  tx: TransactionSql,
  keys: string[],
): Promise<{ key: string; kind: 'page' | 'file' }[]> {
  return tx<{ key: string; kind: 'page' | 'file' }[]>`
    select key, min(kind) as kind from publication_urls where key = any(${keys}::uuid[]) group by key`;
}

/**
 * Takes title, type, date, publisher and parent of some works from the live record with the newest datestamp
 * (none: when it came; ties: the greater record id), and counts their live records.
 */
export async function describeWorks(tx: TransactionSql, workIds: number[], at: Date): Promise<void> {
  const [change] = await tx<{ known: number }[]>`
    with asked as (
      select unnest(${workIds}::bigint[]) as work_id
    ), newest as (
      select distinct on (r.work_id) r.work_id, r.body,
        count(*) over (partition by r.work_id)::integer as live
      from publication_records r join asked using (work_id)
      where not r.deleted
      order by r.work_id, coalesce(r.datestamp, r.received_at) desc, r.record_id collate "C" desc
    ), told as (
      select a.work_id, coalesce(n.live, 0) as live, n.body, w.live_records as before
      from asked a join works w using (work_id) left join newest n using (work_id)
    ), updated as (
      update works w
      set live_records = t.live,
        title = t.body ->> 'title', type = t.body ->> 'type', date = t.body ->> 'date',
        publisher = t.body ->> 'publisher', parent = nullif(t.body -> 'parent', 'null'::jsonb), updated_at = ${at}
      from told t
      where w.work_id = t.work_id
    )
    select coalesce(sum((before = 0 and live > 0)::integer - (before > 0 and live = 0)::integer), 0)::integer as known
    from told`;
  if (change !== undefined && change.known !== 0) {
    await tx`update works_state set unknown_works = unknown_works - ${change.known}`;
  }
}
