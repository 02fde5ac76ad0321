import type { AlmanacClient, RegistryRecord } from 'almanac/client';
import { entriesOf, type JsonObject, objectOf, textOf } from '../differences/json.ts';
import { defaultMetadata } from '../records/identity.ts';
import type { RegisterState } from './register-state.server.ts';

/** A repository on the map. */
export interface Place {
  id: string;
  name: string;
  organisation: string;
  lon: number;
  lat: number;
}

export interface KnownPlaces {
  /** Places of all repositories by id, as the register was in `state` or later. */
  at(api: AlmanacClient, state: RegisterState): Promise<ReadonlyMap<string, Place>>;
}

type Located = Pick<RegistryRecord, 'id' | 'last_updated' | 'register'>;

const asked = [
  'id',
  'last_updated',
  'register.deleted',
  'register.metadata.default',
  ...['name', 'lat', 'lon'].flatMap((field) => [
    `register.metadata.record.${field}`,
    `register.organisation.details.${field}`,
  ]),
];
/** Other pages are answered between two such parts. */
const atOnce = 500;

/**
 * Knows where all repositories are. Only what changed since it was last asked is read: 10,000 records take a second in
 * which no other page is answered.
 */
export function createKnownPlaces(): KnownPlaces {
  const known = new Map<string, Place>();
  let seen: string | null = null;
  let until: string | undefined;
  let reading: Promise<void> | null = null;

  async function read(api: AlmanacClient, { text, isSettled }: RegisterState): Promise<void> {
    const records = until === undefined ? everyRecord(api) : api.registry.changes({ since: until });
    for await (const record of records) {
      known.delete(record.id);
      const place = placeOf(record);
      if (place !== null) known.set(record.id, place);
      until = record.last_updated;
    }
    if (isSettled) seen = text;
  }

  return {
    async at(api, state) {
      // One that began before the register was in this state may have missed what changed.
      await reading;
      if (seen === state.text) return known;
      reading ??= read(api, state).finally(() => {
        reading = null;
      });
      await reading;
      return known;
    },
  };
}

/** Of every record what tells its place: a fifth of the time that whole records take. */
async function* everyRecord(api: AlmanacClient): AsyncGenerator<Located> {
  for (let from = 0, more = true; more; from += atOnce) {
    const { hits } = await api.registry.query<Located>({
      query: { match_all: {} },
      sort: [{ last_updated: { order: 'asc' } }],
      _source: asked,
      from,
      size: atOnce,
    });
    for (const { _source } of hits.hits) yield _source;
    more = from + atOnce < Math.min(hits.total, mostPaged);
  }
}

/** `/query` pages to here. */
const mostPaged = 100_000;

/** Where a repository is; of a record without a place the first organisation's. Null: nowhere, or removed. */
function placeOf({ id, register }: Located): Place | null {
  const hosts = entriesOf(register, 'organisation').map((one) => objectOf(one, 'details'));
  const record = defaultMetadata(register);
  const [at] = [record, ...hosts].flatMap(coordinates);
  if (register.deleted !== undefined || at === undefined) return null;
  const organisation = hosts.map((host) => textOf(host, 'name')).find((name) => name !== null);
  return { id, name: textOf(record, 'name') ?? id, organisation: organisation ?? '', ...at };
}

function coordinates({ lat, lon }: JsonObject): { lat: number; lon: number }[] {
  return typeof lat === 'number' && typeof lon === 'number' ? [{ lat, lon }] : [];
}
