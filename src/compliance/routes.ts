import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type App, mediaType, problem, Type, uploadOf } from '../platform/http/index.ts';
import { type Accepted, type AcceptParts, acceptForm, acceptJson } from './accepting/accept.ts';
import type { Engine } from './jobs/engine.ts';
import { countEarlierOpen, type Job, loadJob, nextRetryOf } from './jobs/jobs.store.ts';
import { type Progress, progressOf } from './jobs/progress.ts';
import { hurryParked } from './jobs/records.store.ts';
import { JobParams, jobBody, ProgressShape } from './schema.ts';
import { callsOf } from './webhook/calls.ts';

export interface JobRoutes extends AcceptParts {
  engine: Engine;
  baseUrl(request: FastifyRequest): string;
}

const tags = ['Compliance'];
/** A short list is read before the answer goes out, so that the answer can say what came of it. */
const readingPatienceMs = 1_000;
const jobsPerMinute = 120;

/** Handing in lists, and how far they are (specification §1). */
export function addJobRoutes(app: App, parts: JobRoutes): void {
  const { sql, engine, baseUrl, now } = parts;

  async function progress(request: FastifyRequest, job: Job): Promise<Progress> {
    return progressOf(job, {
      baseUrl: baseUrl(request),
      earlier: job.status === 'submitted' ? await countEarlierOpen(sql, job.no) : 0,
      nextRetry: job.unavailable_count > 0 ? await nextRetryOf(sql, job.id) : null,
      webhook: job.webhook_callback === null ? null : await callsOf(sql, job.id),
    });
  }

  const submit = {
    schema: {
      tags,
      summary: 'Hand in a list of articles',
      ...jobBody,
      consumes: ['application/json', 'multipart/form-data'],
      response: { 200: ProgressShape },
    },
    config: {
      upload: ['application/json', 'multipart/form-data'],
      keepsBytes: true,
      perMinute: jobsPerMinute,
    },
  };
  const onSubmit = async (request: FastifyRequest, reply: FastifyReply) => {
    const { id, bytes } = await accept(parts, request);
    const reading = engine.read(id, bytes);
    await Promise.race([reading, delay(readingPatienceMs)]);
    const job = await jobOf(id);
    return reply.header('cache-control', 'no-store').send(await progress(request, job));
  };
  app.post('/api/compliancejob', submit, onSubmit);
  app.post('/api/compliancejob/', { ...submit, schema: { ...submit.schema, hide: true } }, onSubmit);

  app.get(
    '/api/compliancejob/progress/:id',
    { schema: { tags, summary: 'How far a list is', params: JobParams, response: { 200: ProgressShape } } },
    async (request, reply) => {
      const job = await jobOf(request.params.id);
      return reply.header('cache-control', 'no-store').send(await progress(request, job));
    },
  );

  app.post(
    '/api/compliancejob/:id/retry',
    {
      schema: {
        tags,
        summary: 'Ask the sources again, now, that did not answer for records of this list',
        body: Type.Optional(Type.Unsafe<unknown>({})),
        params: JobParams,
        response: { 200: ProgressShape },
      },
      // Nothing is read of a body, so it may be of any type: many clients send an empty form.
      config: { upload: ['*'] },
    },
    async (request, reply) => {
      const job = await jobOf(request.params.id);
      await hurryParked(sql, job.id, new Date(now()));
      engine.wake();
      return reply.header('cache-control', 'no-store').send(await progress(request, job));
    },
  );

  async function jobOf(id: string): Promise<Job> {
    const job = await loadJob(sql, id);
    if (job === null) throw noSuchJob();
    return job;
  }
}

export const noSuchJob = () => problem(404, 'There is no list with this id.');

async function accept(parts: AcceptParts, request: FastifyRequest): Promise<Accepted> {
  const type = mediaType(request);
  if (type === 'application/json')
    return acceptJson(parts, request.body, request.bodyBytes ?? new Uint8Array());
  if (type === 'multipart/form-data')
    return acceptForm(parts, uploadOf(request), request.headers['content-type'] ?? '');
  throw problem(415, 'The Content-Type must be one of: application/json, multipart/form-data.');
}
