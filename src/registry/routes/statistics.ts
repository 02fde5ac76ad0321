import { together } from '../../platform/database/index.ts';
import { type App, badInput, problem, sendWithEtag, Type } from '../../platform/http/index.ts';
import { findStatistic, listStatistics } from '../statistics/statistics.store.ts';
import { callerOf, type RecordRoutes, recordMustExist } from './records.ts';
import { Created, RecordParams, readRange, Since, Success, Until } from './shapes.ts';

const tags = ['Registry'];

const Statistic = Type.Object({
  id: Type.String(),
  about: Type.String({ description: 'Id of the record' }),
  value: Type.Number(),
  type: Type.String(),
  date: Type.String(),
  third_party: Type.String({ description: 'Name of the account that gave it' }),
});

const StatisticParams = Type.Object({ ...RecordParams.properties, stat_id: Type.String() });

const noSuchStatistic = () => problem(404, 'This record has no statistic with this id.');

/** Routes of statistics of records (registry.md §3). */
export function addStatisticRoutes(app: App, { sql, service, baseUrl }: RecordRoutes): void {
  const mustExist = recordMustExist(sql);
  const list = together((questions: Parameters<typeof listStatistics>[1]) => listStatistics(sql, questions));

  app.post(
    '/record/:id/stats',
    {
      config: { right: 'statistics' },
      onRequest: mustExist,
      schema: {
        tags,
        summary: 'Add a statistic',
        description: 'Body: `{"value":<number>,"type":"…","date"?:"YYYY-MM-DD"}`.',
        params: RecordParams,
        response: { 201: Created },
      },
    },
    async (request, reply) => {
      const { id: about } = request.params;
      const outcome = await service.addStatistic(callerOf(request), about, request.body);
      if (outcome.kind === 'faulty') throw badInput(outcome.faults);
      const { id } = outcome.statistic;
      const location = `${baseUrl(request)}/record/${about}/stat/${id}`;
      reply.code(201).header('location', location);
      return { success: 'true' as const, id, location };
    },
  );

  app.get(
    '/record/:id/stats',
    {
      onRequest: mustExist,
      schema: {
        tags,
        summary: 'Statistics of a record, newest first',
        params: RecordParams,
        querystring: Type.Object({
          from: Type.Optional(Since),
          until: Type.Optional(Until),
          provider: Type.Optional(Type.String({ description: 'Name of an account' })),
          type: Type.Optional(Type.String()),
        }),
        response: { 200: Type.Array(Statistic) },
      },
    },
    async (request, reply) => {
      const { from, until, provider = null, type = null } = request.query;
      const range = readRange({ since: from, until }, { since: 'from', until: 'until' });
      if (range.faults.length > 0) throw badInput(range.faults);
      const filter = { from: range.since, until: range.until, provider, type };
      const found = await list({ about: request.params.id, filter });
      return sendWithEtag(request, reply, found) as never;
    },
  );

  app.get(
    '/record/:id/stat/:stat_id',
    {
      onRequest: mustExist,
      schema: { tags, summary: 'One statistic', params: StatisticParams, response: { 200: Statistic } },
    },
    async (request, reply) => {
      const found = await findStatistic(sql, request.params.id, request.params.stat_id);
      if (found === null) throw noSuchStatistic();
      return sendWithEtag(request, reply, found) as never;
    },
  );

  app.delete(
    '/record/:id/stat/:stat_id',
    {
      config: { right: 'statistics' },
      onRequest: mustExist,
      schema: {
        tags,
        summary: 'Take back a statistic of one’s own; nothing of it is kept',
        params: StatisticParams,
        response: { 200: Success },
      },
    },
    async (request) => {
      const { id, stat_id: statId } = request.params;
      const outcome = await service.deleteStatistic(callerOf(request), id, statId);
      if (outcome === 'unknown') throw noSuchStatistic();
      if (outcome === 'foreign') throw problem(403, 'The statistic belongs to another account.');
      return { success: 'true' as const };
    },
  );
}
