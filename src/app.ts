import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { DemoSite } from '../demo/index.ts';
import { createAccounts } from './accounts/index.ts';
import type { AlmanacClient } from './client/index.ts';
import { databaseCheck } from './composition/database-check.ts';
import { composeDerivation } from './composition/derivation.ts';
import { addEventsAndWorks } from './composition/events.ts';
import { startProcessing } from './composition/processing.ts';
import { readCountryTable, readRobotsList } from './composition/tables.ts';
import { discardUnreadBodies } from './composition/unread-bodies.ts';
import { userAgentOf } from './composition/user-agent.ts';
import { version } from './composition/version.ts';
import { addWebmentions, type Webmentions } from './composition/webmention.ts';
import { createEventRoller } from './events/index.ts';
import {
  addEvidenceRoutes,
  createInbox,
  type Loop,
  listFailed,
  replay as replayEvidence,
  retryFailed,
  runLoop,
} from './evidence/index.ts';
import { addExportRoutes, createShelf, nightlyRegisterFiles, type Shelf } from './exports/index.ts';
import type { ImportProgress } from './importers/index.ts';
import { type Config, publicUrl } from './platform/config/index.ts';
import { type Database, isDatabaseAway, isTransient, openDatabase } from './platform/database/index.ts';
import {
  type App,
  announceAddress,
  createHttp,
  isoSeconds,
  registerHealth,
  registerMetrics,
  stopHttp,
} from './platform/http/index.ts';
import { createJobs } from './platform/jobs/index.ts';
import type { Log } from './platform/log/index.ts';
import { createMetrics } from './platform/metrics/index.ts';
import { createOutbound } from './platform/outbound/index.ts';
import { addRegistry, type Registry } from './registry/index.ts';
import {
  addUsageRoutes,
  applyRobotsList,
  createRoller,
  createSalts,
  createSources,
  readUsageStatus,
} from './usage/index.ts';
import { addPublicationRoutes, createLookups } from './works/index.ts';

// The composition root: every part is built here, by hand, and handed what it needs.

/** Something that runs until it is told to stop. */
export interface Running {
  stop(): Promise<void>;
}

export interface RunningServer extends Running {
  url: string;
}

export interface Clock {
  now(): number;
}

/** Starts the server. Throws one line when it cannot start; what was begun is undone then. */
export async function startServer(
  config: Config,
  log: Log,
  clock: Clock = { now: Date.now },
): Promise<RunningServer> {
  const undo: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const database = await openDatabase({
      databaseUrl: config.databaseUrl ?? undefined,
      dataDir: config.dataDir,
      log,
      max: 10,
      applicationName: 'almanac server',
    });
    undo.push(database.close);
    const lock = await database.lockServer();
    if (!lock.ok) throw new Error(lock.message);
    const robots = await readRobotsList(config, log);
    const countries = await readCountryTable(config);
    const changed = await applyRobotsList(database.sql, robots);
    if (changed > 0)
      log.info(
        { userAgents: changed },
        'a new robots list changed verdicts; the days they touch are recomputed',
      );

    const { sql } = database;
    const now = clock.now;
    const salts = createSalts({ sql, now, lifeDays: config.saltDays });
    const processing = await startThreads(config, log, database);
    undo.push(() => processing.stop());
    const inbox = createInbox({ sql, now, onAccepted: processing.wake });
    const metrics = createMetrics();
    const accounts = createAccounts({ sql });
    const app = await createHttp({
      config,
      log,
      metrics,
      version,
      authenticate: accounts.authenticate,
      isUnavailable: isDatabaseAway,
    });
    undo.push(async () => {
      await stopHttp(app);
    });
    discardUnreadBodies(app);
    registerHealth(app, version, { database: databaseCheck(sql) });
    registerMetrics(app, metrics);
    registerGauges(metrics, database);
    // For reading evidence only: nothing is derived in this thread.
    const { kinds } = composeDerivation({ robots, onUnknownWorks: async () => undefined });
    addEvidenceRoutes(app, { sql, kinds, onRetry: processing.wake });
    addPublicationRoutes(app, { inbox });
    addUsageRoutes(app, {
      sql,
      tools: { inbox, salts, now, countryOf: (address) => countries.lookup(address) },
      sources: createSources({ sql, now }),
      robots,
    });

    addEventsAndWorks(app, { sql, inbox, now });
    const registry = await addRegistry(app, {
      sql,
      log,
      now,
      publicUrl: config.publicUrl,
      adminSchemaOf: accounts.adminSchemaOf,
      apiUsageDays: config.apiUsageDays,
      contactEmail: config.contactEmail,
    });
    // Undone after the HTTP server, whose last answers are noted, and before the database.
    undo.splice(undo.length - 1, 0, registry.stop);
    const webmentions = await addWebmentions(app, {
      config,
      log,
      database,
      inbox,
      now,
      hasRepository: registry.hasRecord,
    });
    undo.push(webmentions.stop);
    const shelf = createShelf({ sql, folder: join(config.dataDir, 'exports'), now });
    addExportRoutes(app, { shelf });

    const url = await listen(app, config);
    const unannounce = await announceAddress(config.dataDir, url);
    undo.push(unannounce);
    const background = startBackground(config, log, database, {
      inbox,
      salts,
      registry,
      shelf,
      webmentions,
      now,
    });
    undo.push(background.stop);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Processing without a server: applies what servers on the same database have accepted. */
export async function startWorker(config: Config, log: Log): Promise<Running> {
  const database = await openDatabase({
    databaseUrl: config.databaseUrl ?? undefined,
    dataDir: config.dataDir,
    log,
    max: 4 * Math.max(1, config.processors),
    applicationName: 'almanac worker',
  });
  const robots = await readRobotsList(config, log);
  // One at least: a worker without a loop would be nothing.
  const loops = Array.from({ length: Math.max(1, config.processors) }, () =>
    startProcessing({ sql: database.sql, robots, log, now: Date.now, lookups: config.sruUrl !== null }),
  );
  return {
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
      await database.close();
    },
  };
}

