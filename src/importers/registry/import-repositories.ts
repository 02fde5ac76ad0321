import { createHash } from 'node:crypto';
import {
  type AlmanacClient,
  AlmanacError,
  type JsonObject,
  type RegistryRecord,
} from '../../client/index.ts';
import { urlKey } from '../../identifiers/index.ts';
import { createInFlight } from '../in-flight.ts';
import { checkInputFiles, type InputFile } from '../input-file.ts';
import { outcomeOf } from '../outcome.ts';
import type { ImportRun, Outcome } from '../run.ts';
import type { Codes, MappedRepository, RejectedRepository } from './repository.ts';

export interface RegistryImportResult {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: RejectedRepository[];
  /** Statistics added. */
  statistics: number;
}

export type ReadRepository = { repository: MappedRepository } | { rejected: RejectedRepository };

/** What a source knows beside how to read its files. */
export interface Source {
  /** Name of the account, and of its part of `admin`. */
  name: 'opendoar' | 'roar';
  /** Field of `admin.<name>` that holds the source's own number. */
  idField: string;
  /** Whether a record may also be found by the address of its home page. */
  findByUrl: boolean;
  read(file: InputFile, codes: Codes, onBytes: (bytes: number) => void): AsyncGenerator<ReadRepository>;
  /** What is to be merged into a record that exists; null: nothing. */
  patch(repository: MappedRepository, record: RegistryRecord): JsonObject | null;
}

/** Requests under way: enough to keep the server's write lane full. */
const atOnce = 24;

/**
 * Brings the repositories of a source into the register, through the API and with an account of the source's own. The same file
 * again changes nothing, so a run that was broken off can be made again.
 */
export function importRepositories(
  run: ImportRun<object> & { now?: (() => number) | undefined },
  source: Source,
): Promise<Outcome<RegistryImportResult>> {
  const { client, progress, signal } = run;
  const now = run.now ?? Date.now;
  const result: RegistryImportResult = {
    read: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    rejected: [],
    statistics: 0,
  };

  return outcomeOf(async () => {
    const files = await checkInputFiles(run.files);
    const codes = await readCodes(client, signal);
    const index = await indexRecords(client, source, signal);
    progress?.start(`Importing from ${source.name}`);
    progress?.total(files.reduce((sum, file) => sum + file.bytes, 0));
    const inFlight = createInFlight(atOnce);
    try {
      for (const file of files) {
        for await (const read of source.read(file, codes, (bytes) => progress?.advance(bytes))) {
          result.read += 1;
          if ('rejected' in read) result.rejected.push(read.rejected);
          else
            await inFlight.add(() =>
              index.alone(read.repository, (record) => bring(read.repository, record, index)),
            );
        }
      }
      await inFlight.drain();
    } finally {
      progress?.end();
    }
    result.rejected.sort((a, b) => Number(a.id) - Number(b.id));
    return result;
  }, signal);

  async function bring(repository: MappedRepository, id: string | null, index: RecordIndex): Promise<void> {
    try {
      const record = id === null ? null : await client.registry.record(id, { signal });
      const recordId = record === null ? await create(repository, index) : await update(repository, record);
      await addStatistics(repository, recordId, record !== null);
    } catch (error) {
      if (!(error instanceof AlmanacError) || error.status !== 400) throw error;
      const faults = error.problem.errors.map(({ path, message }) => `${path} ${message}`);
      const reason = faults.length > 0 ? faults.join('; ') : error.message;
      result.rejected.push({ id: repository.id, reason });
    }
  }

  async function create(repository: MappedRepository, index: RecordIndex): Promise<string> {
    const { id } = await client.registry.create(bodyOf(repository, repository.register), { signal });
    index.add(id, repository);
    result.created += 1;
    return id;
  }

  async function update(repository: MappedRepository, record: RegistryRecord): Promise<string> {
    // Somebody deleted it on purpose: a source does not bring it back.
    const patch = 'deleted' in record.register ? null : source.patch(repository, record);
    if (patch === null) {
      result.unchanged += 1;
      return record.id;
    }
    await client.registry.merge(record.id, bodyOf(repository, patch), { signal });
    result.updated += 1;
    return record.id;
  }

  function bodyOf({ admin }: MappedRepository, register: JsonObject) {
    const saved = `${new Date(now()).toISOString().slice(0, 19)}Z`;
    const own = source.name === 'opendoar' ? { ...admin, last_saved: saved } : admin;
    return { register, admin: { [source.name]: own } };
  }

  async function addStatistics(
    { statistics }: MappedRepository,
    id: string,
    existed: boolean,
  ): Promise<void> {
    if (statistics.length === 0) return;
    const known = existed ? await client.registry.statistics(id, { provider: source.name, signal }) : [];
    for (const { type, value, date } of statistics) {
      const isKnown = known.some((one) =>
        date === null
          ? one.type === type && one.value === value
          : one.type === type && one.date === timeOf(date),
      );
      if (isKnown) continue;
      await client.registry.addStatistic(id, { type, value, ...(date !== null && { date }) }, { signal });
      result.statistics += 1;
    }
  }
}

