import type { Config } from '../platform/config/index.ts';
import { publicUrl } from '../platform/config/index.ts';
import type { Sql, TransactionSql } from '../platform/database/index.ts';
import { addJobInTransaction } from '../platform/jobs/index.ts';
import type { Log } from '../platform/log/index.ts';
import { createMail, type MailMessage, mailAttempts, mailTask } from '../platform/mail/index.ts';
import type { AreaJobs } from './background.ts';

/** Mail of this installation: `add` leaves one to a job, in whose transaction it is meant. */
export function composeMail(
  config: Config,
  log: Log,
): { jobs: AreaJobs; add(sql: Sql | TransactionSql, message: MailMessage): Promise<void> } {
  const from = config.contactEmail ?? `almanac@${new URL(publicUrl(config)).hostname}`;
  const { task } = createMail({ smtpUrl: config.smtpUrl, from, log });
  return {
    jobs: { tasks: { [mailTask]: task } },
    add: (sql, message) => addJobInTransaction(sql, mailTask, message, { maxAttempts: mailAttempts }),
  };
}