/** Builds every derived table anew from the evidence, beside the live ones, and swaps them. */
export async function replay(
  config: Config,
  log: Log,
  progress: ImportProgress,
): Promise<{ evidence: number; seconds: number }> {
  const began = performance.now();
  const options = {
    databaseUrl: config.databaseUrl ?? undefined,
    dataDir: config.dataDir,
    log,
    applicationName: 'almanac replay',
  };
  const live = await openDatabase(options);
  const next = await openDatabase({
    ...options,
    databaseUrl: live.url,
    migrate: false,
    searchPath: 'derived_next, almanac, public',
  });
  try {
    const robots = await readRobotsList(config, log);
    let shown = 0;
    const result = await replayEvidence({
      live: live.sql,
      next: next.sql,
      derivation: composeDerivation({ robots, onUnknownWorks: async () => undefined }),
      async roll(sql) {
        const roller = createRoller({ sql });
        while ((await roller.step()) !== 'idle');
        const events = createEventRoller(sql);
        while ((await events.step()) !== 'idle');
      },
      onProgress(done, total) {
        if (shown === 0) {
          progress.start('Replaying deliveries');
          progress.total(total);
        }
        progress.advance(done - shown);
        shown = done;
      },
    });
    progress.end();
    return { evidence: result.evidence, seconds: Math.round(performance.now() - began) / 1000 };
  } finally {
    await next.close();
    await live.close();
  }
}

/** Evidence that cannot be applied, with the reason. */
export async function listSetAside(config: Config, log: Log) {
  return withSql(config, log, async ({ sql }) =>
    (await listFailed(sql)).map(({ received_at: receivedAt, ...row }) => ({
      ...row,
      received_at: isoSeconds(receivedAt.getTime()),
    })),
  );
}

/** Puts set-aside evidence back in the queue, all of it when none is named; answers how many. */
export async function retrySetAside(config: Config, log: Log, ids: string[]): Promise<number> {
  return withSql(config, log, async ({ sql }) => {
    if (ids.length === 0) return retryFailed(sql, null);
    let retried = 0;
    for (const id of ids) retried += await retryFailed(sql, id);
    return retried;
  });
}

/** Serves the sample's invented web pages on the loopback, so that they can mention its works. */
export async function startDemoSite(): Promise<DemoSite> {
  const demo = await import('../demo/index.ts');
  return demo.startDemoSite();
}

/** Loads the bundled sample through the public API; answers what to open and what to ask. */
export async function loadDemo(
  client: AlmanacClient,
  url: string,
  progress: ImportProgress,
  site: DemoSite,
): Promise<Record<string, unknown>> {
  // Loaded only when it is asked for: the sample is no part of a server.
  const { loadSample } = await import('../demo/index.ts');
  return { ...(await loadSample({ client, baseUrl: url, progress, now: Date.now(), site })) };
}

