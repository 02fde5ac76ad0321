import type { FastifyRequest } from 'fastify';
import {
  type App,
  badInput,
  isoSeconds,
  mediaType,
  problem,
  Type,
  uploadOf,
} from '../../platform/http/index.ts';
import type { Difference } from '../suggestions/differences.ts';
import { createHourlyLimit } from '../suggestions/hourly-limit.ts';
import { readForm, readSuggestion } from '../suggestions/read-suggestion.ts';
import type { Suggestion } from '../suggestions/suggestions.store.ts';
import type { Decided, Suggestions } from '../suggestions/suggestions.ts';
import { callerOf } from './records.ts';
import { AnyObject, Created, noSuchRecord, Success } from './shapes.ts';

export interface SuggestionRoutes {
  suggestions: Suggestions;
  now(): number;
  baseUrl(request: FastifyRequest): string;
}

const tags = ['Suggestions'];
const form = 'application/x-www-form-urlencoded';

const Suggested = Type.Object({
  success: Type.Literal('true'),
  id: Type.String(),
  location: Type.String(),
  status: Type.String(),
  duplicate_of: Type.Array(Type.String(), { description: 'Ids of records at the same address' }),
});

const Params = Type.Object({ id: Type.String() });

/** Suggestions and their review (registry.md §9). */
export function addSuggestionRoutes(app: App, { suggestions, now, baseUrl }: SuggestionRoutes): void {
  const secondsToWait = createHourlyLimit(60, now);

  app.post(
    '/suggest',
    {
      config: { upload: ['application/json', form], uploadLimit: 1024 * 1024 },
      schema: {
        tags,
        summary: 'Suggest a repository, or a correction of a record',
        description:
          'Body: `{"url"}`, `{"register"}` or `{"about":<record id>,"register"}`, each with `contact`, `comment`, `source`; or a ' +
          'form. No key is needed; 60 an hour from one address. Waits for review; the same address again gives the older id.',
        response: { 200: Suggested, 201: Suggested, 204: Type.Null() },
      },
    },
    async (request, reply) => {
      // Other sites show the form, too (`/suggest.js`); it carries no key, so anybody may read the answer.
      reply.header('access-control-allow-origin', '*');
      const wait = request.account === null ? secondsToWait(request.ip) : 0;
      if (wait > 0) {
        throw problem(429, `Too many suggestions from this address; try again in ${wait} s.`, {
          headers: { 'retry-after': String(wait) },
        });
      }
      const read =
        mediaType(request) === form ? readForm(await textOf(request)) : readSuggestion(request.body);
      if (read.kind === 'faulty') throw badInput(read.faults);
      if (read.kind === 'robot') return reply.code(204).send(null);
      const added = await suggestions.add(read.suggestion);
      if (added === null) throw noSuchRecord();
      const { id, status, duplicate_of } = added.suggestion;
      const path = `/suggest/${id}`;
      reply.code(added.isNew ? 201 : 200).header('location', path);
      return { success: 'true' as const, id, location: baseUrl(request) + path, status, duplicate_of };
    },
  );

  app.get(
    '/suggest',
    {
      config: { right: 'registry' },
      schema: {
        tags,
        summary: 'Suggestions for review, oldest first, with what they would change',
        querystring: Type.Object({
          status: Type.Optional(
            Type.Union([Type.Literal('pending'), Type.Literal('accepted'), Type.Literal('rejected')]),
          ),
          from: Type.Optional(Type.Integer({ minimum: 0, default: 0 })),
          size: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000, default: 10 })),
        }),
        response: { 200: Type.Object({ total: Type.Integer(), suggestions: Type.Array(AnyObject) }) },
      },
    },
    async (request, reply) => {
      const { status = null, from = 0, size = 10 } = request.query;
      const { total, listed } = await suggestions.list(status, from, size);
      const body = { total, suggestions: listed.map((one) => forReview(one.suggestion, one.differences)) };
      reply.header('cache-control', 'no-store').type('application/json; charset=utf-8');
      return reply.send(JSON.stringify(body) as never);
    },
  );

  app.get(
    '/suggest/:id',
    {
      schema: { tags, summary: 'What became of a suggestion', params: Params, response: { 200: AnyObject } },
    },
    async (request) => {
      const found = await suggestions.find(request.params.id);
      if (found === null) throw noSuchSuggestion();
      return JSON.parse(JSON.stringify(forEverybody(found)));
    },
  );

  app.post(
    '/suggest/:id/accept',
    {
      config: { right: 'registry' },
      schema: {
        tags,
        summary: 'Accept a suggestion: it becomes a record, or part of the record it is about',
        description:
          'Body (optional): `{"register"}`, an edited version; `{"about"}`, the record to merge it into.',
        params: Params,
        response: { 201: Created },
      },
    },
    async (request, reply) => {
      const decided = await suggestions.accept(
        request.params.id,
        callerOf(request),
        request.body,
        baseUrl(request),
      );
      const { recordId: id } = done(decided, 'accepted');
      const location = `${baseUrl(request)}/record/${id}`;
      reply.code(201).header('location', location);
      return { success: 'true' as const, id, location };
    },
  );

  app.post(
    '/suggest/:id/reject',
    {
      config: { right: 'registry' },
      schema: {
        tags,
        summary: 'Reject a suggestion, with a reason',
        params: Params,
        body: Type.Object(
          { reason: Type.String({ minLength: 1, maxLength: 10_000, pattern: '\\S' }) },
          { additionalProperties: false },
        ),
        response: { 200: Success },
      },
    },
    async (request) => {
      const { reason } = request.body;
      done(
        await suggestions.reject(request.params.id, callerOf(request), reason, baseUrl(request)),
        'rejected',
      );
      return { success: 'true' as const };
    },
  );
}

function done<K extends Decided['kind']>(decided: Decided, kind: K): Extract<Decided, { kind: K }> {
  if (isKind(decided, kind)) return decided;
  if (decided.kind === 'faulty') throw badInput(decided.faults);
  if (decided.kind === 'unknown record') throw problem(404, 'The record to merge into does not exist.');
  if (decided.kind === 'decided before')
    throw problem(409, `The suggestion has been ${decided.status} before.`);
  throw noSuchSuggestion();
}

function isKind<K extends Decided['kind']>(
  decided: Decided,
  kind: K,
): decided is Extract<Decided, { kind: K }> {
  return decided.kind === kind;
}

const noSuchSuggestion = () => problem(404, 'There is no suggestion with this id.');

function forEverybody(suggestion: Suggestion) {
  const {
    id,
    status,
    submitted,
    about,
    register,
    duplicate_of,
    detected,
    record_id: record,
    reason,
  } = suggestion;
  return {
    id,
    status,
    submitted: isoSeconds(submitted),
    ...(about !== null && { about }),
    register,
    duplicate_of,
    detected,
    ...(record !== null && { record }),
    ...(reason !== null && { reason }),
  };
}

function forReview(suggestion: Suggestion, differences: Difference[]) {
  const { contact, comment, source, decided_by: decidedBy, decided } = suggestion;
  return {
    ...forEverybody(suggestion),
    contact,
    comment,
    source,
    differences,
    ...(decided !== null && { decided_by: decidedBy, decided: isoSeconds(decided) }),
  };
}

async function textOf(request: FastifyRequest): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of uploadOf(request)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
