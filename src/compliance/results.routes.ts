import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import type { Sql } from '../platform/database/index.ts';
import { type App, isoSeconds, problem, Type } from '../platform/http/index.ts';
import { type Job, loadJob, nextRetryOf } from './jobs/jobs.store.ts';
import { readOriginal } from './jobs/originals.store.ts';
import { countsOf, messageOf } from './jobs/progress.ts';
import { recordView } from './jobs/record-view.ts';
import { readIgnored, readRecords } from './jobs/records.store.ts';
import type { Upload } from './record.ts';
import { attachment, resultName } from './results/content-disposition.ts';
import { csvOf, jsonOf, xlsxOf } from './results/downloads.ts';
import { noSuchJob } from './routes.ts';
import { JobParams, RecordShape, RecordsShape } from './schema.ts';

const tags = ['Compliance'];

const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
} as const;

/** Results of lists: records, and whole tables to download, at any time (specification §1.3). */
export function addResultRoutes(app: App, { sql }: { sql: Sql }): void {
  app.get(
    '/api/compliancejob/:id/records',
    {
      schema: {
        tags,
        summary: 'Records of a list, in its order, as far as they are known now',
        params: JobParams,
        querystring: Type.Object({
          from: Type.Optional(Type.Integer({ minimum: 0, default: 0 })),
          size: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000, default: 1_000 })),
        }),
        response: { 200: RecordsShape },
      },
    },
    async (request, reply) => {
      const job = await jobOf(request.params.id);
      const { from = 0, size = 1_000 } = request.query;
      const stored = size === 0 ? [] : await readRecords(sql, job.id, { after: 0, offset: from, size });
      // Serialised by us: a record has fields that no schema knows.
      const body = { total: job.record_count, from, size, records: stored.map(recordView) };
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(body) as never);
    },
  );

  app.get(
    '/api/compliancejob/:id/records/:pos',
    {
      schema: {
        tags,
        summary: 'The record of one row of a list',
        params: Type.Object({ ...JobParams.properties, pos: Type.String({ pattern: '^[0-9]{1,9}$' }) }),
        response: { 200: RecordShape },
      },
    },
    async (request, reply) => {
      const job = await jobOf(request.params.id);
      const pos = Number(request.params.pos);
      const [record] = await readRecords(sql, job.id, { after: pos - 1, size: 1 });
      if (record?.pos !== pos) throw problem(404, await whyNot(sql, job, pos));
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(recordView(record)) as never);
    },
  );

  app.get(
    '/download_progress/:id',
    {
      schema: {
        tags,
        summary: 'The list with what is known of each article by now, as CSV, XLSX or JSON',
        produces: Object.values(mediaTypes),
        params: JobParams,
        querystring: Type.Object({
          format: Type.Optional(
            Type.Union([Type.Literal('csv'), Type.Literal('xlsx'), Type.Literal('json')], { default: 'csv' }),
          ),
          bom: Type.Optional(Type.Union([Type.Literal('0'), Type.Literal('1')], { default: '0' })),
        }),
      },
    },
    async (request, reply) => {
      const job = await jobOf(request.params.id);
      const { format = 'csv', bom = '0' } = request.query;
      const message = messageOf(job, job.unavailable_count > 0 ? await nextRetryOf(sql, job.id) : null);
      reply
        .type(mediaTypes[format])
        .header('cache-control', 'no-store')
        .header('content-disposition', attachment(resultName(job.filename, format)));
      if (isHead(request)) return reply.send(Readable.from([]));
      if (format === 'xlsx') return reply.send(xlsxOf(sql, job, message));
      if (format === 'json') return reply.send(jsonOf(sql, job, uploadOf(job, message)));
      return reply.send(csvOf(sql, job, { bom: bom === '1' }));
    },
  );

  app.get(
    '/download_original/:id',
    { schema: { tags, summary: 'Exactly the bytes that were handed in', params: JobParams } },
    async (request, reply) => {
      const job = await jobOf(request.params.id);
      reply
        .type(job.media_type)
        .header('cache-control', 'no-store')
        // It came from anybody: no browser is to show it, whatever it says it is.
        .header('content-security-policy', "sandbox; default-src 'none'")
        .header('content-disposition', attachment(job.filename));
      if (isHead(request)) return reply.send(Readable.from([]));
      return reply.send(Readable.from(readOriginal(sql, job.id)));
    },
  );

  async function jobOf(id: string): Promise<Job> {
    const job = await loadJob(sql, id);
    if (job === null) throw noSuchJob();
    return job;
  }
}

const isHead = ({ method }: FastifyRequest): boolean => method === 'HEAD';

/** The upload as its readers see it: whose address it was is not among it. */
function uploadOf(job: Job, message: string): Upload {
  return {
    id: job.id,
    created_date: isoSeconds(job.created_date),
    filename: job.filename,
    contact: {},
    status: { code: job.status, message },
  };
}

async function whyNot(sql: Sql, job: Job, pos: number): Promise<string> {
  const [ignored] = await readIgnored(sql, job.id, { after: pos - 1, size: 1 });
  if (ignored?.pos === pos) return `Row ${pos} was ignored: ${ignored.reason}.`;
  if (job.status === 'submitted') return 'The list is still being read.';
  return `The list has no row ${pos}; it has ${countsOf(job).rows}.`;
}
