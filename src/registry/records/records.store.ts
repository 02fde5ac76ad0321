import type { Queries } from '../../platform/database/index.ts';
import { isoSeconds } from '../../platform/http/index.ts';
import type { JsonObject, RegistryRecord, StoredRecord } from '../model/record.ts';

// All SQL of records and their versions.

interface Row {
  seq: number;
  id: string;
  created_date: Date;
  last_updated: Date;
  version_created: Date;
  ver: number;
  register: JsonObject;
  admin: Record<string, JsonObject>;
}

/** Takes the one lock of writing until the end of the transaction, and gives the last number and date. */
export async function lockRegistry(tx: Queries): Promise<{ lastSeq: number; lastAt: number }> {
  const [row] = await tx<{ last_seq: number; last_at: number }[]>`
    select last_seq, greatest(extract(epoch from last_at), 0)::float8 * 1000 as last_at
    from almanac.registry_state
    for update`;
  if (!row) throw new Error('the state of the registry is missing');
  return { lastSeq: Number(row.last_seq), lastAt: row.last_at };
}

export async function unlockRegistry(tx: Queries, lastSeq: number, lastAt: number): Promise<void> {
  await tx`
    update almanac.registry_state
    set last_seq = ${lastSeq}, last_at = ${new Date(lastAt)}`;
}

/** Tells other servers of the last number. */
export async function notifyOthers(tx: Queries, channel: string, lastSeq: number): Promise<void> {
  await tx`select pg_notify(${channel}, ${String(lastSeq)})`;
}

export async function loadRecords(sql: Queries, ids: string[]): Promise<Map<string, StoredRecord>> {
  if (ids.length === 0) return new Map();
  const rows = await sql<Row[]>`
    select seq, id, created_date, last_updated, version_created, ver, register, admin
    from almanac.records
    where id = any(${ids}::text[])`;
  return new Map(rows.map((row) => [row.id, storedOf(row)]));
}

/** Records written after `seq`, in the order of writing. */
export async function recordsAfter(sql: Queries, seq: number, limit: number): Promise<StoredRecord[]> {
  const rows = await sql<Row[]>`
    select seq, id, created_date, last_updated, version_created, ver, register, admin
    from almanac.records
    where seq > ${seq}
    order by seq
    limit ${limit}`;
  return rows.map(storedOf);
}

/**
 * A record as one line of JSON, put together by the database: nothing is parsed and written again on the way. Times by way of
 * `to_json`, cut after the seconds: with `to_char` a line took three times as long (21 µs, not 7).
 */
export const recordLine = (sql: Queries) => sql`
  '{"id":"' || id
  || '","created_date":' || left(to_json(created_date at time zone 'UTC')::text, 20)
  || 'Z","last_updated":' || left(to_json(last_updated at time zone 'UTC')::text, 20)
  || 'Z","version_created":' || left(to_json(version_created at time zone 'UTC')::text, 20)
  || 'Z","ver":' || ver || ',"register":' || register::text || ',"admin":' || admin::text || '}'`;

/** Records one after the other, by their last numbers. */
export interface RecordPack {
  seqs: number[];
  /** Their lines of JSON (UTF-8), with nothing between them. */
  json: Buffer;
  /** Where in `json` each of them ends. */
  ends: Int32Array<ArrayBuffer>;
}

/**
 * Records whose last number is in (`after`, `until`], in that order; null: there are none. In one piece, which takes the
 * driver a third of the time that a row for each does. The database puts no more than 1 GB into one: it refuses (54000) more.
 */
export async function recordPack(
  sql: Queries,
  { after, until }: { after: number; until: number },
  limit: number,
): Promise<RecordPack | null> {
  const [row = []] = await sql`
    select
      string_agg(seq::text, ' ') as seqs,
      string_agg(octet_length(convert_to(line, 'UTF8'))::text, ' ') as lengths,
      string_agg(line, '') as json
    from (
      select seq, ${recordLine(sql)} as line
      from almanac.records
      where seq > ${after} and seq <= ${until}
      order by seq
      limit ${limit}
    ) as in_order`.raw();
  const [seqs, lengths, json] = row;
  if (!seqs || !lengths || !json) return null;
  let end = 0;
  const ends = Int32Array.from(numbersOf(lengths), (length) => {
    end += length;
    return end;
  });
  return { seqs: numbersOf(seqs), json, ends };
}

const numbersOf = (list: Buffer): number[] => list.toString().split(' ').map(Number);

export async function lastSeq(sql: Queries): Promise<number> {
  const [row] = await sql<{ last_seq: number }[]>`select last_seq from almanac.registry_state`;
  return Number(row?.last_seq ?? 0);
}

/** Whether there is a record of each id, tombstones included, in their order. */
export async function recordsExist(sql: Queries, ids: readonly string[]): Promise<boolean[]> {
  const rows = await sql<{ id: string }[]>`select id from almanac.records where id = any(${ids}::text[])`;
  const known = new Set(rows.map(({ id }) => id));
  return ids.map((id) => known.has(id));
}

