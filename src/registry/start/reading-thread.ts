import { flushCompileCache } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { errorCode, openDatabase } from '../../platform/database/index.ts';
import { createLog } from '../../platform/log/index.ts';
import { createCatalogueReader } from '../catalogue-batch.ts';
import type { RegistryRecord } from '../model/record.ts';
import { type RecordPack, recordPack } from '../records/records.store.ts';
import { createRecordReader, endOfRecords, memoryOf, readRecord, takeBatch } from '../search/index.ts';
import type { ReadingData, ReadingMessage } from './messages.ts';

// Fetches, parses and numbers the records of the register, while the server's own thread builds its model of them.

/** About a megabyte of JSON: enough for the driver, and little enough that the objects of one are forgotten while they are young. */
const recordsAtOnce = 500;
/** Batches under way: more would only fill the memory when the other thread is slower. */
const mostAhead = 4;

const programLimitExceeded = '54000';

const { databaseUrl, dataDir, logLevel, until } = workerData as ReadingData;
const port = parentPort;
if (port === null) throw new Error('this is a thread of the server');

const tell = (message: ReadingMessage, moved: ArrayBuffer[] = []) => port.postMessage(message, moved);

let ahead = 0;
let onTaken = () => {};
port.on('message', () => {
  ahead--;
  onTaken();
});

const taken = () =>
  new Promise<void>((resolve) => {
    onTaken = resolve;
  });

const database = await openDatabase({
  databaseUrl,
  dataDir,
  log: createLog({ level: logLevel }),
  max: 1,
  applicationName: 'almanac register',
  migrate: false,
});
const reader = createRecordReader();
const catalogue = createCatalogueReader();

function hand({ seqs, json, ends }: RecordPack): void {
  let from = 0;
  // One after the other, so that each is forgotten before the next: what lives longer costs most to collect.
  for (const [at, end] of ends.entries()) {
    const record = JSON.parse(json.toString('utf8', from, end)) as RegistryRecord;
    readRecord(reader, record);
    catalogue.read({ record, seq: seqs[at] ?? 0 });
    from = end;
  }
  const records = takeBatch(reader, { json: new Uint8Array(json), ends });
  tell({ kind: 'batch', records, catalogue: catalogue.takeBatch() }, memoryOf(records));
}

/** Fewer records, when they are more than the database puts into one piece. */
async function packAfter(after: number, limit = recordsAtOnce): Promise<RecordPack | null> {
  try {
    return await recordPack(database.sql, { after, until }, limit);
  } catch (error) {
    if (limit === 1 || errorCode(error) !== programLimitExceeded) throw error;
    return packAfter(after, Math.ceil(limit / 10));
  }
}

let next = packAfter(0);
for (;;) {
  const pack = await next;
  if (pack === null) break;
  // The database works on the next records while these are read; its failure is met above.
  next = packAfter(pack.seqs.at(-1) ?? until);
  next.catch(() => {});
  // The question leaves the pool at one turn of this thread, and goes to the socket at the next: without them the database
  // would be idle while these are read, a quarter of the time in all.
  await setImmediate();
  await setImmediate();
  hand(pack);
  ahead++;
  while (ahead > mostAhead) await taken();
}
tell({ kind: 'end', end: endOfRecords(reader) });
// What was compiled is kept for the next start.
flushCompileCache();
await database.close();
port.close();
