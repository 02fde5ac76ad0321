import type { AlmanacClient, Statistics, SubjectType } from '../../client/index.ts';

/** All that can be asked of usage, without the times of processing: equal for equal facts. */
export interface AllFigures {
  events: number;
  subjects: Omit<Statistics, 'up_to'>[];
}

const KINDS: [SubjectType, 'publications' | 'scholars' | 'partners'][] = [
  ['publication', 'publications'],
  ['scholar', 'scholars'],
  ['partner', 'partners'],
];

/** Waits until everything is counted and reads every figure there is, by day and country and in total. */
export async function figuresOf(client: AlmanacClient): Promise<AllFigures> {
  const { events } = await client.usage.waitUntilCounted();
  const subjects: AllFigures['subjects'] = [];
  for (const [type, kind] of KINDS) {
    const top = await client.usage.top(kind, { size: 1_000 });
    const ids = top.items.map(({ subject }) => subject.id).sort();
    for (const id of ids) {
      for (const granularity of ['day', 'month', 'total'] as const) {
        const { up_to: _, ...figures } = await client.usage.statistics(type, id, {
          granularity,
          by: 'country',
        });
        subjects.push(figures);
      }
    }
  }
  return { events, subjects };
}
