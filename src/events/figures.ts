import type { Sql } from 'postgres';
import { LAST_COUNTING, relationName } from './relations.ts';
import { ranksOfSource, totalsOfWorks, worksWithSource } from './results.store.ts';
import { listSources } from './sources.store.ts';

/** What events know of works, for `GET /api/works`. */
export function createEventFigures() {
  return {
    /** Totals by source, and events of relations that raise none by relation, for each of some works. */
    async ofWorks(sql: Sql, workIds: number[], seesPrivate: boolean) {
      const found = new Map<number, { results: Record<string, number>; relations: Record<string, number> }>();
      for (const row of await totalsOfWorks(sql, workIds, seesPrivate)) {
        const figures = found.get(row.work_id) ?? { results: {}, relations: {} };
        found.set(row.work_id, figures);
        const counts = row.relation_id > 0 && row.relation_id <= LAST_COUNTING;
        const [list, name] = counts
          ? [figures.results, row.source]
          : [figures.relations, relationName(row.relation_id)];
        list[name] = (list[name] ?? 0) + (counts ? row.total : row.events);
      }
      return found;
    },

    async source(sql: Sql, name: string, seesPrivate: boolean): Promise<number | 'unknown' | 'private'> {
      const source = (await listSources(sql)).find((one) => one.name === name);
      if (source === undefined) return 'unknown';
      return source.private && !seesPrivate ? 'private' : source.source_id;
    },

    hasSource: worksWithSource,
    totalsOf: ranksOfSource,
  };
}

export type EventFigures = ReturnType<typeof createEventFigures>;
