import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Binaries } from './embedded-binaries.ts';
import type { Home, HomeState } from './embedded-home.ts';
import type { Owner } from './embedded-owner.ts';
import { runOnFolder } from './embedded-spawn.ts';
import { databaseFault, errorCode, messageOf } from './errors.ts';

/** An unfinished `postgres.init-…` of a killed process is removed when it is older. */
const abandonedAfterMs = 10 * 60 * 1000;

/**
 * Makes the cluster when there is none: beside its place, then moved there as a whole, so that a kill half way
 * leaves nothing that looks finished. Throws a `DatabaseFault` when it cannot, or when the cluster that is there
 * belongs to another major version.
 */
export async function ensureCluster(
  home: Home,
  state: HomeState,
  binaries: Binaries,
  owner: Owner | null,
  durable: boolean,
): Promise<void> {
  if (await hasCluster(home, binaries)) return;
  await removeAbandoned(home);
  const draft = `${home.folder}.init-${process.pid}-${randomBytes(4).toString('hex')}`;
  const passwordFile = `${draft}.password`;
  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(passwordFile, `${state.password}\n`, { mode: 0o600 });
    await initialise(draft, passwordFile, binaries, owner, durable);
    await rename(draft, home.folder).catch(async (error: unknown) => {
      if (!(await hasCluster(home, binaries))) throw error;
    });
  } catch (error) {
    if (errorCode(error) === 'DATABASE_FAULT') throw error;
    throw databaseFault(`cannot make the database in ${home.folder}: ${messageOf(error)}`, error);
  } finally {
    await rm(draft, { recursive: true, force: true });
    await rm(passwordFile, { force: true });
  }
}

async function hasCluster(home: Home, binaries: Binaries): Promise<boolean> {
  const version = await readFile(join(home.folder, 'PG_VERSION'), 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null;
    throw databaseFault(`cannot read ${home.folder}: ${messageOf(error)}`, error);
  });
  if (version === null) {
    const names = await readdir(home.folder).catch(() => []);
    if (names.length === 0) return false;
    throw databaseFault(`${home.folder} is not empty and not a PostgreSQL data folder: move it away`);
  }
  if (Number.parseInt(version, 10) === binaries.major) return true;
  const made = `${home.folder} was made by PostgreSQL ${version.trim()}, this program brings ${binaries.major}`;
  throw databaseFault(`${made}: export it with the older version, or set DATABASE_URL`);
}

async function initialise(
  folder: string,
  passwordFile: string,
  binaries: Binaries,
  owner: Owner | null,
  durable: boolean,
): Promise<void> {
  const child = await runOnFolder({
    binaries,
    program: 'initdb',
    folder,
    passwordFile,
    args: [
      '--username=almanac',
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--no-instructions',
      ...(durable ? [] : ['--no-sync']),
    ],
    owner,
    detached: false,
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(-10_000);
    });
  }
  const [code] = await once(child, 'close');
  if (code === 0) return;
  const reason = printed.split('\n').find((line) => /error:|FATAL:|No space left/.test(line));
  throw new Error(reason?.trim() ?? `initdb ended with ${code}`);
}

async function removeAbandoned(home: Home): Promise<void> {
  const prefix = `${basename(home.folder)}.init-`;
  for (const name of await readdir(home.dataDir)) {
    if (!name.startsWith(prefix)) continue;
    const path = join(home.dataDir, name);
    const made = (await stat(path).catch(() => null))?.mtimeMs ?? 0;
    if (Date.now() - made > abandonedAfterMs || !isRunning(Number(name.slice(prefix.length).split('-')[0]))) {
      await rm(path, { recursive: true, force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
