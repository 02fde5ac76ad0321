import type { FastifyReply, FastifyRequest } from 'fastify';
import { type App, badInput, sendWithEtag, Type } from '../../platform/http/index.ts';
import { parseQuery, query, type ReadModel, type SearchInput } from '../search/index.ts';
import { Envelope } from './changes.ts';

const tags = ['Registry'];

const description =
  'Free text (`q`) or an Elasticsearch query object (`source`, `es` or the body) in the style of 0.90 or of today, with facets or ' +
  'aggregations, sort, paging and highlighting. An unsupported clause is a 400 that names it.';

const Parameters = Type.Object({
  q: Type.Optional(Type.String({ description: 'Words, all of them; "phrases"; a trailing *' })),
  es: Type.Optional(Type.String({ description: 'The same as `source`' })),
  source: Type.Optional(Type.String({ description: 'A query object as JSON; wins over `q`' })),
  fields: Type.Optional(Type.String({ description: 'Top-level names of records, comma-separated' })),
  from: Type.Optional(Type.String({ description: '0 to 100000' })),
  size: Type.Optional(Type.String({ description: '0 to 10000, default 10' })),
});

/** `/query`: answered from the read model, which holds every write this server has answered (registry.md §5). */
export function addQueryRoutes(app: App, { model, now }: { model: ReadModel; now(): number }): void {
  function answer(request: FastifyRequest, reply: FastifyReply, input: SearchInput): FastifyReply {
    const parsed = parseQuery(input, now());
    if (!parsed.ok) throw badInput(parsed.errors);
    const found = query(model, parsed.query);
    if (!found.ok) throw badInput(found.errors);
    const { took, ...rest } = found.envelope;
    const content = JSON.stringify(rest);
    const body = `{"took":${took},${content.slice(1)}`;
    reply.type('application/json; charset=utf-8');
    // How long it took is no part of what was found.
    return request.method === 'GET'
      ? sendWithEtag(request, reply, body, { etagOf: content })
      : reply.send(body);
  }

  app.get(
    '/query',
    {
      schema: {
        tags,
        summary: 'Search the register',
        description,
        querystring: Parameters,
        response: { 200: Envelope },
      },
    },
    async (request, reply) => answer(request, reply, request.query) as never,
  );

  app.post(
    '/query',
    {
      config: { reads: true },
      schema: {
        tags,
        summary: 'Search the register',
        description,
        querystring: Parameters,
        response: { 200: Envelope },
      },
    },
    async (request, reply) =>
      answer(request, reply, {
        ...request.query,
        ...(request.body !== undefined && { source: request.body }),
      }) as never,
  );
}
