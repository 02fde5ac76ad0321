import { canonicalId } from '../../identifiers/index.ts';
import type { Sql } from '../../platform/database/index.ts';
import { keyOf } from '../../works/index.ts';

/** The id of the work that an identifier in any spelling leads to; null when none is known by it. */
export async function findWork(sql: Sql, identifier: string): Promise<string | null> {
  const id = canonicalId(identifier);
  if (id === null) return null;
  const [row] = await sql<{ id: string }[]>`
    select w.canonical_id as id
    from work_identifiers i
    join works w using (work_id)
    where i.key = ${keyOf(id)}`;
  return row?.id ?? null;
}
