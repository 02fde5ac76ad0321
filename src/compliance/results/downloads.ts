import { Readable } from 'node:stream';
import type { Sql } from '../../platform/database/index.ts';
import { isoSeconds } from '../../platform/http/index.ts';
import { type OutSheet, streamXlsx, writeCsv } from '../../platform/table/index.ts';
import type { Job } from '../jobs/jobs.store.ts';
import { countsOf } from '../jobs/progress.ts';
import { recordView } from '../jobs/record-view.ts';
import { readIgnored, readRecords } from '../jobs/records.store.ts';
import type { ComplianceRecord, Upload } from '../record.ts';
import { outputShape } from './output-columns.ts';

const together = 500;

/** All records of a job, in the order of the list; a few hundred in memory at a time. */
async function* recordsOf(sql: Sql, jobId: string): AsyncGenerator<ComplianceRecord> {
  for (let after = 0; ; ) {
    const stored = await readRecords(sql, jobId, { after, size: together });
    for (const record of stored) yield recordView(record);
    const last = stored.at(-1);
    if (last === undefined || stored.length < together) return;
    after = last.pos;
  }
}

async function* ignoredOf(sql: Sql, jobId: string): AsyncGenerator<{ pos: number; reason: string }> {
  for (let after = 0; ; ) {
    const ignored = await readIgnored(sql, jobId, { after, size: 10_000 });
    yield* ignored;
    const last = ignored.at(-1);
    if (last === undefined) return;
    after = last.pos;
  }
}

export function csvOf(sql: Sql, job: Job, { bom }: { bom: boolean }): Readable {
  const shape = outputShape(job.options.policies, job.extras);
  const csv = writeCsv(shape.header, rowsOf(sql, job, shape));
  if (!bom) return csv;
  return Readable.from(
    (async function* () {
      yield Buffer.from('\ufeff');
      yield* csv;
    })(),
  );
}

async function* rowsOf(sql: Sql, job: Job, shape: ReturnType<typeof outputShape>) {
  for await (const record of recordsOf(sql, job.id)) yield shape.row(record);
}

/** Three sheets: results, what there is to say of the list, and provenance line by line. */
export function xlsxOf(sql: Sql, job: Job, message: string): Readable {
  const shape = outputShape(job.options.policies, job.extras);
  const sheets: OutSheet[] = [
    { name: 'Results', columns: shape.header, rows: rowsOf(sql, job, shape) },
    { name: 'Summary', columns: ['What', 'Value'], rows: summaryOf(sql, job, message) },
    { name: 'Notes', columns: ['Position', 'When', 'By', 'Code', 'Note'], rows: notesOf(sql, job) },
  ];
  return streamXlsx(sheets);
}

async function* summaryOf(sql: Sql, job: Job, message: string): AsyncGenerator<string[]> {
  yield ['File', job.filename];
  yield ['Handed in', isoSeconds(job.created_date)];
  yield ['Status', job.status];
  if (message !== '') yield ['Message', message];
  for (const [name, count] of Object.entries(countsOf(job))) yield [name, String(count)];
  for await (const { pos, reason } of ignoredOf(sql, job.id)) yield [`ignored row ${pos}`, reason];
}

async function* notesOf(sql: Sql, job: Job): AsyncGenerator<string[]> {
  for await (const { upload, provenance } of recordsOf(sql, job.id)) {
    for (const { when, by, code, note } of provenance) yield [String(upload.pos), when, by, code, note];
  }
}

export function jsonOf(sql: Sql, job: Job, upload: Upload): Readable {
  return Readable.from(
    (async function* () {
      yield `{"upload":${JSON.stringify(upload)},"counts":${JSON.stringify(countsOf(job))},"ignored":[`;
      let separator = '';
      for await (const ignored of ignoredOf(sql, job.id)) {
        yield `${separator}${JSON.stringify(ignored)}`;
        separator = ',';
      }
      yield '],"records":[';
      separator = '';
      for await (const record of recordsOf(sql, job.id)) {
        yield `${separator}${JSON.stringify(record)}`;
        separator = ',\n';
      }
      yield ']}';
    })(),
  );
}
