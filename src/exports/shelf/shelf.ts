import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lockKeys, type Sql } from '../../platform/database/index.ts';
import { isoSeconds } from '../../platform/http/index.ts';
import { type ExportedFile, readManifest, writeManifest } from './manifest.ts';
import { type Draft, namesIn, sweepDrafts } from './write-file.ts';

export interface ShelfParts {
  sql: Sql;
  /** `DATA_DIR/exports`; made when something is first put there. */
  folder: string;
  now(): number;
}

/** A draft, and what is said of it. */
export interface Parcel {
  draft: Draft;
  /** Name without its end, such as `almanac_register_2026-03-05`, and the end, such as `csv`. */
  stem: string;
  extension: string;
  type: string;
  month: string;
  rows: number;
}

/**
 * The files of `DATA_DIR/exports`. Only what the manifest names is there for readers, and what is there never changes:
 * the same name again becomes `-r2`, `-r3` … (events.md §8). Server and commands may put files there at once.
 */
export function createShelf({ sql, folder, now }: ShelfParts) {
  /** One change of the manifest at a time, whichever process makes it. */
  const alone = <T>(work: () => Promise<T>) =>
    sql.begin(async (transaction) => {
      await transaction`select pg_advisory_xact_lock(${lockKeys.exports})`;
      return work();
    });

  return {
    folder,
    list: () => readManifest(folder),

    /** Gives drafts their names, and readers all of them at once. */
    async put(parcels: readonly Parcel[]): Promise<ExportedFile[]> {
      return alone(async () => {
        const before = await readManifest(folder);
        const taken = new Set([...before.map(({ file }) => file), ...(await namesIn(folder))]);
        const added: ExportedFile[] = [];
        for (const { draft, stem, extension, type, month, rows } of parcels) {
          const file = freeName(stem, extension, taken);
          taken.add(file);
          await rename(draft.path, join(folder, file));
          added.push({
            file,
            type,
            month,
            rows,
            bytes: draft.bytes,
            sha256: draft.sha256,
            created_at: isoSeconds(now()),
            license: 'CC0-1.0',
          });
        }
        await writeManifest(folder, [...added, ...before]);
        return added;
      });
    },

    /**
     * Takes away files of a type that are older than `days`, those the manifest does not name included (a process was
     * killed before it could), and what was left half written.
     */
    async trim(type: string, prefix: string, days: number): Promise<void> {
      await alone(async () => {
        const before = await readManifest(folder);
        const oldest = now() - days * 86_400_000;
        const kept = before.filter((one) => one.type !== type || Date.parse(one.created_at) >= oldest);
        // First from the list, so that it never names what is gone.
        if (kept.length < before.length) await writeManifest(folder, kept);
        const named = new Set(kept.map(({ file }) => file));
        const gone = new Set(before.map(({ file }) => file).filter((file) => !named.has(file)));
        for (const name of await namesIn(folder)) {
          if (!name.startsWith(prefix) || named.has(name)) continue;
          const path = join(folder, name);
          if (gone.has(name) || (await lastWrite(path)) < oldest) await rm(path, { force: true });
        }
        await sweepDrafts(folder, now());
      });
    },
  };
}

export type Shelf = ReturnType<typeof createShelf>;

/** Milliseconds; never, for what has gone meanwhile. */
async function lastWrite(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.mtimeMs ?? Number.POSITIVE_INFINITY;
}

function freeName(stem: string, extension: string, taken: ReadonlySet<string>): string {
  let name = `${stem}.${extension}`;
  for (let revision = 2; taken.has(name); revision += 1) name = `${stem}-r${revision}.${extension}`;
  return name;
}
