import type { AlmanacClient } from '../src/client/index.ts';
import type { Sql } from '../src/platform/database/index.ts';
import { sendAll } from './delivery.ts';
import { COUNTRIES, eventLineBodies, WORKS } from './load.ts';

const DAY_MS = 86_400_000;
const DAYS = 730;
/** Events delivered over HTTP first: enough to meet every month, so that each has its partition. */
const DELIVERED = 5_000;

/**
 * Writes facts straight into the database, as many as are missing, of the same shape as the load (works by rank, 30
 * countries, mostly requests), marks their work-days and lets the running server recompute them. For sizes that would
 * take an hour over HTTP. Answers how many events there are.
 */
export async function fillFacts(
  client: AlmanacClient,
  sql: Sql,
  events: number,
  now: number,
): Promise<number> {
  const from = now - DAYS * DAY_MS;
  const load = { name: 'months', works: WORKS, events: DELIVERED, from, until: now - DAY_MS };
  await sendAll(eventLineBodies(load, DELIVERED), (body) =>
    client.usage.events(body, { source: 'bench-fill' }),
  );
  const { events: present } = await client.usage.waitUntilCounted();
  const perDay = Math.ceil(Math.max(0, events - present) / (DAYS - 1));
  await sql`
    create temp table bench_works as
    select substring(canonical_id from '[0-9]+$')::integer as rank, work_id from derived.works where canonical_id like '%bench.%'`;
  await sql`analyze bench_works`;
  // A month at once: the roller recomputes one while the next is written.
  for (let first = 0; first < DAYS - 1; first += 30) {
    const days = Math.min(30, DAYS - 1 - first);
    const day = new Date(from + first * DAY_MS).toISOString().slice(0, 10);
    await sql.begin(async (tx) => {
      await tx`set local synchronous_commit = off`;
      const written = await tx`
        with drawn as materialized (
          select ${day}::date + n % ${days} as day, floor(10 * (${WORKS / 10 + 1} ^ random()) - 10)::integer as rank, random() as chance,
            floor(random() * 40000)::integer as visitor, floor(random() * 86400000)::integer as ms, (random() * 9e18)::bigint as session
          from generate_series(1, ${perDay * days}::integer) n
        )
        insert into derived.usage_events (identity, work_id, session, click, day, ms, agent_id, source_id, country, status, kind, excluded)
        select gen_random_uuid(), w.work_id, d.session, -d.session, d.day, d.ms, 0, 1, (${countryNumbers()}::smallint[])[1 + d.visitor % 30],
          case when d.chance < 0.95 then 200 else 206 end, case when d.chance < 0.52 then 'r' else 'i' end, 0
        from drawn d join bench_works w using (rank)
        order by w.work_id`;
      await tx`
        insert into derived.usage_dirty_days (work_id, day)
        select distinct work_id, day from derived.usage_events where day >= ${day}::date and day < ${day}::date + ${days}::integer`;
      await tx`update derived.usage_state set events = events + ${written.count}`;
    });
  }
  return (await client.usage.waitUntilCounted()).events;
}

/** 26 × the first letter + the second, as the facts have them. */
function countryNumbers(): number[] {
  return COUNTRIES.map((code) => (code.charCodeAt(0) - 65) * 26 + code.charCodeAt(1) - 65);
}
