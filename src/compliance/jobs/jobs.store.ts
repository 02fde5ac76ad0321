import type { Queries, Sql } from '../../platform/database/index.ts';
import type { ExtraColumn } from '../reading/headers.ts';
import type { Reading } from '../reading/table-articles.ts';
import type { JobStatus } from '../record.ts';

export interface JobOptions {
  /** Seconds. */
  give_up_after: number;
  publisher_pages: boolean;
  policies: string[];
  panel: 'A' | 'B' | 'C' | 'D';
}

export interface Job {
  id: string;
  no: string;
  created_date: Date;
  status: JobStatus;
  filename: string;
  media_type: string;
  kind: 'table' | 'articles';
  webhook_callback: string | null;
  contact_email: string | null;
  options: JobOptions;
  fault: string | null;
  reading: Reading | null;
  extras: ExtraColumn[];
  row_count: number;
  record_count: number;
  ignored_count: number;
  ignored_positions: number[];
  done_count: number;
  unavailable_count: number;
  unavailable_sources: string[];
  finished_at: Date | null;
}

export interface NewJob {
  id: string;
  createdAt: Date;
  filename: string;
  mediaType: string;
  kind: Job['kind'];
  webhookCallback: string | null;
  contactEmail: string | null;
  options: JobOptions;
}

export async function insertJob(sql: Queries, job: NewJob): Promise<void> {
  await sql`
    insert into almanac.compliance_jobs
      (id, created_date, filename, media_type, kind, webhook_callback, contact_email, options)
    values (
      ${job.id}, ${job.createdAt}, ${job.filename}, ${job.mediaType}, ${job.kind}, ${job.webhookCallback},
      ${job.contactEmail}, ${JSON.stringify(job.options)}::text::json
    )`;
}

export async function loadJob(sql: Queries, id: string): Promise<Job | null> {
  const [job] = await sql<Job[]>`
    select id, no, created_date, status, filename, media_type, kind, webhook_callback, contact_email, options, fault,
      reading, extras, row_count, record_count, ignored_count, ignored_positions, done_count, unavailable_count,
      unavailable_sources, finished_at
    from almanac.compliance_jobs
    where id = ${id}`;
  return job ?? null;
}

/** How many jobs came before this one and are not over, up to eleven. */
export async function countEarlierOpen(sql: Queries, no: string): Promise<number> {
  const [row] = await sql<{ earlier: number }[]>`
    select count(*)::int as earlier
    from (
      select from almanac.compliance_jobs
      where status in ('submitted', 'processing') and no < ${no}
      limit 11
    ) as open`;
  return row?.earlier ?? 0;
}

/** When parked steps of a job are tried again next; null: nevermore. */
export async function nextRetryOf(sql: Queries, id: string): Promise<Date | null> {
  const [row] = await sql<{ at: Date | null }[]>`
    select min(retry_at) as at from almanac.compliance_records where job_id = ${id} and retry_at is not null`;
  return row?.at ?? null;
}

/** Takes lists that nobody reads, oldest first: those handed in `before`, or one by its id. They are ours until the lease ends. */
export async function leaseUnread(
  sql: Queries,
  lease: { by: string; now: Date; until: Date; most: number } & ({ only: string } | { before: Date }),
): Promise<string[]> {
  const only = 'only' in lease ? lease.only : null;
  const before = 'before' in lease ? lease.before : null;
  const rows = await sql<{ id: string }[]>`
    update almanac.compliance_jobs
    set leased_by = ${lease.by}, leased_until = ${lease.until}
    where id in (
      select id from almanac.compliance_jobs
      where status = 'submitted' and (leased_until is null or leased_until < ${lease.now})
        and (id = ${only}::text or created_date < ${before}::timestamptz)
      order by no
      limit ${lease.most}
      for update skip locked
    )
    returning id`;
  return rows.map(({ id }) => id);
}

/** Locks a job whose reading is still ours; false: it is somebody else's by now. */
export async function stillReading(sql: Queries, id: string, by: string): Promise<boolean> {
  const rows = await sql`
    select from almanac.compliance_jobs where id = ${id} and status = 'submitted' and leased_by = ${by} for update`;
  return rows.length > 0;
}

/** All records of the list are there: it can be worked on. */
export async function markRead(
  sql: Queries,
  id: string,
  read: {
    reading: Reading | null;
    extras: ExtraColumn[];
    rows: number;
    records: number;
    ignored: number;
    positions: number[];
  },
): Promise<void> {
  await sql`
    update almanac.compliance_jobs
    set status = 'processing', reading = ${JSON.stringify(read.reading)}::text::json,
      extras = ${JSON.stringify(read.extras)}::text::json, row_count = ${read.rows}, record_count = ${read.records},
      ignored_count = ${read.ignored}, ignored_positions = ${read.positions}, leased_by = null, leased_until = null
    where id = ${id}`;
}

/** Ends a job, once: false when it had ended before. */
export async function endJob(
  sql: Queries,
  id: string,
  end: { status: 'complete' | 'error'; at: Date; fault?: string },
): Promise<boolean> {
  const rows = await sql`
    update almanac.compliance_jobs
    set status = ${end.status}, finished_at = ${end.at}, fault = ${end.fault ?? null}, leased_by = null,
      leased_until = null
    where id = ${id} and status in ('submitted', 'processing')
    returning id`;
  return rows.length > 0;
}

/** Jobs whose records are worked on, oldest first. */
export async function listProcessing(
  sql: Queries,
  most: number,
): Promise<{ id: string; options: JobOptions }[]> {
  return sql<{ id: string; options: JobOptions }[]>`
    select id, options from almanac.compliance_jobs where status = 'processing' order by no limit ${most}`;
}

/** Jobs all of whose records are finished but which were not ended: whoever finished the last one was killed. */
export async function listFinished(sql: Queries): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from almanac.compliance_jobs where status = 'processing' and done_count >= record_count limit 100`;
  return rows.map(({ id }) => id);
}

/** Forgets jobs that are older than `before`, with all that belongs to them, and originals nobody finished sending. */
export async function forgetOldJobs(sql: Sql, before: Date, unfinishedBefore: Date): Promise<number> {
  for (let forgotten = 0; ; ) {
    const ids = await sql<{ id: string }[]>`
      select id from almanac.compliance_jobs
      where created_date < ${before} and status in ('complete', 'error')
      order by created_date
      limit 100`;
    if (ids.length === 0) {
      await sql`
        delete from almanac.compliance_originals as original
        where stored_at < ${unfinishedBefore}
          and not exists (select from almanac.compliance_jobs as job where job.id = original.job_id)`;
      return forgotten;
    }
    const list = ids.map(({ id }) => id);
    await sql.begin(async (tx) => {
      await tx`delete from almanac.compliance_records where job_id in ${tx(list)}`;
      await tx`delete from almanac.compliance_ignored where job_id in ${tx(list)}`;
      await tx`delete from almanac.compliance_duplicates where job_id in ${tx(list)}`;
      await tx`delete from almanac.compliance_webhooks where job_id in ${tx(list)}`;
      await tx`delete from almanac.compliance_originals where job_id in ${tx(list)}`;
      await tx`delete from almanac.compliance_jobs where id in ${tx(list)}`;
    });
    forgotten += list.length;
  }
}
