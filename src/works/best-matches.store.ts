import type { Sql } from 'postgres';
import { type Fragment, typeOf, type WorkFilter, wordsOf } from './works-read.store.ts';

// SQL that finds the works which fit some words best.

/** How well a title fits: the less, the better. */
export interface Match {
  work_id: number;
  /** 0: identified by the words, 1: it is they, 2: it begins with them, 3: it has them in a row, 4: it has all of them. */
  tier: number;
}

/**
 * Titles with the words that are looked at. A word of so many titles says little about any of them, and reading 20,000
 * takes a tenth of a second; of more, those that are stored first are taken.
 */
const MOST_READ = 20_000;

/** The works that fit best, those with shorter titles first, and of these the ones that became known first. */
export function findBestMatches(
  sql: Sql,
  filter: WorkFilter & { q: string },
  most: number,
): Promise<Match[]> {
  const asked = sql`plainto_tsquery('simple', ${filter.q})`;
  const begins = filter.q.trim().toLowerCase();
  return sql<Match[]>`
    with titled as materialized (
      (select work_id, title from works
        where title is not null and ${wordsOf(sql, sql`title`)} @@ ${asked} limit ${MOST_READ})
      union all
      (select work_id, told -> 'title' ->> 'v' from work_descriptions
        where told ? 'title' and ${wordsOf(sql, sql`told -> 'title' ->> 'v'`)} @@ ${asked} limit ${MOST_READ})
    ), fitting as (
      select work_id, length(title) as length,
        case
          when lower(btrim(title)) = ${begins} then 1
          when starts_with(lower(title), ${begins}) then 2
          when ${wordsOf(sql, sql`title`)} @@ phraseto_tsquery('simple', ${filter.q}) then 3
          else 4
        end as tier
      from titled
      union all
      select work_id, 0, 0 from work_identifiers where key = ${filter.qKey}::uuid
    ), best as (
      select work_id, min(tier) as tier, min(length) as length from fitting group by work_id
    )
    select b.work_id, b.tier
    from best b join works w using (work_id) left join work_descriptions d using (work_id)
    where true ${conditions(sql, filter)}
    order by b.tier, b.length, b.work_id
    limit ${most}`;
}

function conditions(sql: Sql, { workIds, type, condition }: WorkFilter): Fragment {
  return sql`
    ${workIds === null ? sql`` : sql`and w.work_id = any(${workIds}::bigint[])`}
    ${type === null ? sql`` : sql`and ${typeOf(sql)} = ${type}`}
    ${condition === null ? sql`` : sql`and ${condition}`}`;
}
