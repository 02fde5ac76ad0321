import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Sql, together } from '../../platform/database/index.ts';
import { type Account, type App, badInput, preferredType, problem, Type } from '../../platform/http/index.ts';
import { jsonLd } from '../feeds/json-ld.ts';
import { isTagForm } from '../model/languages.ts';
import { inLanguage } from '../model/overlay.ts';
import { isRecordId } from '../model/record.ts';
import { recordEtag } from '../records/etag.ts';
import { listVersions, recordsExist } from '../records/records.store.ts';
import type { RegistryService, WriteOutcome } from '../service.ts';
import {
  AnyObject,
  Created,
  noSuchRecord,
  RecordBody,
  RecordParams,
  readRange,
  recordWriteDescription,
  Since,
  Success,
  Until,
} from './shapes.ts';

export interface RecordRoutes {
  sql: Sql;
  service: RegistryService;
  /** Where callers reach this server, without a slash at the end. */
  baseUrl(request: FastifyRequest): string;
}

const tags = ['Registry'];

/** The account of a route that needs a right; `judgeCallers` has refused everybody else. */
export function callerOf(request: FastifyRequest): Account {
  if (request.account === null) throw problem(401, 'A key is needed here.');
  return request.account;
}

/** `onRequest` of routes below a record: who may not write has been refused before, who may learns that there is none. */
export function recordMustExist(sql: Sql) {
  const exists = together((ids: string[]) => recordsExist(sql, ids));
  return async (request: FastifyRequest): Promise<void> => {
    const { id } = request.params as { id: string };
    if (!isRecordId(id) || !(await exists(id))) throw noSuchRecord();
  };
}

/** Routes of records: read, create, merge, replace, delete, own admin data, history (contract, registry.md §3 and §4). */
export function addRecordRoutes(app: App, { sql, service, baseUrl }: RecordRoutes): void {
  const mustExist = recordMustExist(sql);

  app.post(
    '/record',
    {
      config: { right: 'registry' },
      schema: {
        tags,
        summary: 'Create a record',
        description: recordWriteDescription,
        response: { 201: Created },
      },
    },
    async (request, reply) => {
      const written = accepted(await service.create(callerOf(request), request.body));
      const { id } = written.stored.record;
      const location = `${baseUrl(request)}/record/${id}`;
      reply.code(201).header('location', location).header('etag', recordEtag(written.stored));
      return { success: 'true' as const, id, location };
    },
  );

  app.get(
    '/record/:id',
    {
      schema: {
        tags,
        summary: 'A record, tombstones included',
        params: RecordParams,
        querystring: Type.Object({
          lang: Type.Optional(
            Type.String({ description: 'BCP 47: this language laid over the default one, field by field' }),
          ),
        }),
        response: { 200: RecordBody },
      },
    },
    async (request, reply) => {
      const { lang } = request.query;
      const id = request.params.id.replace(/\.jsonld$/, '');
      const stored = isRecordId(id) ? await service.read(id) : null;
      if (stored === null) throw noSuchRecord();
      signpost(reply, baseUrl(request), id);
      if (id !== request.params.id || prefersJsonLd(request.headers.accept)) {
        const body = jsonLd(stored.record, baseUrl(request));
        return sendRecord(request, reply, body, recordEtag(stored, 'ld'), 'application/ld+json') as never;
      }
      if (lang === undefined) return sendRecord(request, reply, stored.record, recordEtag(stored)) as never;
      if (!isTagForm(lang)) throw badInput([{ path: 'lang', message: 'must be a language tag (BCP 47)' }]);
      const { record, language } = inLanguage(stored.record, lang);
      if (language !== null) reply.header('content-language', language);
      return sendRecord(request, reply, record, recordEtag(stored, language ?? 'default')) as never;
    },
  );

  const writes = {
    merge: {
      method: 'POST',
      summary: 'Merge: each root field of the register given replaces the field of that name',
    },
    replace: { method: 'PUT', summary: 'Replace the register as a whole' },
  } as const;
  for (const kind of ['merge', 'replace'] as const) {
    app.route({
      method: writes[kind].method,
      url: '/record/:id',
      config: { right: 'registry' },
      onRequest: mustExist,
      schema: {
        tags,
        summary: writes[kind].summary,
        description: `${recordWriteDescription} \`If-Match\` with an old ETag: 412. On a tombstone: revives it.`,
        params: RecordParams,
        response: { 200: Success },
      },
      handler: async (request, reply) => {
        const { id } = request.params as { id: string };
        const outcome = await service[kind](callerOf(request), id, request.body, request.headers['if-match']);
        return succeeded(reply, outcome);
      },
    });
  }

  app.delete(
    '/record/:id',
    {
      config: { right: 'registry' },
      onRequest: mustExist,
      schema: {
        tags,
        summary: 'Delete: a tombstone stays, and so do admin data, statistics and history',
        params: RecordParams,
        response: { 200: Success },
      },
    },
    async (request, reply) => {
      const outcome = await service.delete(callerOf(request), request.params.id, request.headers['if-match']);
      return succeeded(reply, outcome);
    },
  );

  app.put(
    '/record/:id/admin',
    {
      config: { right: 'admin' },
      onRequest: mustExist,
      schema: {
        tags,
        summary: 'Replace own admin data as a whole; `{}` takes it away',
        params: RecordParams,
        response: { 200: Success },
      },
    },
    async (request, reply) => {
      const ifMatch = request.headers['if-match'];
      return succeeded(
        reply,
        await service.putAdmin(callerOf(request), request.params.id, request.body, ifMatch),
      );
    },
  );

  app.get(
    '/record/:id/history',
    {
      onRequest: mustExist,
      schema: {
        tags,
        summary: 'The versions a record had before, newest first',
        params: RecordParams,
        querystring: Type.Object({ since: Type.Optional(Since), until: Type.Optional(Until) }),
        response: { 200: Type.Array(AnyObject) },
      },
    },
    async (request, reply) => {
      const { since, until, faults } = readRange(request.query);
      if (faults.length > 0) throw badInput(faults);
      const versions = await listVersions(sql, request.params.id, since, until);
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(versions) as never);
    },
  );
}

