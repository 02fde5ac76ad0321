import type { Sql, TransactionSql } from 'postgres';

/** How a job is to be run. */
export type JobOptions = {
  /** A waiting job of the same key is replaced; so many requests for one thing are one job. */
  jobKey?: string;
  /** Not before. Default: now. */
  runAt?: Date;
  /** Jobs of one queue run one after the other. Few names only: each is a row for ever. */
  queue?: string;
  /** Tries before the job is given up. Default 25, the last one about three days after the first. */
  maxAttempts?: number;
};

/**
 * Adds a job as part of a transaction: it exists if and when the transaction commits, and not otherwise.
 * Takes a postgres.js transaction (or pool); the schema must be there (`start` or `prepare` makes it).
 */
export async function addJobInTransaction(
  sql: Sql | TransactionSql,
  name: string,
  payload: unknown,
  options: JobOptions = {},
): Promise<void> {
  // Serialised by us and cast from text: a value bound as json would be serialised a second time by some settings of the driver.
  await sql`
    select graphile_worker.add_job(
      identifier => ${name}::text,
      payload => ${JSON.stringify(payload ?? {})}::text::json,
      queue_name => ${options.queue ?? null}::text,
      run_at => ${options.runAt?.toISOString() ?? null}::text::timestamptz,
      max_attempts => ${options.maxAttempts ?? null}::int,
      job_key => ${options.jobKey ?? null}::text
    )`;
}
