import type { TransactionSql } from 'postgres';
import type { ToldFields } from './descriptions.ts';

// SQL of what deposits told of works.

export async function findTold(tx: TransactionSql, workIds: number[]): Promise<Map<number, ToldFields>> {
  if (workIds.length === 0) return new Map();
  const rows = await tx<{ work_id: number; told: ToldFields }[]>`
    select work_id, told from work_descriptions where work_id = any(${workIds}::bigint[])`;
  return new Map(rows.map((row) => [row.work_id, row.told]));
}

export async function writeTold(tx: TransactionSql, told: ReadonlyMap<number, ToldFields>): Promise<void> {
  if (told.size === 0) return;
  const works = [...told.keys()].sort((a, b) => a - b);
  await tx`
    insert into work_descriptions (work_id, told)
    select d.work_id, d.told::jsonb
    from unnest(${works}::bigint[], ${works.map((work) => JSON.stringify(told.get(work)))}::text[]) as d (work_id, told)
    on conflict (work_id) do update set told = excluded.told`;
}

export async function dropTold(tx: TransactionSql, workIds: number[]): Promise<void> {
  await tx`delete from work_descriptions where work_id = any(${workIds}::bigint[])`;
}

export async function touchWorks(tx: TransactionSql, workIds: number[], at: Date): Promise<void> {
  if (workIds.length === 0) return;
  await tx`update works set updated_at = ${at} where work_id = any(${workIds.sort((a, b) => a - b)}::bigint[])`;
}
