import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Sql } from 'postgres';
import { canonicalId } from '../identifiers/index.ts';
import {
  type App,
  badInput,
  decodeCursor,
  encodeCursor,
  type Fault,
  problem,
  type Static,
  Type,
} from '../platform/http/index.ts';
import { keyOf } from '../works/index.ts';
import { eventAnswer, versionAnswer } from './event-answer.ts';
import * as store from './feed.store.ts';
import { asCsv, asNdjson, asScholix, type Format, MEDIA_TYPES } from './feed-formats.ts';
import { findRelation, RELATION_NAMES, relationName } from './relations.ts';
import { findWork } from './results.store.ts';
import { listSources } from './sources.store.ts';
import { readTime } from './time.ts';
import { isUuid } from './uuid.ts';

const FACETS = ['source_id', 'relation_type_id', 'prefix', 'domain'] as const;
const DAY = 86_400_000;
const POLL_MS = 100;

const Text = (description: string) => Type.Optional(Type.String({ maxLength: 4096, description }));

const FeedQuery = Type.Object({
  work_id: Text('Either end, in any spelling'),
  subj_id: Text('Subject, in any spelling'),
  obj_id: Text('Object, in any spelling'),
  source_id: Text('Source'),
  relation_type_id: Text('Relation as it was deposited'),
  account: Text('Who deposited it'),
  from: Text('First day or time at which it occurred'),
  until: Text('Last day (inclusive) or time'),
  changed_since: Text('Changed at this time or later'),
  prefix: Text('DOI prefix of either end'),
  domain: Text("Host of either end's URL, its subdomains included"),
  facets: Text(`Comma list of: ${FACETS.join(', ')}`),
  include: Type.Optional(
    Type.Union([Type.Literal('live'), Type.Literal('deleted'), Type.Literal('all')], { default: 'all' }),
  ),
  count: Type.Optional(Type.Boolean({ description: 'Adds the exact number of all events asked for' })),
  size: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  cursor: Type.Optional(Type.String({ maxLength: 10_000, description: '`next_cursor` of the page before' })),
  format: Type.Optional(
    Type.Union([Type.Literal('json'), Type.Literal('ndjson'), Type.Literal('scholix'), Type.Literal('csv')]),
  ),
  wait: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 20, description: 'Holds an empty page for so many seconds' }),
  ),
});
type Asked = Static<typeof FeedQuery>;

const Meta = Type.Object({
  next_cursor: Type.String({ description: 'Always there: keep it to receive later adds, edits and deletes' }),
  more: Type.Boolean(),
  total: Type.Optional(Type.Integer()),
  facets: Type.Optional(
    Type.Record(Type.String(), Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() }))),
  ),
});

