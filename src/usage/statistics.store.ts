import type { Sql } from 'postgres';
import { ALL_COUNTRIES } from './country-number.ts';
import type { Metrics } from './metrics.ts';
import { byCountry as apart, type Fragment, figureColumns, metricSums } from './packed-figures.store.ts';
import type { Piece } from './periods.ts';

// SQL of the statistics service: reads roll-ups by key, never the facts.

export interface FigureRow extends Metrics {
  /** First day of the stored period. */
  period: string;
  country: number;
}

export interface Found {
  /** Number of the work or entity. */
  number: number;
  id: string;
  name: string | null;
}

export async function findWork(sql: Sql, key: string): Promise<Found | null> {
  const [row] = await sql<Found[]>`
    select w.work_id as number, w.canonical_id as id, w.title as name
    from work_identifiers i join works w using (work_id) where i.key = ${key}`;
  return row ?? null;
}

export async function findEntity(sql: Sql, key: string): Promise<Found | null> {
  const [row] = await sql<Found[]>`
    select e.entity_id as number, e.id, e.name
    from entity_ids i join entities e using (entity_id) where i.key = ${key}`;
  return row ?? null;
}

export interface Bounds {
  first: string | null;
  last: string | null;
  up_to: Date | null;
}

/** First and last day with a figure; both ends of one index. */
export async function workBounds(sql: Sql, workId: number): Promise<Bounds> {
  const [row] = await sql<Bounds[]>`
    select (select min(day) from usage_work_days where work_id = ${workId})::text as first,
      (select max(day) from usage_work_days where work_id = ${workId})::text as last,
      (select up_to from usage_state) as up_to`;
  return row ?? { first: null, last: null, up_to: null };
}

export async function entityBounds(
  sql: Sql,
  entityId: number,
  kind: 'scholar' | 'partner' | 'country',
): Promise<Bounds> {
  const [row] =
    kind === 'scholar'
      ? await sql<Bounds[]>`
          select (select (period + days[1][1] - 1)::text from usage_scholar_months where entity_id = ${entityId} order by period limit 1) as first,
            (select (period + days[array_length(days, 1)][1] - 1)::text from usage_scholar_months where entity_id = ${entityId}
              order by period desc limit 1) as last,
            (select up_to from usage_state) as up_to`
      : await sql<Bounds[]>`
          select (select min(period) from usage_entity_periods where entity_id = ${entityId} and grain = 'd')::text as first,
            (select max(period) from usage_entity_periods where entity_id = ${entityId} and grain = 'd')::text as last,
            (select up_to from usage_state) as up_to`;
  return row ?? { first: null, last: null, up_to: null };
}

/** Figures of a work over some pieces; per country, or (country −1) over all. */
export function workFigures(
  sql: Sql,
  workId: number,
  pieces: Piece[],
  byCountry: boolean,
): Promise<FigureRow[]> {
  return figures(sql, pieces, byCountry, ({ grain, from, until }) =>
    grain === 'd'
      ? sql`
          select day as period, ${figureColumns(sql)} from usage_work_days
          where work_id = ${workId} and day between ${from} and ${until}`
      : sql`
          select period, ${figureColumns(sql)} from usage_work_periods
          where work_id = ${workId} and grain = ${grain} and period between ${from} and ${until}`,
  );
}

/** The same for a scholar, partner or country. Scholars have no stored figures by country: those of their works are summed. */
export function entityFigures(
  sql: Sql,
  entityId: number,
  pieces: Piece[],
  byCountry: boolean,
  kind: 'scholar' | 'partner' | 'country',
): Promise<FigureRow[]> {
  return figures(sql, pieces, byCountry, (piece) => {
    const { grain, from, until } = piece;
    if (kind === 'scholar' && byCountry) return figuresOfWorks(sql, entityId, piece);
    if (kind === 'scholar' && grain === 'd')
      return scholarDays(sql, sql`entity_id = ${entityId}`, from, until);
    if (kind === 'scholar' && grain === 'm')
      return sql`
        select period, total_item_requests, unique_item_requests, total_item_investigations, unique_item_investigations
        from usage_scholar_months where entity_id = ${entityId} and period between ${from} and ${until}`;
    return sql`
      select period, ${figureColumns(sql)} from usage_entity_periods
      where entity_id = ${entityId} and grain = ${grain} and period between ${from} and ${until}`;
  });
}