async function withSql<T>(config: Config, log: Log, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({
    databaseUrl: config.databaseUrl ?? undefined,
    dataDir: config.dataDir,
    log,
    max: 1,
  });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

function registerGauges(metrics: ReturnType<typeof createMetrics>, { sql }: Database): void {
  metrics.gauge({
    name: 'evidence_queued',
    help: 'Items accepted and not yet applied',
    collect: async () => (await readUsageStatus(sql)).queued,
  });
  metrics.gauge({
    name: 'usage_dirty',
    help: 'Work-days waiting to be recomputed',
    collect: async () => (await readUsageStatus(sql)).dirty,
  });
}

async function listen(app: App, config: Config): Promise<string> {
  try {
    await app.listen({ host: config.host, port: config.port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new Error(`PORT ${config.port} on ${config.host} is taken by another program`, { cause: error });
    if (code === 'EACCES')
      throw new Error(`PORT ${config.port} may not be used by this user`, { cause: error });
    if (code === 'EADDRNOTAVAIL')
      throw new Error(`HOST ${config.host} is not an address of this machine`, { cause: error });
    throw error;
  }
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  return publicUrl({ ...config, publicUrl: null }, port);
}

/** The processing threads of this server; none when the configuration leaves the work to `almanac worker`. */
async function startThreads(config: Config, log: Log, database: Database): Promise<Loop> {
  const threads = await Promise.all(
    Array.from({ length: config.processors }, async () => {
      const thread = new Worker(new URL('./composition/processing-thread.ts', import.meta.url), {
        workerData: { databaseUrl: database.url, config, logLevel: log.level },
        // Room for short-lived objects; three times the usual 16 MB of it would be a tenth of the whole server.
        resourceLimits: { maxYoungGenerationSizeMb: 12 },
      });
      await new Promise<void>((resolve, reject) => {
        thread.once('message', () => resolve());
        thread.once('error', reject);
      });
      thread.on('error', (error) => {
        log.fatal({ error }, 'a processing thread ended; the server stops so that it can be started again');
        process.exit(1);
      });
      return thread;
    }),
  );
  return {
    wake() {
      for (const thread of threads) thread.postMessage('wake');
    },
    hurry() {
      for (const thread of threads) thread.postMessage('wake');
    },
    async stop() {
      await Promise.all(
        threads.map(
          (thread) =>
            new Promise<void>((resolve) => {
              thread.once('exit', () => resolve());
              thread.postMessage('stop');
            }),
        ),
      );
    },
  };
}

interface BackgroundParts {
  inbox: ReturnType<typeof createInbox>;
  salts: ReturnType<typeof createSalts>;
  registry: Registry;
  shelf: Shelf;
  webmentions: Webmentions;
  now(): number;
}

/** What goes on beside answering: the schedule, and asking for unknown works. */
function startBackground(
  config: Config,
  log: Log,
  database: Database,
  { inbox, salts, registry, shelf, webmentions, now }: BackgroundParts,
): Running {
  const jobs = createJobs({
    databaseUrl: database.url,
    log,
    tasks: {
      async destroy_salts() {
        const destroyed = await salts.destroyOld();
        if (destroyed > 0) log.info({ salts: destroyed }, 'salts destroyed');
      },
      registry_daily: registry.daily,
      registry_files: (_payload, { signal }) =>
        nightlyRegisterFiles({ sql: database.sql, shelf, now, days: config.registerFilesDays }, signal),
    },
    cron: [
      { task: 'destroy_salts', match: '7 * * * *' },
      { task: 'registry_daily', match: '13 0 * * *' },
      { task: 'registry_files', match: '29 0 * * *' },
    ],
  });
  const started = jobs.start().catch((error: unknown) => log.error({ error }, 'jobs do not start'));
  webmentions.start();
  const lookups =
    config.sruUrl === null ? null : startLookups(config, config.sruUrl, log, database, { inbox, now });
  return {
    async stop() {
      await started;
      await Promise.all([jobs.stop(), webmentions.stop(), lookups?.stop()]);
    },
  };
}

function startLookups(
  config: Config,
  base: string,
  log: Log,
  { sql }: Database,
  parts: Pick<BackgroundParts, 'inbox' | 'now'>,
): Running {
  const outbound = createOutbound({
    allowPrivateAddresses: config.allowPrivateAddresses,
    userAgent: userAgentOf(config),
  });
  const lookups = createLookups({
    sql,
    ...parts,
    base,
    query: config.sruQuery,
    async fetch(url) {
      const answer = await outbound.fetch(url, {
        accept: 'application/xml, text/xml',
        maxBytes: 10 * 1024 * 1024,
        retries: 0,
      });
      if (!answer.ok) return { ok: false, message: answer.message };
      if (answer.status !== 200) return { ok: false, message: `status ${answer.status}` };
      return {
        ok: true,
        bytes: answer.bytes,
        contentType: answer.headers['content-type'] ?? 'application/xml',
      };
    },
  });
  const loop = runLoop({ name: 'lookups', step: lookups.step, log, pollMs: 1_000, isTransient });
  return {
    async stop() {
      await loop.stop();
      await outbound.close();
    },
  };
}
