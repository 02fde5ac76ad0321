import type { Sql } from 'postgres';
import { openPayload, type Params } from '../evidence/index.ts';
import { eachItem, type Item } from './deposits-kind.ts';

// Kept deliveries of deposits, opened again to show what was deposited.

export interface OpenedDelivery {
  payload: Buffer;
  params: Params;
  /** The deposit as it came; positions from 1. */
  raw(position: number): unknown;
}

export async function openDelivery(sql: Sql, evidence: string): Promise<OpenedDelivery | null> {
  const [row] = await sql<{ payload: Buffer; params: Params }[]>`
    select payload, params from almanac.evidence where id = ${evidence} and kind = 'deposits'`;
  if (row === undefined) return null;
  const payload = await openPayload(row.payload);
  const { deposit, deposits } = JSON.parse(payload.toString('utf8')) as {
    deposit?: unknown;
    deposits?: unknown[];
  };
  return { payload, params: row.params, raw: (position) => (deposits ?? [deposit])[position - 1] };
}

export function eachItemOf({ payload, params }: OpenedDelivery): Generator<Item> {
  return eachItem(payload, params);
}
