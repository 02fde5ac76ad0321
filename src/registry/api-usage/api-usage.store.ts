import type { Queries } from '../../platform/database/index.ts';

// All SQL of the log of API calls.

export interface ApiCall {
  at: string;
  method: string;
  route: string;
  parameters: string[];
  status: number;
  ms: number;
  bytes: number;
  account: string | null;
  agent: string;
  /** Hexadecimal. */
  caller: string;
}

export async function insertCalls(sql: Queries, calls: ApiCall[]): Promise<void> {
  await sql`
    insert into almanac.api_usage (at, method, route, parameters, status, ms, bytes, account, agent, caller)
    select at, method, route, array(select json_array_elements_text(parameters)), status, ms, bytes, account, agent,
      decode(caller, 'hex')
    from json_to_recordset(${JSON.stringify(calls)}::text::json) as given (
      at timestamptz, method text, route text, parameters json, status smallint, ms real, bytes bigint, account text,
      agent text, caller text
    )`;
}

export interface ApiUsage {
  day?: string;
  route?: string;
  method?: string;
  account?: string | null;
  requests: number;
  errors: number;
  bytes: number;
  ms_p50: number;
}

/**
 * Calls of the days `from` to `until` (`YYYY-MM-DD`, inclusive; null: open). Days whose calls are kept are counted from them,
 * older ones from the day roll-ups; there the median is the mean of the medians, weighted by calls.
 */
export async function readApiUsage(
  sql: Queries,
  { from, until, by }: { from: string | null; until: string | null; by: 'day' | 'route' | 'account' },
): Promise<ApiUsage[]> {
  const key = by === 'route' ? sql`method, route` : by === 'account' ? sql`account` : sql`day`;
  const rows = await sql<ApiUsage[]>`
    with calls as (
      select (at at time zone 'UTC')::date as day, method, route, coalesce(account, '') as account, status, bytes, ms
      from almanac.api_usage
    ), counted as (
      select ${key}, count(*) as requests, count(*) filter (where status >= 400) as errors,
        sum(bytes) as bytes, percentile_cont(0.5) within group (order by ms) as ms_p50
      from calls
      where ${days(sql, from, until)}
      group by ${key}
    ), older as (
      select ${key}, sum(requests) as requests, sum(errors) as errors, sum(bytes) as bytes,
        sum(ms_p50 * requests) / sum(requests) as ms_p50
      from almanac.api_usage_days
      where ${days(sql, from, until)}
        and day < coalesce((select min(day) from calls), 'infinity')
      group by ${key}
    )
    select ${key}, sum(requests)::float8 as requests, sum(errors)::float8 as errors, sum(bytes)::float8 as bytes,
      round((sum(ms_p50 * requests) / sum(requests))::numeric, 3)::float8 as ms_p50
    from (select * from counted union all select * from older) as parts
    group by ${key}
    order by ${key}`;
  return rows.map((row) =>
    by === 'account' ? { ...row, account: row.account === '' ? null : (row.account ?? null) } : row,
  );
}

/** Counts whole days before `today`, and forgets calls that are older than `keepDays`. */
export async function rollUpApiUsage(sql: Queries, today: string, keepDays: number): Promise<void> {
  await sql`
    insert into almanac.api_usage_days (day, method, route, account, requests, errors, bytes, ms_p50)
    select (at at time zone 'UTC')::date as day, method, route, coalesce(account, ''), count(*),
      count(*) filter (where status >= 400), sum(bytes), percentile_cont(0.5) within group (order by ms)
    from almanac.api_usage
    where at < ${today}::date::timestamp at time zone 'UTC'
      and (at at time zone 'UTC')::date > ${today}::date - 8
    group by 1, 2, 3, 4
    on conflict (day, method, route, account) do update
    set requests = excluded.requests,
        errors = excluded.errors,
        bytes = excluded.bytes,
        ms_p50 = excluded.ms_p50`;
  await sql`
    delete from almanac.api_usage
    where at < (${today}::date - ${keepDays}::integer)::timestamp at time zone 'UTC'`;
}

function days(sql: Queries, from: string | null, until: string | null) {
  return sql`
    (${from === null} or day >= ${from ?? '2000-01-01'}::date)
    and (${until === null} or day <= ${until ?? '2000-01-01'}::date)`;
}
