import type { Sql } from 'postgres';
import {
  type App,
  badInput,
  isoSeconds,
  preferredType,
  problem,
  sendWithEtag,
} from '../platform/http/index.ts';
import { checkRange } from './days-asked.ts';
import { METRICS } from './metrics.ts';
import type { RobotsList } from './rules/index.ts';
import * as schema from './schema.ts';
import { readStatus } from './statistics.store.ts';
import { readStatistics, type Statistics, type SubjectType } from './statistics.ts';
import { findSubjects } from './subjects.ts';
import { readPublicationsOf, readTop } from './top.ts';

const tags = ['Usage'];

/** Figures out. They are read from roll-ups, never from events. */
export function addStatisticsRoutes(app: App, { sql, robots }: { sql: Sql; robots: RobotsList }): void {
  app.get(
    '/api/usage/statistics/:type/:id',
    {
      schema: {
        tags,
        summary: 'Statistics of a publication, scholar, partner or country',
        description:
          'COUNTER R5.1 metrics. `Accept: text/csv`, or an id ending in `.csv`, gives the series as CSV.',
        params: schema.StatisticsParams,
        querystring: schema.StatisticsQuery,
        response: { 200: schema.StatisticsBody },
      },
    },
    async (request, reply) => {
      const { from = null, until = null, granularity = 'total', by } = request.query;
      checkRange(from, until);
      const ask = (id: string) =>
        readStatistics(sql, {
          type: request.params.type as SubjectType,
          id,
          from,
          until,
          granularity,
          byCountry: by === 'country',
        });
      const wantsCsv = preferredType(request.headers.accept, ['application/json', 'text/csv']) === 'text/csv';
      let csv = wantsCsv;
      let found = await ask(request.params.id);
      if (found === null && request.params.id.endsWith('.csv')) {
        csv = true;
        found = await ask(request.params.id.slice(0, -'.csv'.length));
      }
      if (found === null) throw problem(404, `No ${request.params.type} has this identifier.`);
      reply.header('vary', 'Accept');
      const { up_to: upTo, ...figures } = found;
      if (csv) {
        reply.type('text/csv; charset=utf-8');
        const text = csvOf(found);
        return sendWithEtag(request, reply, text) as never;
      }
      const beside = { up_to: upTo === null ? null : isoSeconds(upTo.getTime()) };
      return sendWithEtag(request, reply, figures, { beside }) as never;
    },
  );

  app.get(
    '/api/usage/top/:kind',
    {
      schema: {
        tags,
        summary: 'The most used publications, scholars or partners',
        description:
          'Publications also of one scholar or partner: then all of them, those without usage last, with zeros.',
        params: schema.TopParams,
        querystring: schema.TopQuery,
        response: { 200: schema.TopBody },
      },
    },
    async (request, reply) => {
      const { from = null, until = null, size = 10 } = request.query;
      const { kind } = request.params;
      const of = ownerAsked(kind, request.query);
      checkRange(from, until);
      const found =
        of === null
          ? await readTop(sql, kind, from, until, size)
          : await readPublicationsOf(sql, of, from, until, size);
      if (found === null) throw problem(404, `No ${of?.type} has this identifier.`);
      return sendWithEtag(request, reply, found) as never;
    },
  );

  app.get(
    '/api/usage/subjects',
    {
      schema: {
        tags,
        summary: 'Scholars and partners by words of their names',
        description:
          'All words, in any order and with or without the marks of their letters; the last one may be the beginning of a longer ' +
          'one. Whole words first, then the most requested. Figures are over all time.',
        querystring: schema.SubjectsQuery,
        response: { 200: schema.SubjectsBody },
      },
    },
    async (request, reply) => {
      const { q, type, size = 10 } = request.query;
      if (q.includes('\u0000')) throw badInput([{ path: 'q', message: 'contains a null character' }]);
      const types = type === undefined ? (['scholar', 'partner'] as const) : ([type] as const);
      return sendWithEtag(request, reply, await findSubjects(sql, q, [...types], size)) as never;
    },
  );

  app.get(
    '/api/usage/status',
    {
      schema: {
        tags,
        summary: 'What is waiting and what there is',
        description: '`queued` and `dirty` both 0: every answer reflects all that was accepted.',
        response: { 200: schema.StatusBody },
      },
    },
    async (_request, reply) => {
      const { up_to: upTo, ...status } = await readStatus(sql);
      reply.header('cache-control', 'no-store');
      return {
        ...status,
        robots_list: { patterns: robots.patterns, sha256: robots.sha256 },
        up_to: upTo === null ? null : isoSeconds(upTo.getTime()),
      };
    },
  );
}

/** Whose publications are asked for; null = everybody's. */
function ownerAsked(
  kind: string,
  { scholar, partner }: { scholar?: string; partner?: string },
): { type: 'scholar' | 'partner'; id: string } | null {
  const faults = [
    ...(scholar !== undefined && partner !== undefined
      ? [{ path: 'partner', message: 'cannot be asked together with scholar' }]
      : []),
    ...Object.entries({ scholar, partner })
      .filter(([, id]) => id !== undefined && kind !== 'publications')
      .map(([path]) => ({ path, message: 'narrows publications only' })),
  ];
  if (faults.length > 0) throw badInput(faults);
  if (scholar !== undefined) return { type: 'scholar', id: scholar };
  return partner === undefined ? null : { type: 'partner', id: partner };
}

function csvOf(statistics: Statistics): string {
  const lines = statistics.series.map((row) =>
    [row.period, ...METRICS.map((metric) => row[metric])].join(','),
  );
  return `${[`period,${METRICS.join(',')}`, ...lines].join('\r\n')}\r\n`;
}