const timeOf = (date: string) => (date.includes('T') ? date : `${date}T00:00:00Z`);

async function readCodes({ registry }: AlmanacClient, signal: AbortSignal | undefined): Promise<Codes> {
  const [countries, languages, terms] = await Promise.all(
    ['country', 'language', 'policy_terms'].map((name) => registry.vocabulary(name, { signal })),
  );
  const codesOf = (list: { code?: string }[] = []) => new Set(list.map(({ code }) => code ?? ''));
  return {
    countries: codesOf(countries),
    languages: codesOf(languages),
    policyTerms: new Map((terms ?? []).map(({ term }) => [shortHash(term), term])),
  };
}

export function shortHash(text: string): string {
  return createHash('sha256').update(text.trim()).digest('hex').slice(0, 12);
}

interface RecordIndex {
  add(id: string, repository: MappedRepository): void;
  /** Runs `work` with the id of the repository's record, when no other repository of the same record is being brought in. */
  alone(repository: MappedRepository, work: (id: string | null) => Promise<void>): Promise<void>;
}

async function indexRecords(
  { registry }: AlmanacClient,
  { name, idField, findByUrl }: Source,
  signal: AbortSignal | undefined,
): Promise<RecordIndex> {
  const byId = new Map<number, string>();
  const byUrl = new Map<string, string>();
  const busy = new Map<string, Promise<void>>();
  for await (const { id, register, admin } of registry.changes({ signal })) {
    const own = admin[name]?.[idField];
    if (typeof own === 'number') byId.set(own, id);
    for (const key of keysOf(register)) if (!byUrl.has(key)) byUrl.set(key, id);
  }

  const find = (repository: MappedRepository): string | null => {
    const known = byId.get(repository.id);
    if (known !== undefined || !findByUrl) return known ?? null;
    return (
      keysOf(repository.register)
        .map((key) => byUrl.get(key))
        .find((id) => id !== undefined) ?? null
    );
  };

  return {
    add(id, repository) {
      byId.set(repository.id, id);
      for (const key of keysOf(repository.register)) if (!byUrl.has(key)) byUrl.set(key, id);
    },
    async alone(repository, work) {
      const key = (findByUrl ? keysOf(repository.register)[0] : undefined) ?? `#${repository.id}`;
      while (busy.has(key)) await busy.get(key);
      const { promise, resolve } = Promise.withResolvers<void>();
      busy.set(key, promise);
      try {
        await work(find(repository));
      } finally {
        busy.delete(key);
        resolve();
      }
    },
  };
}

function keysOf(register: JsonObject): string[] {
  const entries = Array.isArray(register.metadata) ? register.metadata : [];
  return entries.flatMap((entry) => {
    const record = isObject(entry) ? entry.record : undefined;
    const url = isObject(record) ? record.url : undefined;
    const key = typeof url === 'string' ? urlKey(url) : null;
    return key === null ? [] : [key];
  });
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
