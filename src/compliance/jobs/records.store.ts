import type { Queries } from '../../platform/database/index.ts';
import type { ReadRecord } from '../reading/row.ts';
import type { Identifiers, ProvenanceEntry, Source } from '../record.ts';
import type { Question, Resolution } from '../resolution-contract.ts';

/** What is kept of a resolution; its parked questions lie beside it. */
export type KeptResolution = Omit<Resolution, 'parked'>;

/** A record as it is stored, with the groups of duplicates it belongs to. */
export interface StoredRecord {
  job_id: string;
  pos: number;
  id: string;
  created_date: Date;
  last_updated: Date;
  source: Source;
  given: Identifiers;
  notes: ProvenanceEntry[];
  resolution: KeptResolution | null;
  duplicates:
    | { field: 'pmcid' | 'pmid' | 'doi'; records: number; positions: number[]; noted_at: string }[]
    | null;
}

/** Stores what was read of a list. Rows of it that are there already (a reader was killed) must have been dropped. */
export async function insertRecords(
  sql: Queries,
  jobId: string,
  records: readonly (ReadRecord & { id: string })[],
  now: Date,
): Promise<void> {
  // Each JSON goes as a text of its own: in one document, U+0000 in one value would refuse them all.
  await sql`
    insert into almanac.compliance_records
      (job_id, pos, id, created_date, last_updated, source, given, notes, pmcid, pmid, doi)
    select ${jobId}, pos, id, ${now}, ${now}, source::json, given::json, notes::json, pmcid, pmid, doi
    from unnest(
      ${records.map(({ pos }) => pos)}::int[],
      ${records.map(({ id }) => id)}::text[],
      ${records.map(({ source }) => JSON.stringify(source))}::text[],
      ${records.map(({ given }) => JSON.stringify(given))}::text[],
      ${records.map(({ notes }) => JSON.stringify(notes))}::text[],
      ${records.map(({ given }) => given.pmcid)}::text[],
      ${records.map(({ given }) => given.pmid)}::text[],
      ${records.map(({ given }) => given.doi)}::text[]
    ) as t (pos, id, source, given, notes, pmcid, pmid, doi)`;
}

export async function insertIgnored(
  sql: Queries,
  jobId: string,
  ignored: readonly { pos: number; reason: string }[],
): Promise<void> {
  await sql`
    insert into almanac.compliance_ignored (job_id, pos, reason)
    select ${jobId}, pos, reason
    from unnest(${ignored.map(({ pos }) => pos)}::int[], ${ignored.map(({ reason }) => reason)}::text[]) as t (pos, reason)`;
}

export async function dropRecords(sql: Queries, jobId: string): Promise<void> {
  await sql`delete from almanac.compliance_records where job_id = ${jobId}`;
  await sql`delete from almanac.compliance_ignored where job_id = ${jobId}`;
}

/** Records from a position on, in order, at most `size`. */
export async function readRecords(
  sql: Queries,
  jobId: string,
  { after, offset = 0, size }: { after: number; offset?: number; size: number },
): Promise<StoredRecord[]> {
  return sql<StoredRecord[]>`
    with page as materialized (
      select * from almanac.compliance_records
      where job_id = ${jobId} and pos > ${after}
      order by pos
      offset ${offset}
      limit ${size}
    )
    select page.job_id, page.pos, page.id, page.created_date, page.last_updated, page.source, page.given, page.notes,
      page.resolution,
      (
        select json_agg(
          json_build_object('field', d.field, 'records', d.records, 'positions', d.positions, 'noted_at', d.noted_at)
          order by array_position('{pmcid,pmid,doi}', d.field)
        )
        from almanac.compliance_duplicates as d
        where d.job_id = page.job_id and (d.field, d.value) in
          (('pmcid', page.pmcid), ('pmid', page.pmid), ('doi', page.doi))
      ) as duplicates
    from page
    order by page.pos`;
}

export async function readIgnored(
  sql: Queries,
  jobId: string,
  { after, size }: { after: number; size: number },
): Promise<{ pos: number; reason: string }[]> {
  return sql<{ pos: number; reason: string }[]>`
    select pos, reason from almanac.compliance_ignored
    where job_id = ${jobId} and pos > ${after}
    order by pos
    limit ${size}`;
}

