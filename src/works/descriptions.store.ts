import type { TransactionSql } from 'postgres';
import { copyRows, listOf } from '../platform/database/index.ts';
import type { ToldFields } from './descriptions.ts';

// SQL of what deposits told of works.

export async function findTold(tx: TransactionSql, workIds: number[]): Promise<Map<number, ToldFields>> {
  if (workIds.length === 0) return new Map();
  const rows = await tx<{ work_id: number; told: ToldFields }[]>`
    select work_id, told from work_descriptions where work_id = any(${listOf(workIds)}::bigint[])`;
  return new Map(rows.map((row) => [row.work_id, row.told]));
}

/** `stored`: works of which something was told before. */
export async function writeTold(
  tx: TransactionSql,
  told: ReadonlyMap<number, ToldFields>,
  stored: ReadonlySet<number>,
): Promise<void> {
  const works = [...told.keys()].sort((a, b) => a - b);
  const known = works.filter((work) => stored.has(work));
  if (known.length > 0) {
    await tx`
      update work_descriptions w set told = d.told::jsonb
      from unnest(${known}::bigint[], ${known.map((work) => JSON.stringify(told.get(work)))}::text[]) as d (work_id, told)
      where w.work_id = d.work_id`;
  }
  if (known.length === works.length) return;
  await copyRows(
    tx,
    'work_descriptions (work_id, told)',
    works.filter((work) => !stored.has(work)),
    (out, work) => {
      out.int8(work);
      out.jsonb(JSON.stringify(told.get(work)));
    },
  );
}

export async function dropTold(tx: TransactionSql, workIds: number[]): Promise<void> {
  await tx`delete from work_descriptions where work_id = any(${workIds}::bigint[])`;
}

export async function touchWorks(tx: TransactionSql, workIds: number[], at: Date): Promise<void> {
  if (workIds.length === 0) return;
  await tx`update works set updated_at = ${at} where work_id = any(${workIds.sort((a, b) => a - b)}::bigint[])`;
}
