import { addEventRoutes, createEventFigures, type EventRoutes } from '../events/index.ts';
import type { App } from '../platform/http/index.ts';
import { readWorkUsage } from '../usage/index.ts';
import { addWorkRoutes } from '../works/index.ts';

/** Events and works over HTTP: to what a work is, events and usage add what happens to it. */
export function addEventsAndWorks(app: App, tools: EventRoutes): void {
  const events = createEventFigures();
  addEventRoutes(app, tools);
  addWorkRoutes(app, {
    sql: tools.sql,
    figures: {
      async figuresOf(sql, workIds, seesPrivate) {
        const [counted, usage] = await Promise.all([
          events.ofWorks(sql, workIds, seesPrivate),
          readWorkUsage(sql, workIds),
        ]);
        return new Map(
          workIds.map((work) => {
            const { results = {}, relations = {} } = counted.get(work) ?? {};
            return [work, { results, relations, usage: usage.get(work) ?? null }];
          }),
        );
      },
      async usesOf(sql, workIds) {
        const usage = await readWorkUsage(sql, workIds);
        return new Map([...usage].map(([work, metrics]) => [work, metrics.total_item_requests ?? 0]));
      },
      source: events.source,
      hasSource: events.hasSource,
      totalsOf: events.totalsOf,
    },
  });
}
