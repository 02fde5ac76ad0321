import type { Fragment, Sql, TransactionSql } from 'postgres';
import { ALL_COUNTRIES } from './country-number.ts';

// Figures of a subject and period are one row: the four sums, and the countries inside it (see migration 0006).

type Queries = Sql | TransactionSql;

export type { Fragment };

/** The columns that hold figures, for lists of columns. */
export const figureColumns = (sql: Queries): Fragment =>
  sql`total_item_requests, unique_item_requests, total_item_investigations, unique_item_investigations, country, countries`;

/** The four metrics, summed; in the order of the columns. */
export const metricSums = (sql: Queries): Fragment => sql`
  sum(total_item_requests)::bigint as total_item_requests, sum(unique_item_requests)::bigint as unique_item_requests,
  sum(total_item_investigations)::bigint as total_item_investigations,
  sum(unique_item_investigations)::bigint as unique_item_investigations`;

/** The four metrics of a table that was joined from the left: 0 where it has no row. */
export const metricsOrZero = (sql: Queries, table: string): Fragment => {
  const of = (metric: string) => sql`coalesce(${sql(`${table}.${metric}`)}, 0)::bigint as ${sql(metric)}`;
  return sql`${of('total_item_requests')}, ${of('unique_item_requests')}, ${of('total_item_investigations')}, ${of('unique_item_investigations')}`;
};

/** Takes rows apart into a row for each country: `keys`, country and the four metrics. */
export const byCountry = (sql: Queries, keys: Fragment, rows: Fragment): Fragment => sql`
  select ${keys}, coalesce(countries[i][1], country) as country,
    coalesce(countries[i][2], total_item_requests) as total_item_requests,
    coalesce(countries[i][3], unique_item_requests) as unique_item_requests,
    coalesce(countries[i][4], total_item_investigations) as total_item_investigations,
    coalesce(countries[i][5], unique_item_investigations) as unique_item_investigations
  from (
    select apart.*, generate_series(1, coalesce(array_length(countries, 1), 1)) as i from (${rows}) apart
  ) numbered`;

/** Sums cells (rows for each country) by `keys` into packed rows: `keys`, then `figureColumns`. */
export const packed = (sql: Queries, keys: Fragment, cells: Fragment): Fragment => sql`
  select ${keys}, ${metricSums(sql)},
    case when count(*) = 1 then min(country) else ${ALL_COUNTRIES} end as country,
    case when count(*) > 1 then array_agg(array[country, total_item_requests, unique_item_requests,
      total_item_investigations, unique_item_investigations] order by country) end as countries
  from (select ${keys}, country::bigint as country, ${metricSums(sql)} from (${cells}) cells group by ${keys}, cells.country) summed
  group by ${keys}`;
