import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { databaseFault, isDatabaseAway, messageOf } from './errors.ts';
import { lockKeys } from './lock-keys.ts';
import type { Queries, Sql } from './pool.ts';

interface MigrationFile {
  number: number;
  name: string;
  text: string;
  sha256: string;
}

interface AppliedMigration {
  number: number;
  name: string;
  sha256: string;
}

/**
 * Brings the schema up to date with the `NNNN-name.sql` files of `dir`: forward only, in order, each in a
 * transaction of its own, recorded in `almanac.migrations`. Any number of processes may call it at once.
 * Answers the names of the files it applied. Throws a `DatabaseFault` (one line) when a file fails, an applied
 * file was changed, a number is missing, or the database is newer than the files.
 */
export async function migrate(sql: Sql, dir: string): Promise<string[]> {
  const files = await readMigrations(dir);
  const applied: string[] = [];
  for (;;) {
    const name = await sql.begin((tx) => applyNext(tx, files));
    if (name === null) return applied;
    applied.push(name);
  }
}

/** The migration files of `dir` in order; throws a `DatabaseFault` when two share a number or one is missing. */
export async function readMigrations(dir: string): Promise<MigrationFile[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.sql')).sort();
  const files = await Promise.all(names.map((name) => readMigration(dir, name)));
  for (const [index, file] of files.entries()) {
    const previous = files[index - 1];
    if (previous === undefined) continue;
    if (file.number === previous.number) {
      throw databaseFault(`migrations ${previous.name} and ${file.name} have the same number`);
    }
    if (file.number !== previous.number + 1) {
      throw databaseFault(`a migration is missing between ${previous.name} and ${file.name}`);
    }
  }
  return files;
}

async function readMigration(dir: string, name: string): Promise<MigrationFile> {
  const digits = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1];
  if (digits === undefined) throw databaseFault(`migration ${name} must be named like 0007-what-it-does.sql`);
  // A checkout with Windows line endings holds the same migration.
  const text = (await readFile(join(dir, name), 'utf8')).replaceAll('\r\n', '\n');
  return { number: Number(digits), name, text, sha256: createHash('sha256').update(text).digest('hex') };
}

/** Applies the first file not applied yet; null when there is none. Holds the migration lock until commit. */
async function applyNext(tx: Queries, files: MigrationFile[]): Promise<string | null> {
  await tx`select pg_advisory_xact_lock(${lockKeys.migrate})`;
  await ensureHistory(tx);
  const applied = await tx<AppliedMigration[]>`
    select number, name, sha256
    from almanac.migrations
    order by number
  `;
  const next = nextOf(files, applied);
  if (next === undefined) return null;
  try {
    await tx.unsafe(next.text);
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    throw databaseFault(`migration ${next.name} failed: ${messageOf(error)}`, error);
  }
  // A migration may set the search path for itself only; names here are written in full.
  await tx`
    insert into almanac.migrations (number, name, sha256)
    values (${next.number}, ${next.name}, ${next.sha256})
  `;
  return next.name;
}

async function ensureHistory(tx: Queries): Promise<void> {
  const [row] = await tx`select to_regclass('almanac.migrations') is not null as present`;
  if (row?.present === true) return;
  await tx`create schema if not exists almanac`;
  await tx`create schema if not exists derived`;
  await tx`
    create table almanac.migrations (
      number     integer     primary key,
      name       text        not null,
      sha256     text        not null,
      applied_at timestamptz not null default now()
    )
  `;
}

/** The first file that is not applied, after checking that what is applied are exactly the files before it. */
function nextOf(files: MigrationFile[], applied: AppliedMigration[]): MigrationFile | undefined {
  for (const [index, row] of applied.entries()) {
    const file = files[index];
    if (file === undefined) {
      throw databaseFault(
        `the database is newer than this program (it has ${row.name}): install a newer Almanac`,
      );
    }
    if (file.number !== row.number) {
      const [first, second] = file.number < row.number ? [file.name, row.name] : [row.name, file.name];
      throw databaseFault(
        `migrations do not fit the database: ${first} is not on both sides (next is ${second})`,
      );
    }
    if (file.sha256 !== row.sha256) {
      throw databaseFault(
        `migration ${file.name} was changed after it had been applied: restore it, add a new one`,
      );
    }
  }
  return files[applied.length];
}
