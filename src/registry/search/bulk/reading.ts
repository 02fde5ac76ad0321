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

/** Documents with their JSON (UTF-8), one after the other. */
interface Documents {
  digest: Digest;
  json: Uint8Array<ArrayBuffer>;
  /** Where each of them ends in it. */
  ends: Int32Array<ArrayBuffer>;
}

/** Some records, read as far as that needs no other records. Can be sent to another thread. */
export interface RecordBatch extends Documents {
  ids: string[];
  /** Degrees of each, NaN without a location. */
  lat: Float64Array<ArrayBuffer>;
  lon: Float64Array<ArrayBuffer>;
  lists: (Documents & { path: string /** How many members each record has. */; counts: Int32Array })[];
}

/** What is known when all records were read. */
export interface RecordsEnd {
  records: DigestEnd;
  lists: { path: string; members: DigestEnd }[];
}

interface DocumentReader {
  digester: Digester;
  json: Uint8Array[];
}

interface ListReader extends DocumentReader {
  path: string;
  counts: number[];
}

export interface RecordReader extends DocumentReader {
  ids: string[];
  lat: number[];
  lon: number[];
  lists: ListReader[];
}

/** Reads records for a model that is built elsewhere: see `build.ts`. */
export function createRecordReader(): RecordReader {
  const lists = usualLists.map((path) => ({ path, counts: [], digester: createDigester(), json: [] }));
  return { digester: createDigester(), json: [], ids: [], lat: [], lon: [], lists };
}

/** @param json of the same record; is kept until the batch is handed over */
export function readRecord(reader: RecordReader, record: SearchRecord, json: Uint8Array): void {
  digest(reader.digester, record);
  reader.json.push(json);
  reader.ids.push(record.id);
  const point = locationOf(record);
  reader.lat.push(point?.lat ?? Number.NaN);
  reader.lon.push(point?.lon ?? Number.NaN);
  for (const list of reader.lists) {
    const members = membersOf(record, list.path);
    list.counts.push(members.length);
    for (const member of members) {
      digest(list.digester, member);
      list.json.push(utf8.encode(JSON.stringify(member)));
    }
  }
}

const utf8 = new TextEncoder();

/** The records read since this was called last. */
export function takeBatch(reader: RecordReader): RecordBatch {
  const batch = {
    ...documentsOf(reader),
    ids: reader.ids,
    lat: Float64Array.from(reader.lat),
    lon: Float64Array.from(reader.lon),
    lists: reader.lists.map((list) => ({
      ...documentsOf(list),
      path: list.path,
      counts: Int32Array.from(list.counts),
    })),
  };
  reader.ids = [];
  reader.lat = [];
  reader.lon = [];
  for (const list of reader.lists) list.counts = [];
  return batch;
}

function documentsOf(reader: DocumentReader): Documents {
  const ends = new Int32Array(reader.json.length);
  let end = 0;
  for (const [at, part] of reader.json.entries()) {
    end += part.length;
    ends[at] = end;
  }
  const json = new Uint8Array(end);
  for (const [at, part] of reader.json.entries()) json.set(part, (ends[at] ?? 0) - part.length);
  reader.json = [];
  return { digest: handOver(reader.digester), json, ends };
}

/** The last to be told; the reader is of no use any more. */
export const endOfRecords = (reader: RecordReader): RecordsEnd => ({
  records: endOf(reader.digester),
  lists: reader.lists.map(({ path, digester }) => ({ path, members: endOf(digester) })),
});

/** Memory of a batch that moves to another thread instead of being copied. */
export const memoryOf = (batch: RecordBatch): ArrayBuffer[] =>
  [batch, ...batch.lists]
    .flatMap(({ digest, json, ends }) => [digest.data.buffer, json.buffer, ends.buffer])
    .concat([batch.lat.buffer, batch.lon.buffer]);
