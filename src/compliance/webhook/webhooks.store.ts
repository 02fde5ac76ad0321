import type { Queries } from '../../platform/database/index.ts';

export interface DueWebhook {
  job_id: string;
  url: string;
  tries: { at: string; outcome: string }[];
}

export async function insertWebhook(sql: Queries, jobId: string, dueAt: Date): Promise<void> {
  await sql`
    insert into almanac.compliance_webhooks (job_id, due_at) values (${jobId}, ${dueAt}) on conflict (job_id) do nothing`;
}

/** Takes webhooks that are due; until `busyUntil` nobody else does. */
export async function takeDue(sql: Queries, now: Date, busyUntil: Date): Promise<DueWebhook[]> {
  return sql<DueWebhook[]>`
    update almanac.compliance_webhooks as hook
    set due_at = ${busyUntil}
    from almanac.compliance_jobs as job
    where job.id = hook.job_id and hook.job_id in (
      select job_id from almanac.compliance_webhooks
      where due_at <= ${now}
      order by due_at
      limit 8
      for update skip locked
    )
    returning hook.job_id, job.webhook_callback as url, hook.tries`;
}

export async function storeTry(
  sql: Queries,
  jobId: string,
  { at, outcome, delivered, dueAt }: { at: Date; outcome: string; delivered: boolean; dueAt: Date | null },
): Promise<void> {
  await sql`
    update almanac.compliance_webhooks
    set tries = (tries::jsonb || jsonb_build_array(jsonb_build_object('at', ${at.toISOString()}::text, 'outcome', ${outcome}::text)))::json,
      delivered_at = ${delivered ? at : null}, due_at = ${dueAt}
    where job_id = ${jobId}`;
}

/** How the deliveries of a job went; null: it has no webhook, or is not over. */
export async function readDeliveries(
  sql: Queries,
  jobId: string,
): Promise<{
  tries: { at: string; outcome: string }[];
  delivered_at: Date | null;
  due_at: Date | null;
} | null> {
  const [row] = await sql<
    { tries: { at: string; outcome: string }[]; delivered_at: Date | null; due_at: Date | null }[]
  >`
    select tries, delivered_at, due_at from almanac.compliance_webhooks where job_id = ${jobId}`;
  return row ?? null;
}