/** Finds anew which identifiers several records share; one row an identifier, so the work is that of sorting them. */
export async function noteDuplicates(sql: Queries, jobId: string, now: Date): Promise<void> {
  await sql`delete from almanac.compliance_duplicates where job_id = ${jobId}`;
  await sql`
    insert into almanac.compliance_duplicates (job_id, field, value, records, positions, noted_at)
    select ${jobId}, field, value, count(*), (array_agg(pos order by pos) filter (where place <= 20)), ${now}
    from (
      select field, value, pos, row_number() over (partition by field, value order by pos) as place
      from almanac.compliance_records
      cross join lateral (values ('pmcid', pmcid), ('pmid', pmid), ('doi', doi)) as ids (field, value)
      where job_id = ${jobId} and value is not null
    ) as known
    group by field, value
    having count(*) > 1`;
}

/**
 * Tells the planner how many records there are by now. By what it knew of a table of forty, it compared each of 10,000 records
 * with each of the 256 that were asked for: a list took minutes instead of seconds.
 */
export async function measureTables(sql: Queries): Promise<void> {
  await sql`analyze almanac.compliance_records`;
  await sql`analyze almanac.compliance_duplicates`;
}

/** A record that is to be worked on. */
export interface LeasedRecord {
  job_id: string;
  pos: number;
  given: Identifiers;
  notes: ProvenanceEntry[];
  /** Of a record with parked steps: what is known, what is not, and the answers it was made of. */
  resolution: KeptResolution | null;
  parked: (Question & { status: string })[] | null;
  answers: Record<string, unknown> | null;
  retries: number;
}

export interface Lease {
  by: string;
  now: Date;
  until: Date;
  most: number;
}

/** Takes records of a job that are not finished and that nobody works on, in their order. */
export async function leaseOpen(sql: Queries, jobId: string, lease: Lease): Promise<LeasedRecord[]> {
  const rows = await sql<LeasedRecord[]>`
    update almanac.compliance_records
    set leased_by = ${lease.by}, leased_until = ${lease.until}
    where job_id = ${jobId} and pos in (
      select pos from almanac.compliance_records
      where job_id = ${jobId} and finished_at is null and (leased_until is null or leased_until < ${lease.now})
      order by pos
      limit ${lease.most}
      for update skip locked
    )
    returning job_id, pos, given, notes, resolution, parked, answers, retries`;
  return rows.toSorted((a, b) => a.pos - b.pos);
}

/** Takes records whose parked steps are due. */
export async function leaseParked(
  sql: Queries,
  lease: Lease,
): Promise<(LeasedRecord & { options: unknown })[]> {
  return sql<(LeasedRecord & { options: unknown })[]>`
    update almanac.compliance_records as record
    set leased_by = ${lease.by}, leased_until = ${lease.until}
    from (
      select job_id, pos from almanac.compliance_records
      where retry_at <= ${lease.now} and (leased_until is null or leased_until < ${lease.now})
      order by retry_at
      limit ${lease.most}
      for update skip locked
    ) as due, almanac.compliance_jobs as job
    where record.job_id = due.job_id and record.pos = due.pos and job.id = due.job_id
    returning record.job_id, record.pos, record.given, record.notes, record.resolution, record.parked, record.answers,
      record.retries, job.options`;
}

/** What a process still has in hand; what it lost on the way (an answer that never came) is left to end its lease. */
export interface Held {
  lists: readonly string[];
  records: readonly { job_id: string; pos: number }[];
}

export async function renewLeases(
  sql: Queries,
  by: string,
  until: Date,
  { lists, records }: Held,
): Promise<void> {
  if (records.length > 0)
    await sql`
      update almanac.compliance_records as r
      set leased_until = ${until}
      from unnest(
        ${records.map(({ job_id }) => job_id)}::text[],
        ${records.map(({ pos }) => pos)}::int[]
      ) as held (job_id, pos)
      where r.job_id = held.job_id and r.pos = held.pos and r.leased_by = ${by}`;
  if (lists.length > 0)
    await sql`
      update almanac.compliance_jobs set leased_until = ${until} where leased_by = ${by} and id = any(${[...lists]})`;
}

/** Gives back what is not done, so that others need not wait for the end of the lease. */
export async function returnLeases(sql: Queries, by: string): Promise<void> {
  await sql`update almanac.compliance_records set leased_by = null, leased_until = null where leased_by = ${by}`;
  await sql`update almanac.compliance_jobs set leased_by = null, leased_until = null where leased_by = ${by}`;
}

