import type { Sql } from 'postgres';
import { canonicalId } from '../identifiers/index.ts';
import {
  type App,
  badInput,
  decodeCursor,
  encodeCursor,
  type Fault,
  problem,
  sendWithEtag,
  Type,
} from '../platform/http/index.ts';
import { keyOf } from '../works/index.ts';
import { findRelation, RELATION_NAMES } from './relations.ts';
import { findWork, listTotals } from './results.store.ts';
import { type Granularity, readResults } from './results.ts';
import { listSources } from './sources.store.ts';
import { readTime } from './time.ts';

const Granularities = Type.Union(
  [Type.Literal('total'), Type.Literal('year'), Type.Literal('month'), Type.Literal('day')],
  { default: 'total' },
);
const ResultsQuery = Type.Object({
  work_id: Type.Optional(Type.String({ maxLength: 4096, description: 'Any identifier of the work' })),
  source_id: Type.Optional(Type.String({ maxLength: 63 })),
  relation_type_id: Type.Optional(Type.String({ maxLength: 63, description: 'In either form' })),
  from: Type.Optional(Type.String({ description: 'First day, YYYY-MM-DD' })),
  until: Type.Optional(Type.String({ description: 'Last day, inclusive' })),
  granularity: Type.Optional(Granularities),
  size: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  cursor: Type.Optional(Type.String({ maxLength: 10_000 })),
});

const Snapshot = Type.Union([Type.Integer(), Type.Null()], {
  description: 'Sum of the latest confirmed values of cumulative events; null when there are none',
});
const ResultBody = Type.Object(
  {
    work_id: Type.String(),
    source_id: Type.String(),
    relation_type_id: Type.String({ description: 'Active form' }),
    total: Type.Integer({ description: 'increments + (snapshot or 0)' }),
    increments: Type.Integer(),
    snapshot: Snapshot,
    events: Type.Integer({ description: 'Live events' }),
    subjects: Type.Integer({ description: 'Distinct other ends' }),
    first_occurred_at: Type.String(),
    last_occurred_at: Type.String(),
    series: Type.Optional(
      Type.Array(
        Type.Object({
          period: Type.String(),
          increments: Type.Integer(),
          events: Type.Integer(),
          snapshot: Snapshot,
        }),
      ),
    ),
  },
  { title: 'Result' },
);

/** `GET /api/results`: totals by work, source and relation. */
export function addResultRoutes(app: App, { sql }: { sql: Sql }): void {
  app.get(
    '/api/results',
    {
      schema: {
        tags: ['Events'],
        summary: 'Totals by work and source, over all time or by year, month and day',
        querystring: ResultsQuery,
        response: {
          200: Type.Object({
            meta: Type.Object({
              next_cursor: Type.Union([Type.String(), Type.Null()]),
              more: Type.Boolean(),
              from: Type.Union([Type.String(), Type.Null()]),
              until: Type.Union([Type.String(), Type.Null()]),
              granularity: Type.String(),
            }),
            results: Type.Array(ResultBody),
          }),
        },
      },
    },
    async (request, reply) => {
      const {
        work_id,
        source_id,
        relation_type_id,
        from,
        until,
        granularity = 'total',
        size = 100,
      } = request.query;
      const faults: Fault[] = [];
      const id = work_id === undefined ? null : canonicalId(work_id);
      if (work_id !== undefined && id === null)
        faults.push({ path: 'work_id', message: 'has no known form of an identifier' });
      const seesPrivate = request.account?.access.operator ?? false;
      const sources = await listSources(sql);
      const source = sources.find(({ name }) => name === source_id);
      if (source_id !== undefined && source === undefined)
        faults.push({
          path: 'source_id',
          message: `is not a known source; known: ${sources.map(({ name }) => name).join(', ')}`,
        });
      const relation = relation_type_id === undefined ? null : findRelation(relation_type_id);
      if (relation_type_id !== undefined && relation === null)
        faults.push({
          path: 'relation_type_id',
          message: `is not a known relation type; known: ${RELATION_NAMES.join(', ')}`,
        });
      for (const [path, day] of Object.entries({ from, until }))
        if (day !== undefined && (day.length !== 10 || readTime(day) === null))
          faults.push({ path, message: 'must be a day (YYYY-MM-DD)' });
      if (from !== undefined && until !== undefined && from > until)
        faults.push({ path: 'from', message: 'is after until' });
      const question = ['results', id, source_id, relation?.active, from, until];
      const { cursor } = request.query;
      const position = cursor === undefined ? null : decodeCursor(question, cursor);
      if (cursor !== undefined && position?.length !== 3)
        faults.push({ path: 'cursor', message: 'is not a cursor of this question' });
      if (faults.length > 0) throw badInput(faults);
      if (source?.private && !seesPrivate) throw problem(403, `The source "${source.name}" is private.`);

      const workId = id === null ? null : ((await findWork(sql, keyOf(id))) ?? 0);
      const filter = {
        workId,
        sourceId: source?.source_id ?? null,
        relationId: relation === null ? null : relation.id,
        seesPrivate,
      };
      const [lastId = '', lastSource = 0, lastRelation = 0] = position ?? [];
      const after =
        position === null
          ? null
          : { id: String(lastId), sourceId: Number(lastSource), relationId: Number(lastRelation) };
      const rows = await listTotals(sql, filter, after, size + 1);
      const page = rows.slice(0, size);
      const last = page.at(-1);
      const more = rows.length > size;
      const range = { from: from ?? null, until: until ?? null };
      return sendWithEtag(request, reply, {
        meta: {
          next_cursor:
            more && last !== undefined
              ? encodeCursor(question, [last.canonical_id, last.source_id, last.relation_id])
              : null,
          more,
          ...range,
          granularity,
        },
        results: await readResults(sql, page, range, granularity as Granularity),
      });
    },
  );
}
