import type { Sql } from 'postgres';
import { type App, badInput, isoSeconds, problem, Type } from '../platform/http/index.ts';
import { listSources, putSource, readCounts, readCoverage, type Source } from './sources.store.ts';

const HOUR = 3_600_000;
const NAME = /^[a-z][a-z0-9_]{1,62}$/;

const Count = (description: string) =>
  Type.Union([Type.Integer(), Type.Null()], {
    description: `${description}; null where only operators may know`,
  });
const Time = Type.Union([Type.String(), Type.Null()]);

const SourceBody = Type.Object(
  {
    id: Type.String(),
    title: Type.String(),
    description: Type.String(),
    group: Type.String(),
    state: Type.Union([Type.Literal('active'), Type.Literal('retired')]),
    private: Type.Boolean(),
    cumulative: Type.Boolean({
      description: 'Whether its numbers are snapshots where a deposit does not say',
    }),
    stale_after_hours: Type.Integer(),
    max_per_day: Type.Integer(),
    event_count: Count('Live events'),
    work_count: Count('Works with totals'),
    last_event_at: Time,
    up_to: Time,
    stale: Type.Boolean({ description: 'Nothing came for longer than `stale_after_hours`' }),
    coverage: Type.Array(Type.Object({ from: Type.String(), until: Type.String() }), {
      description: 'Spans of days on which something came',
    }),
  },
  { title: 'Source' },
);

const SourceEdit = Type.Object(
  {
    title: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    description: Type.Optional(Type.String({ maxLength: 5000 })),
    group: Type.Optional(Type.String({ minLength: 1, maxLength: 63 })),
    private: Type.Optional(Type.Boolean()),
    cumulative: Type.Optional(Type.Boolean()),
    state: Type.Optional(Type.Union([Type.Literal('active'), Type.Literal('retired')])),
    stale_after_hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    max_per_day: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_000_000_000 })),
  },
  { additionalProperties: false },
);

/** `GET /api/sources[/:id]`, `PUT /api/sources/:id`. */
export function addSourceRoutes(app: App, { sql, now }: { sql: Sql; now(): number }): void {
  async function answers(seesPrivate: boolean) {
    const [sources, counts, coverage] = await Promise.all([
      listSources(sql),
      readCounts(sql),
      readCoverage(sql),
    ]);
    const countOf = new Map(counts.map((row) => [row.source_id, row]));
    return sources.map((source) => {
      const hidden = source.private && !seesPrivate;
      const count = countOf.get(source.source_id);
      const upTo = count?.up_to ?? null;
      return {
        ...shown(source),
        event_count: hidden ? null : (count?.events ?? 0),
        work_count: hidden ? null : (count?.works ?? 0),
        last_event_at: hidden ? null : timeOf(count?.last_event_at ?? null),
        up_to: timeOf(upTo),
        stale: upTo !== null && now() - upTo.getTime() > source.stale_after_hours * HOUR,
        coverage: coverage
          .filter(({ source_id: id }) => id === source.source_id)
          .map(({ from, until }) => ({ from, until })),
      };
    });
  }

  app.get(
    '/api/sources',
    {
      schema: {
        tags: ['Events'],
        summary: 'The sources of events, with what came from them and when',
        response: {
          200: Type.Object({ meta: Type.Object({ total: Type.Integer() }), sources: Type.Array(SourceBody) }),
        },
      },
    },
    async (request) => {
      const sources = await answers(request.account?.access.operator ?? false);
      return { meta: { total: sources.length }, sources };
    },
  );

  app.get(
    '/api/sources/:id',
    {
      schema: {
        tags: ['Events'],
        summary: 'One source of events',
        params: Type.Object({ id: Type.String() }),
        response: { 200: Type.Object({ source: SourceBody }) },
      },
    },
    async (request) => {
      const sources = await answers(request.account?.access.operator ?? false);
      const source = sources.find(({ id }) => id === request.params.id);
      if (source === undefined) throw problem(404, 'There is no such source.');
      return { source };
    },
  );

  app.put(
    '/api/sources/:id',
    {
      config: { right: 'operator' },
      schema: {
        tags: ['Events'],
        summary: 'Make or edit a source; fields that are left out stay as they are',
        params: Type.Object({ id: Type.String() }),
        body: SourceEdit,
        response: { 200: Type.Object({ source: SourceBody }), 201: Type.Object({ source: SourceBody }) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      if (!NAME.test(id))
        throw badInput([
          { path: 'id', message: 'must be 2 to 63 of a-z, 0-9 and _, beginning with a letter' },
        ]);
      const texts = Object.entries(request.body).filter(
        ([, value]) => typeof value === 'string' && (value.includes('\u0000') || !value.isWellFormed()),
      );
      if (texts.length > 0)
        throw badInput(
          texts.map(([path]) => ({
            path: `/${path}`,
            message: 'holds a null character or half a surrogate pair',
          })),
        );
      const isNew = await putSource(sql, id, request.body);
      const source = (await answers(true)).find((one) => one.id === id);
      if (source === undefined) throw new Error(`the source ${id} was stored and is not there`);
      return reply.code(isNew ? 201 : 200).send({ source });
    },
  );
}

function shown({ source_id: _, name, ...fields }: Source) {
  return { id: name, ...fields };
}

const timeOf = (at: Date | null): string | null => (at === null ? null : isoSeconds(at.getTime()));
