import type { AlmanacClient } from '../src/client/index.ts';
import type { Sql } from '../src/platform/database/index.ts';
import { HOT_WORK } from './fill-events.ts';
import { percentile } from './percentiles.ts';
import type { Report } from './report.ts';

const READ_MS = 10;
/** Spent on one kind of read: what is slow is known after a few. */
const LONGEST_MS = 5_000;

export interface ReadParts {
  client: AlmanacClient;
  sql: Sql;
  report: Report;
  /** Reads of each kind. */
  requests: number;
  events: number;
}

/** Results, feed pages with every filter, and lists of works, one at a time over HTTP. */
export async function measureEventReads({ client, sql, report, requests, events }: ReadParts): Promise<void> {
  const works = await sql<{ work: string; page: string; title: string }[]>`
    select w.canonical_id as work, p.canonical_id as page, coalesce(d.told -> 'title' ->> 'v', '') as title
    from derived.events e
    join derived.works w on w.work_id = e.to_work
    join derived.works p on p.work_id = e.from_work
    left join derived.work_descriptions d on d.work_id = e.from_work
    where e.change_no in (select (random() * ${events})::bigint from generate_series(1, ${requests}::integer))`;
  const at = (name: string, p: string): string => `${name} at ${events.toLocaleString('en-GB')} events, ${p}`;
  type Ask = (one: { work: string; page: string; title: string }, index: number) => Promise<unknown>;
  const time = async (name: string, ask: Ask, most: number | null = READ_MS): Promise<void> => {
    const took: number[] = [];
    const until = performance.now() + LONGEST_MS;
    for (const [index, one] of works.entries()) {
      const began = performance.now();
      if (began > until) break;
      await ask(one, index);
      took.push(performance.now() - began);
    }
    report.add(at(name, 'p50'), percentile(took, 0.5), 'ms');
    report.add(at(name, 'p95'), percentile(took, 0.95), 'ms', most === null ? undefined : { most });
  };
  const { results, feed } = client.events;
  /** Page after page. */
  const paging = <Query extends object>(
    read: (query: Query & { cursor?: string }) => Promise<{ meta: { next_cursor: string | null } }>,
    query: Query,
  ): Ask => {
    let cursor: string | null = null;
    return async () => {
      const page = await read(cursor === null ? query : { ...query, cursor });
      cursor = page.meta.next_cursor;
    };
  };
  await time('results of a work', ({ work }) => results({ work_id: work }));
  await time('results of a work by day', ({ work }) => results({ work_id: work, granularity: 'day' }));
  await time('results of a work in a year', ({ work }) =>
    results({ work_id: work, from: '2024-01-01', until: '2024-12-31' }),
  );
  await time('results of a hot work by month', () => results({ work_id: HOT_WORK, granularity: 'month' }));
  await time('results, page after page of 100', paging(results, { size: 100 }));
  await time('results of a source, pages of 100', paging(results, { source_id: 'reddit', size: 100 }));
  await time('a work', ({ work }) => client.events.work(work));
  await time('a hot work', () => client.events.work(HOT_WORK));
  await time('works, page after page of 100', paging(client.events.works, { size: 100 }));
  await time(
    'works, newest first, pages of 100',
    paging(client.events.works, { sort: '-updated_at', size: 100 }),
  );
  await time(
    'works, most of a source first, pages of 100',
    paging(client.events.works, { sort: '-wikipedia', size: 100 }),
  );
  await time(
    'works with a rare source, pages of 100',
    paging(client.events.works, { source_id: 'nature', size: 100 }),
  );
  await time('works by words of the title', ({ title }) => client.events.works({ q: title }));
  await time('sources', () => client.events.sources());

  await time('events of a work', ({ work }) => feed({ work_id: work }));
  await time('events of a hot work, pages of 100', paging(feed, { work_id: HOT_WORK }));
  await time('events of a subject', ({ page }) => feed({ subj_id: page }));
  await time('events of an object', ({ work }) => feed({ obj_id: work }));
  await time('the feed, page after page of 100', paging(feed, {}));
  await time('… of a source', paging(feed, { source_id: 'reddit' }));
  await time('… of a rare source', paging(feed, { source_id: 'nature' }));
  await time('… of a relation', paging(feed, { relation_type_id: 'references' }));
  await time('… of a relation that nobody used', () => feed({ relation_type_id: 'likes' }));
  await time('… of an account', paging(feed, { account: 'bench' }));
  await time('… of a prefix', paging(feed, { prefix: '10.5007' }));
  await time('… of a domain', paging(feed, { domain: 'encyclopedia.example' }));
  await time('… of a day', paging(feed, { from: '2024-03-05', until: '2024-03-05' }));
  await time('… of what was deleted', () => feed({ include: 'deleted' }));
  await time('… of a source and a prefix', paging(feed, { source_id: 'nature', prefix: '10.5007' }));
  await time('… since it changed', paging(feed, { changed_since: '2020-01-01' }));
  await time('… counted', () => feed({ count: 'true', size: 1 }), null);
  await time('… of a source, counted', () => feed({ source_id: 'reddit', count: 'true', size: 1 }), null);
  await time(
    '… with all facets',
    () => feed({ facets: 'source_id,relation_type_id,prefix,domain', size: 1 }),
    null,
  );
}
