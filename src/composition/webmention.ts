import { addWebmentionReceiver, createInternalDepositor, findKnownWork } from '../events/index.ts';
import type { Inbox } from '../evidence/index.ts';
import { type Config, publicUrl } from '../platform/config/index.ts';
import type { Database } from '../platform/database/index.ts';
import type { App } from '../platform/http/index.ts';
import { createJobs } from '../platform/jobs/index.ts';
import type { Log } from '../platform/log/index.ts';
import { createOutbound } from '../platform/outbound/index.ts';
import { userAgentOf } from './user-agent.ts';

/** Pages of strangers that are waited for at once, of all hosts together; each takes five seconds at most. */
const AT_ONCE = 8;
/** A page is asked for a few times and no more, so a host is not spared for its failures, only not asked in a rush. */
const limits = { concurrency: 4, perSecond: 20, burst: 20 };

export interface WebmentionPlace {
  config: Config;
  log: Log;
  database: Database;
  inbox: Inbox;
  now(): number;
  /** Whether the register has a record of this id. */
  hasRepository(id: string): Promise<boolean>;
}

export interface Webmentions {
  /** Begins to verify what was received. */
  start(): void;
  stop(): Promise<void>;
}

/** The receiver of webmentions, and jobs of its own that verify them: a page that drips keeps no other job waiting. */
export async function addWebmentions(
  app: App,
  { config, log, database, inbox, now, hasRepository }: WebmentionPlace,
): Promise<Webmentions> {
  const { sql } = database;
  const outbound = createOutbound({
    allowPrivateAddresses: config.allowPrivateAddresses,
    userAgent: userAgentOf(config),
    limitsOf: () => limits,
    breaks: false,
  });
  const receiver = addWebmentionReceiver(app, {
    sql,
    now,
    outbound,
    allowPrivateAddresses: config.allowPrivateAddresses,
    evidence: createInternalDepositor({ sql, inbox, now }, 'agent:webmention'),
    lookups: {
      publicUrl: () => publicUrl(config, portOf(app)),
      findWork: (id) => findKnownWork(sql, id),
      hasRepository,
    },
    mentionable: ['/record/:id', '/api/works/:id'],
    addJob: (tx, name, payload, options) => jobs.addInTransaction(tx, name, payload, options),
  });
  const jobs = createJobs({
    databaseUrl: database.url,
    log,
    tasks: { ...receiver.tasks, webmention_daily: receiver.daily },
    cron: [{ task: 'webmention_daily', match: '17 0 * * *' }],
    concurrency: AT_ONCE,
  });
  // Mentions are taken as soon as the server listens, and each comes with a job.
  await jobs.prepare();

  let started: Promise<void> = Promise.resolve();
  let stopping: Promise<void> | null = null;
  const end = async (): Promise<void> => {
    await started;
    await jobs.stop();
    await receiver.stop();
    await outbound.close();
  };
  return {
    start() {
      started = jobs
        .start()
        .catch((error: unknown) => log.error({ error }, 'webmentions are not verified: jobs do not start'));
    },
    stop() {
      stopping ??= end();
      return stopping;
    },
  };
}

/** The port the server really listens on; undefined before it does. */
function portOf(app: App): number | undefined {
  const address = app.server.address();
  return typeof address === 'object' ? address?.port : undefined;
}