export interface FinishedRecord {
  job_id: string;
  pos: number;
  resolution: KeptResolution;
  parked: (Question & { status: string })[];
  answers: Record<string, unknown> | null;
  retryAt: Date | null;
  retries: number;
  /** It was made because the record could not be worked on or stored. */
  isFailure?: boolean;
}

/**
 * Stores finished records and counts them for their jobs, in one statement: a record counts once, however often and by
 * however many processes it was worked on. Answers the jobs concerned.
 */
export async function storeFinished(
  sql: Queries,
  by: string,
  finished: readonly FinishedRecord[],
  now: Date,
): Promise<{ id: string; over: boolean; improved: boolean }[]> {
  return sql<{ id: string; over: boolean; improved: boolean }[]>`
    with news as materialized (
      select * from unnest(
        ${finished.map(({ job_id }) => job_id)}::text[],
        ${finished.map(({ pos }) => pos)}::int[],
        ${finished.map(({ resolution }) => JSON.stringify(resolution))}::text[],
        ${finished.map(({ parked }) => (parked.length === 0 ? null : JSON.stringify(parked)))}::text[],
        ${finished.map(({ answers }) => (answers === null ? null : JSON.stringify(answers)))}::text[],
        ${finished.map(({ retryAt }) => retryAt?.toISOString() ?? null)}::text[],
        ${finished.map(({ retries }) => retries)}::int[],
        ${finished.map(({ resolution }) => resolution.identifiers.pmcid)}::text[],
        ${finished.map(({ resolution }) => resolution.identifiers.pmid)}::text[],
        ${finished.map(({ resolution }) => resolution.identifiers.doi)}::text[],
        ${finished.map(({ parked }) => [...new Set(parked.map(({ source }) => source))].join(' '))}::text[]
      ) as t (job_id, pos, resolution, parked, answers, retry_at, retries, pmcid, pmid, doi, sources)
    ),
    before as materialized (
      select r.job_id, r.pos, r.finished_at is null as was_open, r.parked is not null as was_parked
      from almanac.compliance_records as r
      join news using (job_id, pos)
      where r.leased_by = ${by}
      order by r.job_id, r.pos
      for update of r
    ),
    stored as (
      update almanac.compliance_records as r
      set resolution = n.resolution::json, parked = n.parked::json, answers = n.answers::json,
        retry_at = n.retry_at::timestamptz, retries = n.retries, pmcid = n.pmcid, pmid = n.pmid, doi = n.doi,
        finished_at = coalesce(r.finished_at, ${now}), last_updated = ${now}, leased_by = null, leased_until = null
      from news as n
      join before as b using (job_id, pos)
      where r.job_id = n.job_id and r.pos = n.pos
      returning r.job_id, r.pos, b.was_open, b.was_parked, r.parked is not null as is_parked
    ),
    sources as (
      select n.job_id, array_agg(distinct name) as names
      from news as n
      cross join lateral regexp_split_to_table(n.sources, ' ') as name
      where name <> ''
      group by n.job_id
    ),
    changes as (
      select job_id, count(*) filter (where was_open)::int as done,
        (count(*) filter (where is_parked) - count(*) filter (where was_parked))::int as unavailable
      from stored
      group by job_id
    )
    update almanac.compliance_jobs as job
    set done_count = job.done_count + c.done, unavailable_count = job.unavailable_count + c.unavailable,
      unavailable_sources = case
        when job.unavailable_count + c.unavailable = 0 then '{}'
        else array(select distinct name from unnest(job.unavailable_sources || coalesce(s.names, '{}')) as name order by name)
      end
    from changes as c
    left join sources as s using (job_id)
    where job.id = c.job_id
    returning job.id, job.status = 'processing' and job.done_count >= job.record_count as over,
      job.status = 'complete' and c.unavailable < 0 as improved`;
}

/** Tries the parked steps of a job now. Answers of how many records. */
export async function hurryParked(sql: Queries, jobId: string, now: Date): Promise<number> {
  const rows = await sql`
    update almanac.compliance_records
    set retry_at = ${now}, retries = 0
    where job_id = ${jobId} and parked is not null
    returning pos`;
  return rows.length;
}