/** `GET /api/events[/:id]`: individual events, in the order of their last change. */
export function addFeedRoutes(app: App, { sql }: { sql: Sql }): void {
  app.get(
    '/api/events',
    {
      schema: {
        tags: ['Events'],
        summary: 'The feed: every event once, at its latest state, in order of its last change',
        description:
          'Keep `next_cursor` and ask again: adds, edits and deletes arrive in one order, none is skipped or repeated. With ' +
          '`format=ndjson` and `csv` the cursor is in the header `x-next-cursor`.',
        querystring: FeedQuery,
        response: {
          200: {
            description: 'A page',
            content: {
              'application/json': {
                schema: Type.Object({
                  meta: Meta,
                  events: Type.Array(Type.Object({}, { additionalProperties: true })),
                }),
              },
              'application/x-ndjson': { schema: Type.Unknown() },
              'text/csv': { schema: Type.Unknown() },
            },
          },
        },
      },
    },
    async (request, reply) => {
      const asked = request.query;
      const seesPrivate = request.account?.access.operator ?? false;
      const { filter, facets, position, question } = await readQuestion(asked, seesPrivate);
      const size = asked.size ?? 100;
      let after = position;
      if (filter.changedSince !== null)
        after = Math.max(after, await store.changeBefore(sql, filter.changedSince));
      const until = performance.now() + 1000 * (asked.wait ?? 0);
      let page = await readPage(filter, after, size);
      while (page.rows.length === 0 && performance.now() < until && !request.raw.destroyed) {
        await sleep(Math.min(POLL_MS, until - performance.now()));
        if ((await store.lastChange(sql)) > page.last) page = await readPage(filter, page.last, size);
      }
      const [total, counted] = await Promise.all([
        asked.count ? store.countEvents(sql, filter) : undefined,
        facets === null ? undefined : countFacets(filter, facets),
      ]);
      const meta = {
        next_cursor: encodeCursor(question, [page.last]),
        more: page.more,
        ...(total === undefined ? {} : { total }),
        ...(counted === undefined ? {} : { facets: counted }),
      };
      return send(request, reply, asked.format ?? 'json', meta, page.rows.map(eventAnswer));
    },
  );

  app.get(
    '/api/events/:id',
    {
      schema: {
        tags: ['Events'],
        summary: 'One event with its versions; 410 with what is left of it when it was deleted',
        params: Type.Object({ id: Type.String() }),
        response: {
          200: Type.Object({ event: Type.Object({}, { additionalProperties: true }) }),
          410: Type.Object({ event: Type.Object({}, { additionalProperties: true }) }),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const [row] = isUuid(id) ? await store.findEvent(sql, id) : [];
      const seesPrivate = request.account?.access.operator ?? false;
      if (row === undefined || (!seesPrivate && (await store.isPrivateSource(sql, row.source))))
        throw problem(404, 'There is no such event.');
      const event = eventAnswer(row);
      if (row.state !== 'l') return reply.code(410).send({ event });
      const versions = [...(await store.listVersions(sql, id)), row].map(versionAnswer);
      return { event: { ...event, versions } };
    },
  );

  /** Where it ends is read first: whatever comes later has a greater number. */
  async function readPage(filter: store.FeedFilter, after: number, size: number) {
    const end = await store.lastChange(sql);
    const rows = await store.listEvents(sql, filter, after, size + 1);
    const page = rows.slice(0, size);
    const more = rows.length > size;
    const last = page.at(-1)?.change_no ?? after;
    return { rows: page, more, last: more ? last : Math.max(last, end, after) };
  }

  async function countFacets(filter: store.FeedFilter, facets: store.Facet[]) {
    const counted: Record<string, { value: string; count: number }[]> = {};
    for (const facet of facets) {
      const rows = await store.countFacet(sql, filter, facet);
      counted[facet] = rows.map(({ value, inverse, count }) => ({
        value: typeof value === 'number' ? relationName(inverse ? -value : value) : value,
        count,
      }));
    }
    return counted;
  }

  async function readQuestion(asked: Asked, seesPrivate: boolean) {
    const faults: Fault[] = [];
    const fault = (path: string, message: string): null => {
      faults.push({ path, message });
      return null;
    };
    for (const [name, value] of Object.entries(asked))
      if (typeof value === 'string' && value.includes('\u0000')) fault(name, 'contains a null character');
    if (faults.length > 0) throw badInput(faults);
    const work = async (name: 'work_id' | 'subj_id' | 'obj_id'): Promise<number | null> => {
      const text = asked[name];
      if (text === undefined) return null;
      const id = canonicalId(text);
      if (id === null) return fault(name, 'has no known form of an identifier');
      return (await findWork(sql, keyOf(id))) ?? 0;
    };
    const relation = asked.relation_type_id === undefined ? null : findRelation(asked.relation_type_id);
    if (asked.relation_type_id !== undefined && relation === null)
      fault('relation_type_id', `is not a known relation type; known: ${RELATION_NAMES.join(', ')}`);
    const sources = asked.source_id === undefined ? [] : await listSources(sql);
    const source = sources.find(({ name }) => name === asked.source_id);
    if (asked.source_id !== undefined && source === undefined)
      fault('source_id', `is not a known source; known: ${sources.map(({ name }) => name).join(', ')}`);
    const facets = asked.facets?.split(',').map((name) => name.trim()) ?? null;
    for (const name of facets ?? [])
      if (!FACETS.some((facet) => facet === name))
        fault('facets', `"${name.slice(0, 40)}" is none; known: ${FACETS.join(', ')}`);
    const filter: store.FeedFilter = {
      workId: await work('work_id'),
      subject: await work('subj_id'),
      object: await work('obj_id'),
      sourceId: source?.source_id ?? null,
      relation: relation === null ? null : { id: relation.id, isInverse: relation.isInverse },
      account: asked.account === undefined ? null : await store.findName(sql, 'a', asked.account),
      from: timeOf('from', asked.from, 0),
      until: timeOf('until', asked.until, DAY),
      changedSince: timeOf('changed_since', asked.changed_since, 0),
      prefix:
        asked.prefix === undefined
          ? null
          : await store.findName(sql, 'p', asked.prefix.replace(/^doi:/i, '').toLowerCase()),
      hosts: asked.domain === undefined ? null : await store.findHosts(sql, asked.domain.toLowerCase()),
      include: asked.include ?? 'all',
      seesPrivate,
    };
    const {
      cursor,
      size: _size,
      wait: _wait,
      format: _format,
      count: _count,
      facets: _facets,
      ...question
    } = asked;
    const position = cursor === undefined ? [0] : decodeCursor(question, cursor);
    const [after] = position ?? [];
    if (typeof after !== 'number' || !Number.isSafeInteger(after) || after < 0)
      fault('cursor', 'is not a cursor of this question');
    if (faults.length > 0) throw badInput(faults);
    return { filter, facets: facets as store.Facet[] | null, position: Number(after), question };

    /** `more`: a day given as a date reaches to its end. */
    function timeOf(name: string, text: string | undefined, more: number): Date | null {
      if (text === undefined) return null;
      const at = readTime(text);
      if (at === null) return fault(name, 'must be a date, or an ISO 8601 time with zone');
      return new Date(at + (more === 0 ? 0 : text.length === 10 ? more : 1000));
    }
  }

  function send(
    request: FastifyRequest,
    reply: FastifyReply,
    format: Format,
    meta: { next_cursor: string },
    events: ReturnType<typeof eventAnswer>[],
  ) {
    const next = new URL(request.url, 'http://localhost');
    next.searchParams.delete('api_key');
    next.searchParams.set('cursor', meta.next_cursor);
    const untyped: FastifyReply = reply;
    untyped
      .type(MEDIA_TYPES[format])
      .header('x-next-cursor', meta.next_cursor)
      .header('link', `<${next.pathname}${next.search}>; rel="next"`)
      .header('cache-control', 'no-store');
    if (format === 'ndjson') return untyped.send(asNdjson(events));
    if (format === 'csv') return untyped.send(asCsv(events));
    return untyped.send(JSON.stringify({ meta, events: format === 'scholix' ? asScholix(events) : events }));
  }
}
