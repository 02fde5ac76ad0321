import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from '../platform/database/index.ts';

const run = promisify(execFile);

/** PostgreSQL servers installed on this machine that Almanac supports (15 or newer), one per major version. */
export async function installedPostgres(): Promise<Binaries[]> {
  const debian = '/usr/lib/postgresql';
  const versions = await readdir(debian).catch(() => []);
  const configured = await run('pg_config', ['--bindir']).catch(() => null);
  const homes = [
    ...versions.map((version) => join(debian, version)),
    ...(configured === null ? [] : [dirname(configured.stdout.trim())]),
  ];
  const found = new Map<number, Binaries>();
  for (const home of homes) {
    const binaries = await versionOf(home);
    if (binaries !== null && binaries.major >= 15) found.set(binaries.major, binaries);
  }
  return [...found.values()];
}

/** Null when the folder has no server: pg_config also comes with the client libraries. */
async function versionOf(home: string): Promise<Binaries | null> {
  const [server] = await Promise.all([
    run(join(home, 'bin', 'postgres'), ['--version']),
    run(join(home, 'bin', 'initdb'), ['--version']),
  ]).catch(() => [null]);
  const version = /(\d+)(\.\d+)?/.exec(server?.stdout ?? '')?.[0];
  return version === undefined ? null : { home, version, major: Number.parseInt(version, 10) };
}
