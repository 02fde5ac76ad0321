import { flushCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '../../platform/database/index.ts';
import { createLog } from '../../platform/log/index.ts';
import { createCatalogueReader } from '../catalogue-batch.ts';
import type { RegistryRecord } from '../model/record.ts';
import { recordLines } from '../records/records.store.ts';
import { createRecordReader, endOfRecords, memoryOf, readRecord, takeBatch } from '../search/index.ts';
import type { ReadingData, ReadingMessage } from './messages.ts';

// Fetches, parses and numbers the records of the register, while the server's own thread builds its model of them.

/** Of one question to the database. With fewer the driver takes twice as long for each. */
const linesAtOnce = 1_000;
/** About half a megabyte of JSON: little enough that it is forgotten while it is young. */
const recordsAtOnce = 250;
/** Batches under way: more would only fill the memory when the other thread is slower. */
const mostAhead = 8;

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

async function hand(lines: readonly { seq: number; line: Buffer }[]): Promise<void> {
  // One after the other, so that each is forgotten before the next: what lives longer costs most to collect.
  for (const { seq, line } of lines) {
    const record = JSON.parse(line.toString()) as RegistryRecord;
    readRecord(reader, record, line);
    catalogue.read({ record, seq });
  }
  const records = takeBatch(reader);
  tell({ kind: 'batch', records, catalogue: catalogue.takeBatch() }, memoryOf(records));
  ahead++;
  while (ahead > mostAhead) await taken();
}

const linesAfter = (after: number) => recordLines(database.sql, { after, until }, linesAtOnce);
let next = linesAfter(0);
for (;;) {
  const lines = await next;
  if (lines.length === 0) break;
  // The database works on the next lines while these are read; its failure is met above.
  next = linesAfter(lines.at(-1)?.seq ?? until);
  next.catch(() => {});
  for (let from = 0; from < lines.length; from += recordsAtOnce) {
    await hand(lines.slice(from, from + recordsAtOnce));
  }
}
tell({ kind: 'end', end: endOfRecords(reader) });
// What was compiled is kept for the next start.
flushCompileCache();
await database.close();
port.close();