const figuresOfWorks = (sql: Sql, entityId: number, { grain, from, until }: Piece): Fragment =>
  grain === 'd'
    ? sql`
        select w.day as period, ${figureColumns(sql)}
        from work_entities e join usage_work_days w on w.work_id = e.work_id and w.day between ${from} and ${until}
        where e.entity_id = ${entityId}`
    : sql`
        select w.period, ${figureColumns(sql)}
        from work_entities e
        join usage_work_periods w on w.work_id = e.work_id and w.grain = ${grain} and w.period between ${from} and ${until}
        where e.entity_id = ${entityId}`;

/** Days of scholars, out of their months. */
export const scholarDays = (sql: Sql, whose: Fragment, from: string, until: string): Fragment => sql`
  select * from (
    select entity_id, period + d[i][1] - 1 as period, d[i][2] as total_item_requests, d[i][3] as unique_item_requests,
      d[i][4] as total_item_investigations, d[i][5] as unique_item_investigations
    from (
      select entity_id, period, days as d, generate_subscripts(days, 1) as i from usage_scholar_months
      where ${whose} and period between date_trunc('month', ${from}::date) and ${until}::date
    ) months
  ) days
  where period between ${from}::date and ${until}::date`;

async function figures(
  sql: Sql,
  pieces: Piece[],
  byCountry: boolean,
  rowsOf: (piece: Piece) => Fragment,
): Promise<FigureRow[]> {
  const parts = pieces.map((piece) =>
    byCountry
      ? sql<FigureRow[]>`
          select min(period)::text as period, country, ${metricSums(sql)}
          from (${apart(sql, sql`period`, rowsOf(piece))}) cells
          group by country`
      : sql<FigureRow[]>`
          select period::text, ${ALL_COUNTRIES}::integer as country, total_item_requests, unique_item_requests,
            total_item_investigations, unique_item_investigations
          from (${rowsOf(piece)}) figures`,
  );
  return (await Promise.all(parts)).flat();
}

/** First and last day with a figure of anybody. */
export async function allBounds(sql: Sql): Promise<{ first: string | null; last: string | null }> {
  const [row] = await sql<{ first: string | null; last: string | null }[]>`
    select (select min(day) from usage_work_days where work_id > 0)::text as first,
      (select max(day) from usage_work_days where work_id > 0)::text as last`;
  return row ?? { first: null, last: null };
}

export interface StatusRow {
  queued: number;
  dirty: number;
  events: number;
  works: number;
  unknown_works: number;
  scholars: number;
  partners: number;
  salts: number;
  up_to: Date | null;
}

/** One statement, so one snapshot: nothing can slip from the queue to the marks unseen. */
export async function readStatus(sql: Sql): Promise<StatusRow> {
  const [row] = await sql<StatusRow[]>`
    select
      (select coalesce(sum(greatest(items, 1)), 0)::bigint from almanac.evidence where state = 'waiting') as queued,
      (select count(*) from usage_dirty_days) + (select count(*) from usage_dirty_entities) as dirty,
      s.events, s.up_to, w.works, w.unknown_works,
      (select count(*) from entities where kind = 'scholar') as scholars,
      (select count(*) from entities where kind = 'partner') as partners,
      (select count(*) from almanac.usage_salts) as salts
    from usage_state s cross join works_state w`;
  if (row === undefined) throw new Error('the state rows of usage and works are missing');
  return row;
}
