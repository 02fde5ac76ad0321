import { randomBytes } from 'node:crypto';
import { access, chmod, constants, link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeFolder } from '../config/index.ts';
import { databaseFault, errorCode, messageOf } from './errors.ts';

/** Where the embedded server of a data folder keeps its things. */
export interface Home {
  dataDir: string;
  /** The cluster. */
  folder: string;
  stateFile: string;
  logFile: string;
}

/** What must be remembered between starts; only its owner may read it. */
export interface HomeState {
  /** TCP port on 127.0.0.1 used last; 0 before the first start. */
  port: number;
  password: string;
}

/** The paths below `dataDir`, which is made when missing. Throws a `DatabaseFault` when it cannot be written. */
export async function openHome(dataDir: string): Promise<Home> {
  const root = resolve(dataDir);
  try {
    await makeFolder(root);
    await access(root, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw databaseFault(
      `DATA_DIR ${root} must be a folder that this user can write: ${messageOf(error)}`,
      error,
    );
  }
  return {
    dataDir: root,
    folder: join(root, 'postgres'),
    stateFile: join(root, 'postgres.json'),
    logFile: join(root, 'postgres.log'),
  };
}

/** Reads the state; makes it the first time, one for all processes that start at once. */
export async function ensureState(home: Home): Promise<HomeState> {
  const present = await readState(home);
  if (present !== null) return present;
  if (await stat(home.folder).catch(() => null)) {
    throw databaseFault(`${home.stateFile} is missing: it holds the password of ${home.folder}; restore it`);
  }
  const draft = await writeDraft(home, { port: 0, password: randomBytes(24).toString('base64url') });
  try {
    await link(draft, home.stateFile);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return ensureState(home);
}

/** Remembers the port for the next start. */
export async function rememberPort(home: Home, state: HomeState, port: number): Promise<void> {
  if (state.port === port) return;
  await rename(await writeDraft(home, { ...state, port }), home.stateFile);
}

async function readState(home: Home): Promise<HomeState | null> {
  const text = await readFile(home.stateFile, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  try {
    const { port, password }: Record<string, unknown> = JSON.parse(text);
    if (typeof port === 'number' && typeof password === 'string') return { port, password };
  } catch {
    // Said below, with the same words as for a file that is JSON but not ours.
  }
  throw databaseFault(
    `${home.stateFile} cannot be read: it must hold the port and password of ${home.folder}`,
  );
}

async function writeDraft(home: Home, state: HomeState): Promise<string> {
  const draft = `${home.stateFile}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await writeFile(draft, `${JSON.stringify(state)}\n`, { mode: 0o600, flush: true });
  await chmod(draft, 0o600);
  return draft;
}
