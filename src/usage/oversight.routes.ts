import type { Sql } from 'postgres';
import { type App, badInput, problem } from '../platform/http/index.ts';
import { isDay } from './days-asked.ts';
import * as schema from './schema.ts';
import { lastClosedMonth, readSpikes } from './spike-notes.ts';
import { verdictOf } from './verdicts.ts';

const tags = ['Usage'];

/** For operators: what is out of line, and why an event was counted or not. */
export function addOversightRoutes(app: App, { sql, now }: { sql: Sql; now(): number }): void {
  app.get(
    '/api/usage/spikes',
    {
      config: { right: 'operator' },
      schema: {
        tags,
        summary: 'Months out of line, for a person to look at',
        description:
          'Partners whose investigations of a month are at least 100 and above three times the mean of the 12 months before, or ' +
          'under 1 % of a mean of at least 20. Nothing is changed by it.',
        querystring: schema.SpikesQuery,
        response: { 200: schema.SpikesBody },
      },
    },
    async (request) => {
      const { month = lastClosedMonth(now()) } = request.query;
      if (!isDay(`${month}-01`)) throw badInput([{ path: 'month', message: 'must be a month (YYYY-MM)' }]);
      return { month, spikes: await readSpikes(sql, month) };
    },
  );

  app.get(
    '/api/usage/events/:id',
    {
      config: { right: 'operator' },
      schema: {
        tags,
        summary: 'What the rules say of one event',
        params: schema.EventParams,
        response: { 200: schema.VerdictBody },
      },
    },
    async (request) => {
      const verdict = await verdictOf(sql, request.params.id);
      if (verdict === null) throw problem(404, 'There is no such event.');
      const { identity, day, ms, kind, status, userAgent, rule, ...rest } = verdict;
      return {
        event: {
          id: identity,
          ...rest,
          time: new Date(Date.parse(day) + ms).toISOString(),
          kind: { r: 'request', i: 'investigation', o: 'other' }[kind],
          status: status === 0 ? null : status,
          user_agent: userAgent,
          counted: rule === null,
          rule,
        },
      };
    },
  );
}
