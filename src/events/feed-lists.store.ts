import type { Sql, TransactionSql } from 'postgres';
import { copyRows, listOf } from '../platform/database/index.ts';
import {
  FEW_NUMBERS,
  type ListKind,
  LONGEST_STEP,
  numbersOf,
  numbersOfLists,
  rowsOf,
  stepsOf,
} from './feed-lists.ts';

// SQL of the lists of the feed.

interface StoredRow {
  kind: ListKind;
  name_id: number;
  first_no: number;
  last_no: number;
  steps: Buffer;
}

/** Adds changes, in their order, to the lists that they belong to. */
export async function appendToLists(
  tx: TransactionSql,
  changes: Parameters<typeof numbersOfLists>[0],
): Promise<void> {
  const [first] = changes;
  if (first === undefined) return;
  const byKind = numbersOfLists(changes);
  const lists = Object.values(byKind).flatMap((kind) => [...kind.values()]);
  // The last row of a list goes on as long as there is room.
  const asked = lists.filter(({ numbers }) => numbers.length < FEW_NUMBERS);
  const open = await tx<StoredRow[]>`
    select l.kind::text, l.name_id, l.first_no, l.last_no, l.steps
    from unnest(${asked.map(({ kind }) => kind)}::text[], ${asked.map(({ id }) => id)}::integer[]) k (kind, name_id)
    cross join lateral (
      select * from event_lists l where l.kind = k.kind::"char" and l.name_id = k.name_id order by l.last_no desc limit 1
    ) l
    where length(l.steps) < ${2 * FEW_NUMBERS} and l.last_no >= ${first.changeNo - LONGEST_STEP}`;
  for (const row of open) {
    const list = byKind[row.kind].get(row.name_id);
    if (list !== undefined) list.numbers = [...numbersOf(row.first_no, row.steps), ...list.numbers];
  }
  if (open.length > 0) {
    await tx`
      delete from event_lists l
      using unnest(${open.map(({ kind }) => kind)}::text[], ${open.map((row) => row.name_id)}::integer[],
        ${open.map((row) => row.last_no)}::bigint[]) k (kind, name_id, last_no)
      where l.kind = k.kind::"char" and l.name_id = k.name_id and l.last_no = k.last_no`;
  }
  await copyRows(
    tx,
    'event_lists (kind, name_id, first_no, last_no, steps)',
    lists.flatMap(rowsOf),
    (out, row) => {
      out.char(row.kind);
      out.int4(row.id);
      out.int8(row.first);
      out.int8(row.last);
      out.bytes(stepsOf(row));
    },
  );
}

/**
 * The next numbers of some lists of one kind after a number, ascending; `end`: up to where they are all, null when these are
 * the last.
 */
export async function nextNumbers(
  sql: Sql,
  kind: ListKind,
  ids: readonly number[],
  after: number,
): Promise<{ numbers: number[]; end: number | null }> {
  const rowsEach = ids.length === 1 ? 3 : 1;
  const rows = await sql<StoredRow[]>`
    select l.kind::text, l.name_id, l.first_no, l.last_no, l.steps
    from unnest(${listOf(ids)}::integer[]) k (name_id)
    cross join lateral (
      select * from event_lists l
      where l.kind = ${kind}::"char" and l.name_id = k.name_id and l.last_no > ${after}
      order by l.last_no limit ${rowsEach}
    ) l`;
  let end: number | null = null;
  for (const list of Map.groupBy(rows, (row) => row.name_id).values()) {
    if (list.length < rowsEach) continue;
    const last = Math.max(...list.map((row) => row.last_no));
    end = end === null ? last : Math.min(end, last);
  }
  const numbers = new Set<number>();
  for (const row of rows)
    for (const no of numbersOf(row.first_no, row.steps))
      if (no > after && (end === null || no <= end)) numbers.add(no);
  return { numbers: [...numbers].sort((a, b) => a - b), end };
}

/** How many rows a list has after a number; more than a few are not told apart. */
export async function roughLength(sql: Sql, kind: ListKind, id: number, after: number): Promise<number> {
  const [row] = await sql<{ rows: number }[]>`
    select count(*) as rows from (
      select from event_lists where kind = ${kind}::"char" and name_id = ${id} and last_no > ${after} limit 200
    ) l`;
  return row?.rows ?? 0;
}
