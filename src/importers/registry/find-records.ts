import { domainToUnicode } from 'node:url';
import type { AlmanacClient, JsonObject, RegistryRecord } from '../../client/index.ts';
import type { Source } from './import-repositories.ts';
import type { MappedRepository } from './repository.ts';
import { homePagesOf, keysOf } from './url-keys.ts';

/** Another server's queries may lack what was written within a second. */
const lateMs = 2_000;

const homePage = 'register.metadata.record.url';

/**
 * Finds the records that repositories of a source have in the register, some at a time: by the source's own number, else by
 * the address of the home page, where the source is found by that. What it costs depends on how many are looked for.
 */
export interface RecordFinder {
  /** What there is of each, in their order. */
  find(repositories: readonly MappedRepository[]): Promise<FoundRecord[]>;
}

/** Records as they were when they were found, which may be a moment ago. */
export interface FoundRecord {
  byNumber: RegistryRecord | null;
  /** Not looked for where there is one by number. */
  byHomePage: RegistryRecord | null;
}

/** @param source how it numbers repositories, and whether home pages count */
export async function createFinder(
  { registry }: AlmanacClient,
  { name, idField, findByUrl }: Pick<Source, 'name' | 'idField' | 'findByUrl'>,
  signal: AbortSignal | undefined,
): Promise<RecordFinder> {
  const recent = indexOf(await recentRecords());

  function indexOf(records: readonly RegistryRecord[]) {
    const byNumber = new Map<number, RegistryRecord>();
    const byKey = new Map<string, RegistryRecord>();
    for (const record of records) {
      const number = record.admin[name]?.[idField];
      if (typeof number === 'number') byNumber.set(number, record);
      for (const key of keysOf(record.register)) if (!byKey.has(key)) byKey.set(key, record);
    }
    return { byNumber, byKey };
  }

  /** What a query may not show yet, because another server wrote it just now: `/change` is never late. */
  async function recentRecords(): Promise<RegistryRecord[]> {
    const newest = await registry.query({ sort: [{ last_updated: 'desc' }], size: 1 }, { signal });
    const time = Date.parse(newest.hits.hits[0]?._source.last_updated ?? '');
    const since = Number.isNaN(time) ? undefined : `${new Date(time - lateMs).toISOString().slice(0, 19)}Z`;
    return listOf(registry.changes({ since, signal }));
  }

  async function found(query: JsonObject): Promise<RegistryRecord[]> {
    return listOf(registry.search({ query, sort: [{ last_updated: 'asc' }] }, { signal }));
  }

  async function byNumber(repositories: readonly MappedRepository[]) {
    const numbers = repositories.map(({ id }) => id);
    return indexOf(await found({ terms: { [`admin.${name}.${idField}`]: numbers } })).byNumber;
  }

  /** Every record on one of the hosts: a host is written in few ways, an address in many. */
  async function byHomePage(repositories: readonly MappedRepository[]) {
    const hosts = new Set(repositories.flatMap(({ register }) => hostsOf(register)));
    if (hosts.size === 0) return indexOf([]).byKey;
    const should = [...hosts].map((host) => ({ match_phrase: { [homePage]: host } }));
    return indexOf(await found({ bool: { filter: [{ bool: { should } }] } })).byKey;
  }

  return {
    async find(repositories) {
      const known = await byNumber(repositories);
      const numbered = ({ id }: MappedRepository) => recent.byNumber.get(id) ?? known.get(id) ?? null;
      const others = findByUrl ? repositories.filter((one) => numbered(one) === null) : [];
      const pages = await byHomePage(others);
      const paged = ({ register }: MappedRepository) =>
        keysOf(register)
          .map((key) => recent.byKey.get(key) ?? pages.get(key))
          .find((record) => record !== undefined) ?? null;
      return repositories.map((one) => {
        const byNumber = numbered(one);
        return { byNumber, byHomePage: findByUrl && byNumber === null ? paged(one) : null };
      });
    },
  };
}

async function listOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** The hosts of its home pages, as they may stand in a record: in letters of their own, or in ASCII. */
function hostsOf(register: JsonObject): string[] {
  return homePagesOf(register).flatMap((url) => {
    const host = URL.parse(url)?.hostname.replace(/^www\.(?=[^.]+\.)/, '') ?? '';
    const written = /^https?:\/\/(?:[^/?#]*@)?([^/?#:]*)/i.exec(url)?.[1] ?? '';
    return [host, domainToUnicode(host), written.replace(/^www\.(?=[^.]+\.)/i, '')].filter(
      (one) => one !== '',
    );
  });
}