export async function recordExists(sql: Queries, id: string): Promise<boolean> {
  const [exists = false] = await recordsExist(sql, [id]);
  return exists;
}

/** Stores the last state of each record; all at once, since one statement a record halves the speed of an import. */
export async function saveRecords(tx: Queries, records: StoredRecord[]): Promise<void> {
  if (records.length === 0) return;
  const rows = records.map(({ record, seq }) => ({
    seq,
    id: record.id,
    created_date: record.created_date,
    last_updated: record.last_updated,
    version_created: record.version_created,
    ver: record.ver,
    deleted: 'deleted' in record.register,
    register: record.register,
    admin: record.admin,
  }));
  await tx`
    insert into almanac.records (
      seq, id, created_date, last_updated, version_created, ver, deleted, register, admin
    )
    select seq, id, created_date, last_updated, version_created, ver, deleted, register, admin
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as given (
      seq bigint, id text, created_date timestamptz, last_updated timestamptz, version_created timestamptz,
      ver integer, deleted boolean, register json, admin json
    )
    order by id
    on conflict (id) do update
    set seq = excluded.seq,
        last_updated = excluded.last_updated,
        version_created = excluded.version_created,
        ver = excluded.ver,
        deleted = excluded.deleted,
        register = excluded.register,
        admin = excluded.admin`;
}

export interface Change {
  seq: number;
  id: string;
  at: string;
  /** The record had no place before. */
  isNew?: boolean;
}

/** Notes changes, one for each write in order; the place a record had before is marked as left. */
export async function saveChanges(tx: Queries, changes: Change[]): Promise<void> {
  if (changes.length === 0) return;
  const next = new Map<string, number>();
  const rows = changes
    .toReversed()
    .map((change) => {
      const later = next.get(change.id) ?? null;
      next.set(change.id, change.seq);
      return { ...change, next_seq: later };
    })
    .toReversed();
  const created = new Set(changes.filter(({ isNew }) => isNew).map(({ id }) => id));
  const first = [...next].filter(([id]) => !created.has(id)).map(([id, seq]) => ({ id, seq }));
  if (first.length > 0)
    await tx`
    update almanac.record_changes as change
    set next_seq = given.seq
    from json_to_recordset(${JSON.stringify(first)}::text::json) as given (id text, seq bigint)
    where change.record_id = given.id and change.next_seq is null`;
  await tx`
    insert into almanac.record_changes (seq, record_id, at, next_seq)
    select seq, id, at, next_seq
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as given (seq bigint, id text, at timestamptz, next_seq bigint)`;
}

export interface Superseded {
  /** Of the history entry. */
  id: string;
  record: RegistryRecord;
  superseded: string;
  account: string;
}

export async function saveVersions(tx: Queries, versions: Superseded[]): Promise<void> {
  if (versions.length === 0) return;
  const rows = versions.map(({ id, record, superseded, account }) => ({
    ...record,
    id,
    about: record.id,
    superseded,
    triggered_by_account: account,
  }));
  await tx`
    insert into almanac.record_history (
      id, about, ver, created_date, last_updated, version_created, superseded, triggered_by_account, register, admin
    )
    select id, about, ver, created_date, last_updated, version_created, superseded, triggered_by_account, register, admin
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as given (
      id text, about text, ver integer, created_date timestamptz, last_updated timestamptz,
      version_created timestamptz, superseded timestamptz, triggered_by_account text, register json, admin json
    )`;
}

export interface Version extends RegistryRecord {
  about: string;
  superseded: string;
  triggered_by_account: string;
}

/** Versions whose time [`version_created`, `superseded`) touches the range, newest first. Milliseconds, inclusive; null: open. */
export async function listVersions(
  sql: Queries,
  about: string,
  since: number | null,
  until: number | null,
): Promise<Version[]> {
  const rows = await sql<(Row & { about: string; superseded: Date; triggered_by_account: string })[]>`
    select id, about, ver, created_date, last_updated, version_created, superseded, triggered_by_account,
      register, admin
    from almanac.record_history
    where about = ${about}
      and (${until === null} or version_created <= ${dateOf(until)})
      and (${since === null} or superseded > ${dateOf(since)} or version_created >= ${dateOf(since)})
    order by ver desc`;
  return rows.map(({ id, about, ver, superseded, triggered_by_account, ...row }) => ({
    id,
    about,
    ver,
    created_date: isoSeconds(row.created_date),
    last_updated: isoSeconds(row.last_updated),
    version_created: isoSeconds(row.version_created),
    superseded: isoSeconds(superseded),
    triggered_by_account,
    register: row.register,
    admin: row.admin,
  }));
}

const dateOf = (time: number | null) => new Date(time ?? 0);

function storedOf(row: Row): StoredRecord {
  return {
    seq: Number(row.seq),
    record: {
      id: row.id,
      created_date: isoSeconds(row.created_date),
      last_updated: isoSeconds(row.last_updated),
      version_created: isoSeconds(row.version_created),
      ver: row.ver,
      register: row.register,
      admin: row.admin,
    },
  };
}
