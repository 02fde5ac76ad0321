import type { Sql } from 'postgres';
import type { Metrics } from './metrics.ts';
import { metricsOrZero } from './packed-figures.store.ts';

// SQL that finds scholars and partners by their names.

/** More than anybody reads; bounds what one common word costs. */
const MOST_FOUND = 2_000;

export interface SubjectRow extends Metrics {
  kind: 'scholar' | 'partner';
  id: string;
  name: string;
}

/** `asked` and `whole` are texts of `tsquery`; names that hold the words as they are come before those that begin with them. */
export function findByName(
  sql: Sql,
  { asked, whole }: { asked: string; whole: string },
  kinds: ('scholar' | 'partner')[],
  limit: number,
): Promise<SubjectRow[]> {
  // The expression of the index on names.
  const words = sql`to_tsvector('simple', regexp_replace(normalize(left(name, 1000), nfkd), '[\\u0300-\\u036f]', '', 'g'))`;
  return sql<SubjectRow[]>`
    with found as materialized (
      select entity_id, kind, id, name, ${words} @@ ${whole}::tsquery as is_whole
      from entities
      where name is not null and ${words} @@ ${asked}::tsquery and kind = any(${kinds})
      limit ${MOST_FOUND}
    )
    select f.kind, f.id, f.name, ${metricsOrZero(sql, 'p')}
    from found f
    left join usage_entity_periods p on p.entity_id = f.entity_id and p.grain = 't' and p.period = '1970-01-01'
    order by f.is_whole desc, 4 desc, 6 desc, f.id collate "C"
    limit ${limit}`;
}