function sendRecord(
  request: FastifyRequest,
  reply: FastifyReply,
  record: object,
  etag: string,
  type = 'application/json',
): FastifyReply {
  reply.header('etag', etag).header('cache-control', 'no-cache');
  const given = request.headers['if-none-match'];
  const bare = (tag: string) => tag.trim().replace(/^W\//, '');
  const has = given?.trim() === '*' || given?.split(',').some((tag) => bare(tag) === bare(etag));
  if (has) return reply.code(304).send();
  return reply.type(`${type}; charset=utf-8`).send(JSON.stringify(record));
}

/** Signposting: what this is about, what kind of thing it is, where else it is described. */
function signpost(reply: FastifyReply, base: string, id: string): void {
  reply
    .header('vary', 'Accept')
    .header(
      'link',
      [
        `<info:oarr:${id}>; rel="cite-as"`,
        '<https://schema.org/DataCatalog>; rel="type"',
        `<${base}/record/${id}>; rel="describedby"; type="application/json"`,
        `<${base}/record/${id}.jsonld>; rel="describedby"; type="application/ld+json"`,
      ].join(', '),
    );
}

const prefersJsonLd = (accept: string | undefined): boolean =>
  preferredType(accept, ['application/json', 'application/ld+json']) === 'application/ld+json';

function succeeded(reply: FastifyReply, outcome: WriteOutcome): { success: 'true' } {
  reply.header('etag', recordEtag(accepted(outcome).stored));
  return { success: 'true' };
}

/** What was written; anything else is thrown as the problem it is. */
export function accepted(outcome: WriteOutcome) {
  switch (outcome.kind) {
    case 'written':
      return outcome;
    case 'faulty':
      throw badInput(outcome.faults);
    case 'forbidden':
      throw problem(403, outcome.detail);
    case 'unknown':
      throw noSuchRecord();
    case 'stale':
      throw problem(412, 'The record has changed since this ETag.');
  }
}
