import type { FastifyRequest } from 'fastify';
import type { Sql, TransactionSql } from '../platform/database/index.ts';
import type { App } from '../platform/http/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { Outbound } from '../platform/outbound/index.ts';
import { createEngine } from './jobs/engine.ts';
import { forgetOldJobs } from './jobs/jobs.store.ts';
import { countsOf } from './jobs/progress.ts';
import { acceptedMail, endedMail, type Mail } from './mails.ts';
import type { Doors, Resolve } from './resolution-contract.ts';
import { addResultRoutes } from './results.routes.ts';
import { addJobRoutes } from './routes.ts';
import { startWebhooks } from './webhook/deliver.ts';
import { insertWebhook } from './webhook/webhooks.store.ts';

export interface ComplianceParts {
  sql: Sql;
  log: Log;
  now(): number;
  /** `PUBLIC_URL`; null: whatever address a caller used. */
  publicUrl: string | null;
  /** For mail, which no caller asked for. */
  mailUrl: string;
  doors: Doors;
  resolve: Resolve;
  /** Ids of the policies that can be asked for. */
  policies(): readonly string[];
  /** Calls webhooks. */
  outbound: Pick<Outbound, 'fetch'>;
  /** Why a webhook's URL must not be called. */
  judgeUrl(url: URL): string | null;
  /** Leaves a mail to be sent when the transaction commits. */
  sendMail(tx: TransactionSql, mail: Mail): Promise<void>;
  isTransient(error: unknown): boolean;
  /** Days for which lists and their results are kept. */
  jobDays: number;
}

export interface Compliance {
  /** What is due once a day: lists that are old enough are forgotten. */
  daily(): Promise<void>;
  /** Gives back what is not finished. */
  stop(): Promise<void>;
}

const dayMs = 24 * 60 * 60_000;

/** Begins to work on lists, and adds the routes of compliance; without `app` it only works. */
export function addCompliance(app: App | null, parts: ComplianceParts): Compliance {
  const { sql, log, now, mailUrl, sendMail } = parts;
  const resultsUrl = (id: string) => `${mailUrl}/download_progress/${id}`;

  const webhooks = startWebhooks({
    sql,
    outbound: parts.outbound,
    now,
    onTrouble: (error) => log.warn({ error }, 'a webhook could not be called for now; trying again'),
  });
  const engine = createEngine({
    sql,
    log,
    now,
    doors: parts.doors,
    resolve: parts.resolve,
    isTransient: parts.isTransient,
    async onEnd(tx, job) {
      if (job.webhook_callback !== null) await insertWebhook(tx, job.id, new Date(now()));
      if (job.contact_email === null) return;
      const told = { to: job.contact_email, filename: job.filename, resultsUrl: resultsUrl(job.id) };
      await sendMail(tx, endedMail(told, countsOf(job), job.fault));
    },
    afterEnd: webhooks.wake,
  });

  const baseUrl = (request: FastifyRequest) =>
    parts.publicUrl?.replace(/\/+$/, '') ?? `${request.protocol}://${request.host}`;
  if (app !== null) {
    addJobRoutes(app, {
      sql,
      now,
      engine,
      baseUrl,
      rules: () => ({ policies: parts.policies(), judgeUrl: parts.judgeUrl }),
      async onAccepted(tx, { id, contactEmail, filename }) {
        if (contactEmail !== null)
          await sendMail(tx, acceptedMail({ to: contactEmail, filename, resultsUrl: resultsUrl(id) }));
      },
    });
    addResultRoutes(app, { sql });
  }

  return {
    async daily() {
      const forgotten = await forgetOldJobs(
        sql,
        new Date(now() - parts.jobDays * dayMs),
        new Date(now() - dayMs),
      );
      if (forgotten > 0) log.info({ lists: forgotten }, 'old lists of articles were forgotten');
    },
    async stop() {
      await engine.stop();
      await webhooks.stop();
    },
  };
}
