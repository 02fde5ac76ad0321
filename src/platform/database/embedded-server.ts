import { setTimeout as sleep } from 'node:timers/promises';
import type postgres from 'postgres';
import { connectionLost } from './connection.ts';
import { type ConnectionSettings, connectOnce } from './connection-options.ts';
import { type Binaries, findBinaries, readableBinaries } from './embedded-binaries.ts';
import { ensureCluster } from './embedded-cluster.ts';
import { ensureState, openHome, rememberPort } from './embedded-home.ts';
import { chooseOwner } from './embedded-owner.ts';
import { clusterName, findPostmaster, isProcessOf, type Postmaster } from './embedded-postmaster.ts';
import { type Cluster, freePort, startPostgres } from './embedded-start.ts';
import { databaseFault, errorCode, isDatabaseAway, messageOf } from './errors.ts';
import { lockKeys } from './lock-keys.ts';
import type { Log } from './log.ts';

export interface EmbeddedOptions {
  /** False trades safety against power cuts for speed. */
  durable?: boolean | undefined;
  /** An installed PostgreSQL in place of the bundled one. */
  binaries?: Binaries | undefined;
  /** Called once PostgreSQL starts or runs. */
  onLaunched?: (() => void) | undefined;
}

export interface EmbeddedServer {
  /** Connection string of the database `almanac`; stays the same as long as this object is open. */
  url: string;
  /** Stops using the server; the last user of the data folder stops PostgreSQL. */
  close(): Promise<void>;
}

/** How long a start may take, crash recovery after a power cut included. */
const patienceMs = 120_000;
/** How long `close` waits for the last checkpoint; PostgreSQL finishes it on its own afterwards. */
const stopPatienceMs = 8_000;
/** After this long without any answer a running PostgreSQL is told to stop. */
const silenceMs = 15_000;
const tickMs = 25;

/**
 * Opens the PostgreSQL of a data folder: uses the one that runs (started by another process, or left by a killed
 * one), else starts it, making the cluster the first time. Each user holds a shared advisory lock on a session of
 * its own; when that session ends unasked, PostgreSQL has died and is brought back on the same port.
 */
export async function openEmbedded(
  dataDir: string,
  log: Log,
  options: EmbeddedOptions = {},
): Promise<EmbeddedServer> {
  const home = await openHome(dataDir);
  const state = await ensureState(home);
  const owner = await chooseOwner(home.folder);
  const durable = options.durable ?? true;
  const binaries = await readableBinaries(options.binaries ?? (await findBinaries()), owner, log);
  await ensureCluster(home, state, binaries, owner, durable);
  const cluster: Cluster = { home, binaries, owner, durable };
  const urlOf = (port: number, database: string) =>
    `postgres://almanac:${state.password}@127.0.0.1:${port}/${database}`;

  let closing = false;
  let session: postgres.Sql | null = null;
  let recovery: Promise<void> = Promise.resolve();

  /** Finds or starts PostgreSQL and becomes one of its users. Answers its port. */
  async function join(fixedPort: number | null): Promise<number> {
    const until = Date.now() + patienceMs;
    let silentSince: number | null = null;
    let reason = 'it does not answer';
    for (; !closing && Date.now() < until; await sleep(tickMs)) {
      const found = await findPostmaster(home.folder);
      if (found === 'leaving') continue;
      if (found === null) {
        silentSince = null;
        const outcome = await startPostgres(cluster, fixedPort ?? (await freePort(state.port)));
        if (outcome.ok) {
          options.onLaunched?.();
          continue;
        }
        reason = outcome.reason;
        if (!outcome.again) break;
        continue;
      }
      options.onLaunched?.();
      try {
        await use(found.port);
        return found.port;
      } catch (error) {
        reason = messageOf(error);
        if (!isDatabaseAway(error) && errorCode(error) !== '55P03') break;
        const answered = /^\d/.test(errorCode(error) ?? '');
        silentSince = answered ? null : (silentSince ?? Date.now());
        if (silentSince !== null) endSilent(found, Date.now() - silentSince);
      }
    }
    throw databaseFault(`PostgreSQL in ${home.folder} did not start: ${reason} (more in ${home.logFile})`);
  }

  async function use(port: number): Promise<void> {
    const settings = { url: urlOf(port, 'postgres'), log, applicationName: 'almanac user' };
    let lost = false;
    const mine = connectOnce(settings, () => {
      lost = true;
      if (session !== mine) return;
      session = null;
      void mine.end({ timeout: 0 });
      if (!closing) recovery = recover(port);
    });
    try {
      await mine`set lock_timeout = '2s'`;
      await mine`select pg_advisory_lock_shared(${lockKeys.embeddedUsers})`;
      if (lost) throw connectionLost();
      session = mine;
    } catch (error) {
      await mine.end({ timeout: 0 });
      throw error;
    }
  }

  async function recover(port: number): Promise<void> {
    log.warn({ port }, 'the embedded PostgreSQL went away: bringing it back');
    while (!closing) {
      try {
        await join(port);
        log.info({ port }, 'the embedded PostgreSQL is back');
        return;
      } catch (error) {
        if (closing) return;
        log.error({ err: error }, 'the embedded PostgreSQL does not come back: trying again');
        await sleep(2_000);
      }
    }
  }

  async function close(): Promise<void> {
    if (closing) return;
    closing = true;
    await recovery;
    const mine = session;
    session = null;
    if (mine === null) return;
    try {
      await mine`select pg_advisory_unlock_shared(${lockKeys.embeddedUsers})`;
      const [row] = await mine`select pg_try_advisory_lock(${lockKeys.embeddedUsers}) as alone`;
      // Whoever comes from now on waits for our lock, loses its connection and starts PostgreSQL again.
      if (row?.alone === true) await stop(home.folder);
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
    } finally {
      await mine.end({ timeout: 0 });
    }
  }

  const port = await join(null);
  await rememberPort(home, state, port);
  await ensureDatabase({ url: urlOf(port, 'postgres'), log, applicationName: 'almanac start' });
  return { url: urlOf(port, 'almanac'), close };
}

async function ensureDatabase(settings: ConnectionSettings): Promise<void> {
  const sql = connectOnce(settings);
  try {
    const [row] = await sql`select 1 from pg_database where datname = 'almanac'`;
    if (row === undefined) await sql`create database almanac`;
  } catch (error) {
    // Another process made it at the same moment (duplicate database, or its catalogue row).
    if (!['42P04', '23505'].includes(errorCode(error) ?? '')) throw error;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Ends a PostgreSQL of ours whose port does not answer at all: politely, then at once. */
function endSilent(found: Postmaster, silentMs: number): void {
  if (silentMs > 2 * silenceMs) process.kill(found.pid, 'SIGQUIT');
  else if (silentMs > silenceMs) process.kill(found.pid, 'SIGINT');
}

/** Fast shutdown: open transactions are rolled back, everything is written, the pid file goes. */
async function stop(folder: string): Promise<void> {
  const found = await findPostmaster(folder);
  if (found === null || found === 'leaving') return;
  const name = await clusterName(folder);
  process.kill(found.pid, 'SIGINT');
  const until = Date.now() + stopPatienceMs;
  while (Date.now() < until && (await isProcessOf(found.pid, name))) await sleep(10);
}
