import type { Sql, TransactionSql } from 'postgres';
import { countryOfNumber } from './country-number.ts';
import { SHADOW } from './facts.ts';
import type { Fragment } from './packed-figures.store.ts';

// What the rules say of single events: asked for one event, or summed over a delivery. Nothing here is stored.

export interface Verdict {
  identity: string;
  work: string;
  day: string;
  ms: number;
  kind: 'r' | 'i' | 'o';
  status: number;
  country: string;
  source: string;
  userAgent: string | null;
  /** The rule that took the event, in the order they are judged; null when it counts. */
  rule: 'kind' | 'method' | 'status' | 'class' | 'robot' | 'double_click' | null;
}

/** What became of the events of a delivery that are facts now. */
export interface VerdictCounts {
  robot: number;
  double_click: number;
  counted: number;
}

interface VerdictRow {
  identity: string;
  work: string;
  day: string;
  ms: number;
  kind: Verdict['kind'];
  status: number;
  country: number;
  source: string;
  user_agent: string | null;
  rule: Verdict['rule'];
}

/** The verdict on one event; null when there is no such event. */
export async function verdictOf(sql: Sql, identity: string): Promise<Verdict | null> {
  const [row] = await sql<VerdictRow[]>`
    with asked as (
      select work_id, day from usage_events where identity = ${identity} and excluded & ${SHADOW} = 0
    ), judged as (${judgedEvents(sql, sql`e.*, a.agent`)})
    select j.identity, w.canonical_id as work, j.day::text, j.ms, j.kind::text, j.status, j.country, s.name as source, j.agent as user_agent, j.rule
    from judged j join works w using (work_id) join almanac.usage_sources s using (source_id)
    where j.identity = ${identity}`;
  if (row === undefined) return null;
  const { user_agent: userAgent, country, ...rest } = row;
  return { ...rest, userAgent, country: countryOfNumber(country) };
}

/** Events of a delivery, by identity, and the days (`YYYY-MM-DD`) they lie within. */
export interface DeliveredEvents {
  identities: string[];
  from: string;
  until: string;
}

/** Events from which on two connections share the counting: fewer take less than 0.2 s. */
const MANY = 10_000;

/** Counts the verdicts on the events of some deliveries, for each; those that are no facts (any more) are not counted. */
export async function countVerdicts(
  sql: Sql,
  deliveries: DeliveredEvents[],
  many = MANY,
): Promise<VerdictCounts[]> {
  const days = deliveries.flatMap(({ from, until }) => [from, until]).sort();
  const range = { from: days[0] ?? '', until: days.at(-1) ?? '' };
  const identities: string[] = [];
  const places: number[] = [];
  for (const [place, delivery] of deliveries.entries()) {
    for (const identity of new Set(delivery.identities)) {
      identities.push(identity);
      places.push(place);
    }
  }
  const counts = deliveries.map((): VerdictCounts => ({ robot: 0, double_click: 0, counted: 0 }));
  const parts = identities.length < many ? [null] : [0, 1];
  const counted = await Promise.all(parts.map((half) => countHalf(sql, { places, identities, range, half })));
  for (const { place, robot, double_click, counted: counting } of counted.flat()) {
    const sums = counts[place];
    if (sums === undefined) throw new Error(`there is no delivery ${place}`);
    sums.robot += robot;
    sums.double_click += double_click;
    sums.counted += counting;
  }
  return counts;
}

interface Counting {
  /** The delivery of each identity. */
  places: number[];
  identities: string[];
  range: { from: string; until: string };
  /** Of works with even (0) or odd numbers, or of all. */
  half: number | null;
}

function countHalf(
  sql: Sql,
  { places, identities, range, half }: Counting,
): Promise<(VerdictCounts & { place: number })[]> {
  return sql.begin(async (tx) => {
    // Tables with statistics: of common table expressions the planner expects a handful of rows, and loops over all
    // pairs (5,000 log lines: 5.8 s instead of 0.06 s).
    await tx`
      create temp table delivered on commit drop as
      select d.place, e.work_id, e.day, e.identity
      from unnest(${places}::int[], ${identities}::uuid[]) as d (place, identity) join usage_events e using (identity)
      where e.day between ${range.from} and ${range.until} and e.excluded & ${SHADOW} = 0
        ${half === null ? tx`` : tx`and e.work_id % 2 = ${half}`}`;
    await tx`create temp table asked on commit drop as select distinct work_id, day from delivered`;
    await tx`analyze delivered, asked`;
    return tx<(VerdictCounts & { place: number })[]>`
      with judged as materialized (${judgedEvents(tx, tx`e.identity, e.ms, e.excluded`, range)})
      select d.place, count(*) filter (where j.rule = 'robot') as robot,
        count(*) filter (where j.rule = 'double_click') as double_click,
        count(*) filter (where j.rule is null) as counted
      from delivered d join judged j on j.identity = d.identity
      group by d.place`;
  });
}

/**
 * `columns` of the events of the work-days in `asked`, each with the rule that takes it; milliseconds and `excluded` among them. The
 * conditions are those of the roller.
 */
function judgedEvents(
  sql: Sql | TransactionSql,
  columns: Fragment,
  range?: { from: string; until: string },
): Fragment {
  return sql`
    select *, case when not_valid is not null then not_valid when next_ms - ms <= 30000 then 'double_click' end as rule
    from (
      select ${columns}, v.not_valid,
        lead(e.ms) over (partition by e.work_id, e.day, e.click, e.kind, v.not_valid is null order by e.ms, e.identity) as next_ms
      from asked q
      join usage_events e on e.work_id = q.work_id and e.day = q.day
      left join usage_agents a on a.agent_id = e.agent_id
      cross join lateral (
        select case
          when e.kind not in ('r', 'i') then 'kind'
          when e.excluded & 1 <> 0 then 'method'
          when e.status not in (0, 200, 304) then 'status'
          when e.excluded & 2 <> 0 then 'class'
          when a.robot then 'robot'
        end as not_valid
      ) v
      ${range === undefined ? sql`` : sql`where e.day between ${range.from} and ${range.until}`}
    ) e
    where excluded & ${SHADOW} = 0`;
}
