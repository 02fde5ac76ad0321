import { locationOf } from '../location.ts';
import { membersOf } from '../members.ts';
import type { SearchRecord } from '../read-model.ts';
import {
  createDigester,
  type Digest,
  type DigestEnd,
  type Digester,
  digest,
  endOf,
  handOver,
} from './digest.ts';

/** Lists of which `nested` questions are usual: their members are read at once, which is cheaper than later. */
const usualLists = ['register.api'];

/** Some records, read as far as that needs no other records. Can be sent to another thread. */
export interface RecordBatch {
  digest: Digest;
  /** Their JSON (UTF-8), one after the other, and where each of them ends. */
  json: Uint8Array<ArrayBuffer>;
  ends: Int32Array<ArrayBuffer>;
  /** Degrees of each, NaN without a location. */
  lat: Float64Array<ArrayBuffer>;
  lon: Float64Array<ArrayBuffer>;
  lists: { path: string; digest: Digest /** How many members each record has. */; counts: Int32Array }[];
}

/** What is known when all records were read. */
export interface RecordsEnd {
  records: DigestEnd;
  lists: { path: string; members: DigestEnd }[];
}

interface ListReader {
  path: string;
  digester: Digester;
  counts: number[];
}

export interface RecordReader {
  digester: Digester;
  lat: number[];
  lon: number[];
  lists: ListReader[];
}

/** Reads records for a model that is built elsewhere: see `build.ts`. */
export function createRecordReader(): RecordReader {
  const lists = usualLists.map((path) => ({ path, counts: [], digester: createDigester() }));
  return { digester: createDigester(), lat: [], lon: [], lists };
}

export function readRecord(reader: RecordReader, record: SearchRecord): void {
  digest(reader.digester, record);
  const point = locationOf(record);
  reader.lat.push(point?.lat ?? Number.NaN);
  reader.lon.push(point?.lon ?? Number.NaN);
  for (const list of reader.lists) {
    const members = membersOf(record, list.path);
    list.counts.push(members.length);
    for (const member of members) digest(list.digester, member);
  }
}

/**
 * The records read since this was called last.
 * @param given their JSON, in an array of its own: it moves to the other thread
 */
export function takeBatch(reader: RecordReader, given: Pick<RecordBatch, 'json' | 'ends'>): RecordBatch {
  const batch = {
    digest: handOver(reader.digester),
    ...given,
    lat: Float64Array.from(reader.lat),
    lon: Float64Array.from(reader.lon),
    lists: reader.lists.map(({ path, digester, counts }) => ({
      path,
      digest: handOver(digester),
      counts: Int32Array.from(counts),
    })),
  };
  reader.lat = [];
  reader.lon = [];
  for (const list of reader.lists) list.counts = [];
  return batch;
}

/** The ids of a batch in its order: they are the values that are new in their field, since no two records share one. */
export const idsOf = ({ digest }: RecordBatch): string[] =>
  (digest.fields.find(({ path }) => path === 'id')?.values ?? []).map(String);

/** The last to be told; the reader is of no use any more. */
export const endOfRecords = (reader: RecordReader): RecordsEnd => ({
  records: endOf(reader.digester),
  lists: reader.lists.map(({ path, digester }) => ({ path, members: endOf(digester) })),
});

/** Memory of a batch that moves to another thread instead of being copied. */
export const memoryOf = ({ digest, json, ends, lat, lon, lists }: RecordBatch): ArrayBuffer[] => [
  ...lists.map((list) => list.digest.data.buffer),
  ...[digest.data, json, ends, lat, lon].map(({ buffer }) => buffer),
];
