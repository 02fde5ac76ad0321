import type { ChildProcess } from 'node:child_process';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './embedded-binaries.ts';
import type { Home } from './embedded-home.ts';
import type { Owner } from './embedded-owner.ts';
import { clusterName, findPostmaster } from './embedded-postmaster.ts';
import { serverSettings, usableMemory } from './embedded-settings.ts';
import { runOnFolder } from './embedded-spawn.ts';

const largestLog = 10 * 1024 * 1024;

/** Everything needed to start PostgreSQL on a data folder. */
export interface Cluster {
  home: Home;
  binaries: Binaries;
  owner: Owner | null;
  durable: boolean;
}

export type StartOutcome =
  | { ok: true }
  /** `again`: another process or the last moments of a killed server stood in the way; look again. */
  | { ok: false; again: boolean; reason: string };

/** Starts PostgreSQL on `port` and waits until it has written its pid file or has ended. */
export async function startPostgres(cluster: Cluster, port: number): Promise<StartOutcome> {
  const { home, binaries, owner, durable } = cluster;
  await shortenLog(home.logFile);
  const settings = { ...serverSettings(usableMemory(), durable), port: String(port) };
  const log = await open(home.logFile, 'a', 0o600);
  try {
    const { size } = await log.stat();
    const child = await runOnFolder({
      binaries,
      program: 'postgres',
      folder: home.folder,
      args: Object.entries({ ...settings, cluster_name: await clusterName(home.folder) }).flatMap(
        ([name, value]) => ['-c', `${name}=${value}`],
      ),
      owner,
      output: log.fd,
      detached: true,
    });
    child.unref();
    if (await isUp(child, home)) return { ok: true };
    return failure((await readFile(home.logFile)).subarray(size).toString('utf8'));
  } finally {
    await log.close();
  }
}

/** Polls: a child that finds the folder taken may have ended before anybody listened for its end. */
async function isUp(child: ChildProcess, home: Home): Promise<boolean> {
  while (child.exitCode === null && child.signalCode === null) {
    const found = await findPostmaster(home.folder);
    if (found !== null && found !== 'leaving' && found.pid === child.pid) return true;
    await sleep(10);
  }
  return false;
}

/** Words of PostgreSQL for a start that was only too early or too late. */
const inTheWay =
  /lock file ".*" already exists|pre-existing shared memory block|could not bind|could not create any TCP\/IP sockets|Is another postmaster/;

function failure(printed: string): StartOutcome {
  const reason =
    printed.split('\n').findLast((line) => /FATAL|PANIC|ERROR|error/.test(line)) ?? printed.trim();
  return {
    ok: false,
    again: inTheWay.test(printed),
    reason: reason.replace(/^.*?(FATAL|PANIC|ERROR): */, ''),
  };
}

async function shortenLog(path: string): Promise<void> {
  const size = (await stat(path).catch(() => null))?.size ?? 0;
  if (size > largestLog) await rename(path, `${path}.1`);
}

/** `preferred` when it is free on 127.0.0.1, else another free port. */
export async function freePort(preferred: number): Promise<number> {
  for (const port of preferred > 0 ? [preferred, 0] : [0]) {
    const server = createServer();
    const bound = await new Promise<number | null>((resolve) => {
      server.once('error', () => resolve(null));
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : null);
      });
    });
    if (bound === null) continue;
    await new Promise((resolve) => server.close(resolve));
    return bound;
  }
  throw new Error('no free TCP port on 127.0.0.1');
}
