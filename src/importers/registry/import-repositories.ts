import { createHash } from 'node:crypto';
import {
  type AlmanacClient,
  AlmanacError,
  type JsonObject,
  type RegistryRecord,
} from '../../client/index.ts';
import { createInFlight } from '../in-flight.ts';
import { checkInputFiles, type InputFile } from '../input-file.ts';
import { outcomeOf } from '../outcome.ts';
import type { ImportRun, Outcome } from '../run.ts';
import { createFinder, type FoundRecord, type RecordFinder } from './find-records.ts';
import type { Codes, MappedRepository, RejectedRepository } from './repository.ts';
import { createTurns, type Touched } from './turns.ts';

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

/** Repositories under way. Writes that wait share a transaction and its statements: the more wait, the less each costs. */
const atOnce = 48;
/** Repositories whose records are looked for together. */
const lookedForAtOnce = 100;

/** A record that a repository has; null as `record`: it has to be read. */
interface Known {
  id: string;
  record: RegistryRecord | null;
}

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
    const finder = await createFinder(client, source, signal);
    progress?.start(`Importing from ${source.name}`);
    progress?.total(files.reduce((sum, file) => sum + file.bytes, 0));
    const inFlight = createInFlight(atOnce);
    const turns = createTurns(source.findByUrl);
    try {
      for (const file of files) {
        const read = source.read(file, codes, (bytes) => progress?.advance(bytes));
        for await (const { repository, found } of withRecords(accepted(read), finder)) {
          await inFlight.add(() => turns.alone(repository, (touched) => bring(repository, touched, found)));
        }
      }
      await inFlight.drain();
    } finally {
      progress?.end();
    }
    result.rejected.sort((a, b) => Number(a.id) - Number(b.id));
    return result;
  }, signal);

  /** Those that can be brought in; the others are reported. */
  async function* accepted(read: AsyncIterable<ReadRepository>): AsyncGenerator<MappedRepository> {
    for await (const one of read) {
      result.read += 1;
      if ('rejected' in one) result.rejected.push(one.rejected);
      else yield one.repository;
    }
  }

  async function bring(
    repository: MappedRepository,
    touched: Touched,
    found: FoundRecord,
  ): Promise<string | null> {
    try {
      const known = knownOf(touched, found);
      const id = known === null ? await create(repository) : await update(repository, known);
      await addStatistics(repository, id, known !== null);
      return id;
    } catch (error) {
      if (!(error instanceof AlmanacError) || error.status !== 400) throw error;
      const faults = error.problem.errors.map(({ path, message }) => `${path} ${message}`);
      const reason = faults.length > 0 ? faults.join('; ') : error.message;
      result.rejected.push({ id: repository.id, reason });
      return null;
    }
  }

  async function create(repository: MappedRepository): Promise<string> {
    const { id } = await client.registry.create(bodyOf(repository, repository.register), { signal });
    result.created += 1;
    return id;
  }

  async function update(repository: MappedRepository, { id, record }: Known): Promise<string> {
    // What was found may be a moment old: that is enough to see that nothing is new, and not to write on.
    const isSame = record !== null && patchOf(repository, record) === null;
    const patch = isSame ? null : patchOf(repository, await client.registry.record(id, { signal }));
    if (patch === null) {
      result.unchanged += 1;
      return id;
    }
    await client.registry.merge(id, bodyOf(repository, patch), { signal });
    result.updated += 1;
    return id;
  }

  /** Somebody deleted it on purpose: a source does not bring it back. */
  function patchOf(repository: MappedRepository, record: RegistryRecord): JsonObject | null {
    return 'deleted' in record.register ? null : source.patch(repository, record);
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

/** The source's own number first. What this run wrote to is read again. */
function knownOf(touched: Touched, { byNumber, byHomePage }: FoundRecord): Known | null {
  if (touched.byNumber !== null) return { id: touched.byNumber, record: null };
  if (byNumber !== null) return { id: byNumber.id, record: byNumber };
  if (touched.byHomePage !== null) return { id: touched.byHomePage, record: null };
  return byHomePage && { id: byHomePage.id, record: byHomePage };
}

interface Looked {
  repository: MappedRepository;
  found: FoundRecord;
}

/** Each repository with its record. While some are brought in, the records of the next are looked for. */
async function* withRecords(
  repositories: AsyncIterable<MappedRepository>,
  finder: RecordFinder,
): AsyncGenerator<Looked> {
  let ahead: Promise<Looked[]> | null = null;
  const look = async (batch: MappedRepository[]): Promise<Looked[]> => {
    const found = await finder.find(batch);
    return found.flatMap((one, place) => {
      const repository = batch[place];
      return repository === undefined ? [] : [{ repository, found: one }];
    });
  };
  for await (const batch of batchesOf(repositories, lookedForAtOnce)) {
    const before = ahead;
    ahead = look(batch);
    // Its failure is met when it is its turn.
    ahead.catch(() => {});
    if (before !== null) yield* await before;
  }
  if (ahead !== null) yield* await ahead;
}

async function* batchesOf<T>(all: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const one of all) {
    batch.push(one);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
