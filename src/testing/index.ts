/**
 * Databases for tests. `npm test` starts one PostgreSQL, migrates a template and names it in
 * ALMANAC_TEST_DATABASE; a test file run by hand starts its own for the life of its process.
 */
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { after, type TestContext } from 'node:test';
import { type Database, openDatabase } from '../platform/database/index.ts';
import { cloneTemplate, dropClone, withDatabase } from './clone.ts';
import { quietLog } from './quiet-log.ts';
import { startTemplate, type Template } from './template.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

export { launchBrowser } from './browser.ts';
export { expectConsistent } from './expect-consistent.ts';
export { expectEventsConsistent } from './expect-events-consistent.ts';
export { type Holder, type HolderGreeting, startHolder } from './holder.ts';
export { quietLog } from './quiet-log.ts';
export { type ReceivedMail, startSmtpServer } from './smtp-server.ts';
export { makeTemporaryFolder, temporaryFolder } from './temporary-folder.ts';
export { archive, workbook } from './workbooks.ts';

let own: Promise<Template> | null = null;

// Registered while the file loads, so that it belongs to the whole file and not to the test that asks first.
after(async () => (await own)?.stop());

/** Connection string of the template database that `testDatabase` copies. */
async function templateUrl(): Promise<string> {
  const given = process.env.ALMANAC_TEST_DATABASE;
  if (given) return given;
  own ??= startTemplate();
  return (await own).url;
}

export interface TestDatabaseOptions {
  /** Most connections of the pool; 4 by default. */
  max?: number;
}

/**
 * A fresh copy of the migrated template, with a data folder of its own; dropped when the test (or suite) that
 * `t` belongs to is over. `url` and `dataDir` are for child processes and whole-server tests.
 */
export async function testDatabase(
  t: Pick<TestContext, 'after'>,
  options: TestDatabaseOptions = {},
): Promise<Database & { dataDir: string }> {
  return copyOf(t, await templateUrl(), options);
}

/** Like `testDatabase`, but without schemas and tables: for tests of the migrations themselves. */
export async function emptyDatabase(t: Pick<TestContext, 'after'>): Promise<Database & { dataDir: string }> {
  return copyOf(t, withDatabase(await templateUrl(), 'template0'), {});
}

async function copyOf(t: Pick<TestContext, 'after'>, template: string, options: TestDatabaseOptions) {
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`;
  const databaseUrl = await cloneTemplate(template, name);
  const dataDir = await makeTemporaryFolder();
  const database = await openDatabase({
    databaseUrl,
    dataDir,
    log: quietLog,
    max: options.max ?? 4,
    migrate: false,
  });
  t.after(async () => {
    await database.close();
    await dropClone(template, name);
    await rm(dataDir, { recursive: true, force: true });
  });
  return { ...database, dataDir };
}
