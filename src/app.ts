import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import type { DemoSite } from '../demo/index.ts';
import { createAccounts } from './accounts/index.ts';
import type { AlmanacClient } from './client/index.ts';
import type { Compliance, SourceSettings } from './compliance/index.ts';
import { startBackground } from './composition/background.ts';
import { type Beginning, beginServer } from './composition/begin-server.ts';
import { startCompliance } from './composition/compliance.ts';
import { databaseCheck } from './composition/database-check.ts';
import { composeDerivation } from './composition/derivation.ts';
import { addEventsAndWorks } from './composition/events.ts';
import { startGarbageAllowance } from './composition/garbage.ts';
import { startLookups } from './composition/lookups.ts';
import { composeMail } from './composition/mail.ts';
import { startProcessing } from './composition/processing.ts';
import { readCountryTable, readRobotsList } from './composition/tables.ts';
import { discardUnreadBodies } from './composition/unread-bodies.ts';
import { version } from './composition/version.ts';
import { composeWeb } from './composition/web.ts';
import { addWebmentions } from './composition/webmention.ts';
import { addEvidenceRoutes, createInbox } from './evidence/index.ts';
import { addExportRoutes, createShelf, nightlyRegisterFiles } from './exports/index.ts';
import type { ImportProgress } from './importers/index.ts';
import { announceAddress, type Config, publicUrl } from './platform/config/index.ts';
import { type Database, isDatabaseAway, openDatabase } from './platform/database/index.ts';
import { type App, createHttp, registerHealth, registerMetrics, stopHttp } from './platform/http/index.ts';
import type { Log } from './platform/log/index.ts';
import { createMetrics } from './platform/metrics/index.ts';
import { addRegistry, followHolders } from './registry/index.ts';
import {
  addUsageRoutes,
  applyRobotsList,
  createSalts,
  createSources,
  readUsageStatus,
} from './usage/index.ts';
import { addPublicationRoutes } from './works/index.ts';

// The composition root: every part is built here, by hand, and handed what it needs.

export { replay } from './composition/replay.ts';
export { listSetAside, retrySetAside } from './composition/set-aside.ts';

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
  sources: Partial<SourceSettings> = {},
  beginning: Beginning = beginServer(config, log),
): Promise<RunningServer> {
  const undo: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  const { threads } = beginning;
  undo.push(threads.end);
  try {
    const database = await beginning.database;
    undo.push(database.close);
    const register = await beginning.register;
    undo.push(register.stop);
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
    const { loop: processing, ready: processes } = threads.process(database.url);
    // Waited for before the server listens; a start that fails until then has its own reason.
    processes.catch(() => {});
    undo.push(async () => {
      const isReady = await processes.then(
        () => true,
        () => false,
      );
      if (isReady) await processing.stop();
    });
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
    const mail = composeMail(config, log);
    const registry = await addRegistry(app, {
      sql,
      register,
      log,
      now,
      publicUrl: config.publicUrl,
      adminSchemaOf: accounts.adminSchemaOf,
      apiUsageDays: config.apiUsageDays,
      contactEmail: config.contactEmail,
      sendMail: mail.add,
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

    let compliance: Compliance | null = null;
    const background = await startBackground(database, log, [
      mail.jobs,
      {
        tasks: { compliance_daily: async () => compliance?.daily() },
        cron: [{ task: 'compliance_daily', match: '41 0 * * *' }],
      },
      {
        tasks: {
          async destroy_salts() {
            const destroyed = await salts.destroyOld();
            if (destroyed > 0) log.info({ salts: destroyed }, 'salts destroyed');
          },
        },
        cron: [{ task: 'destroy_salts', match: '7 * * * *' }],
      },
      {
        tasks: {
          registry_daily: registry.daily,
          registry_files: (_payload, { signal }) =>
            nightlyRegisterFiles({ sql, shelf, now, days: config.registerFilesDays }, signal),
        },
        cron: [
          { task: 'registry_daily', match: '13 0 * * *' },
          { task: 'registry_files', match: '29 0 * * *' },
        ],
      },
    ]);
    undo.push(background.stop);
    // After the jobs, to which it leaves mail.
    const { repositoryAt } = registry;
    const sendMail = mail.add;
    compliance = await startCompliance({ config, log, database, now, app, repositoryAt, sendMail, sources });
    undo.push(compliance.stop);
    const lookups = startLookups(config, log, database, { inbox, now });
    undo.push(async () => lookups?.stop());

    await composeWeb(app, config, log, { isDemo: Object.keys(sources).length > 0 });
    await processes;
    const url = await listen(app, config);
    undo.push(await announceAddress(config.dataDir, url));
    webmentions.start();
    registry.warmUp();
    // What was compiled is kept for the next start. First, because V8 takes none of it that was made under other flags.
    flushCompileCache();
    const garbage = startGarbageAllowance();
    undo.push(async () => garbage.stop());
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A server with the sources of the sample, which are other servers of this process, on the loopback. */
export async function startDemoServer(config: Config, log: Log): Promise<RunningServer> {
  const { startUpstreams } = await import('../demo/index.ts');
  const upstreams = await startUpstreams();
  const sources = { ...upstreams.settings, allowPrivateAddresses: ['127.0.0.1/32'] };
  try {
    const server = await startServer(config, log, undefined, sources);
    return {
      url: server.url,
      async stop() {
        await server.stop();
        await upstreams.close();
      },
    };
  } catch (error) {
    await upstreams.close();
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
  const holders = await followHolders({ sql: database.sql, log });
  const compliance = await startCompliance({
    config,
    log,
    database,
    now: Date.now,
    app: null,
    repositoryAt: holders.at,
    sendMail: composeMail(config, log).add,
  });
  return {
    async stop() {
      await Promise.all([...loops.map((loop) => loop.stop()), compliance.stop(), holders.stop()]);
      await database.close();
    },
  };
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
