import type { Sql } from 'postgres';
import type { Metrics } from './metrics.ts';
import type { NameQuestion } from './name-words.ts';
import { metricsOrZero } from './packed-figures.store.ts';

// SQL that finds scholars and partners by their names.

/**
 * Names with the words that are looked at: as many as there are of all but words like "university", and bounds what one of
 * those costs to 50 ms. Of more, those that are stored first are taken.
 */
const MOST_FOUND = 10_000;

export interface SubjectRow extends Metrics {
  kind: 'scholar' | 'partner';
  id: string;
  name: string;
}

/**
 * The name that has these words and no other, in whatever order, comes first; then those that begin with the first of them,
 * those that have all of them, and those that have a longer word in place of the last one; of like ones the most used.
 * `asked` and `whole` are texts of `tsquery`.
 */
export function findByName(
  sql: Sql,
  { asked, whole, words: askedWords }: NameQuestion,
  kinds: ('scholar' | 'partner')[],
  limit: number,
): Promise<SubjectRow[]> {
  // The expression of the index on names.
  const plain = sql`regexp_replace(normalize(left(name, 1000), nfkd), '[\\u0300-\\u036f]', '', 'g')`;
  const words = sql`to_tsvector('simple', ${plain})`;
  return sql<SubjectRow[]>`
    with found as materialized (
      select entity_id, kind, id, name,
        case
          when not ${words} @@ ${whole}::tsquery then 3
          when length(${words}) = ${new Set(askedWords).size} then 0
          when starts_with(lower(${plain}), ${askedWords[0] ?? ''}) then 1
          else 2
        end as tier
      from entities
      where name is not null and ${words} @@ ${asked}::tsquery and kind = any(${kinds})
      limit ${MOST_FOUND}
    )
    select f.kind, f.id, f.name, ${metricsOrZero(sql, 'p')}
    from found f
    left join usage_entity_periods p on p.entity_id = f.entity_id and p.grain = 't' and p.period = '1970-01-01'
    order by f.tier, 4 desc, 6 desc, f.id collate "C"
    limit ${limit}`;
}
