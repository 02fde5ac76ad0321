import type { Sql } from '../../platform/database/index.ts';
import { type App, badInput, Type } from '../../platform/http/index.ts';
import { readApiUsage } from '../api-usage/api-usage.store.ts';
import { parseTime } from '../model/dates.ts';

/** `GET /api/api-usage`: how the API is used (registry.md §6). */
export function addApiUsageRoutes(app: App, { sql }: { sql: Sql }): void {
  const Day = Type.String({ description: 'UTC day, YYYY-MM-DD; inclusive' });
  app.get(
    '/api/api-usage',
    {
      schema: {
        tags: ['Registry'],
        summary: 'Calls of this API by day, route or account',
        querystring: Type.Object({
          from: Type.Optional(Day),
          until: Type.Optional(Day),
          by: Type.Optional(
            Type.Union([Type.Literal('day'), Type.Literal('route'), Type.Literal('account')], {
              default: 'day',
            }),
          ),
        }),
        response: {
          200: Type.Array(
            Type.Object({
              day: Type.Optional(Type.String()),
              method: Type.Optional(Type.String()),
              route: Type.Optional(Type.String()),
              account: Type.Optional(Type.Union([Type.String(), Type.Null()])),
              requests: Type.Number(),
              errors: Type.Number({ description: 'Answers with a status of 400 or more' }),
              bytes: Type.Number(),
              ms_p50: Type.Number(),
            }),
          ),
        },
      },
    },
    async (request) => {
      const { from = null, until = null, by = 'day' } = request.query;
      const faults = Object.entries({ from, until })
        .filter(([, day]) => day !== null && (parseTime(day) === null || day.includes('T')))
        .map(([path]) => ({ path, message: 'must be a day that exists (YYYY-MM-DD)' }));
      if (faults.length === 0 && from !== null && until !== null && from > until)
        faults.push({ path: 'from', message: 'must not be after until' });
      if (faults.length > 0) throw badInput(faults);
      return readApiUsage(sql, { from, until, by });
    },
  );
}
