import { rm } from 'node:fs/promises';
import { type Binaries, openDatabase } from '../platform/database/index.ts';
import { asAdministrator, withDatabase } from './clone.ts';
import { quietLog } from './quiet-log.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

/** A PostgreSQL with a migrated database that nobody is connected to. */
export interface Template {
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL (the bundled one, or `binaries`) in a temporary folder and migrates the template database in
 * it. It forgets what it holds in a power cut, which makes it quick.
 */
export async function startTemplate(binaries?: Binaries): Promise<Template> {
  const dataDir = await makeTemporaryFolder();
  const holder = await openDatabase({
    dataDir,
    log: quietLog,
    max: 1,
    migrate: false,
    durable: false,
    ...(binaries && { binaries }),
  });
  async function stop(): Promise<void> {
    await holder.close();
    await rm(dataDir, { recursive: true, force: true });
  }
  try {
    return { url: await migrateTemplate(holder.url), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Makes and migrates the database `almanac_template` on the server of `serverUrl`; answers its connection string. */
async function migrateTemplate(serverUrl: string): Promise<string> {
  await asAdministrator(serverUrl, async (sql) => {
    await sql`create database almanac_template`;
  });
  const url = withDatabase(serverUrl, 'almanac_template');
  const dataDir = await makeTemporaryFolder();
  try {
    const database = await openDatabase({ databaseUrl: url, dataDir, log: quietLog, max: 1 });
    await database.close();
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
  return url;
}
