import type { Sql } from 'postgres';
import { eachItemOf, openDelivery } from './deliveries.store.ts';
import type { Item } from './deposits-kind.ts';
import { mayHold } from './item-keys.ts';

export interface WaitingDelivery {
  id: string;
  account: string;
  received_at: Date;
  accepted_no: number;
}

/** The last waiting deposit of an id, found without opening more deliveries than hold it. */
export async function findWaiting(
  sql: Sql,
  id: string,
): Promise<{ delivery: WaitingDelivery; item: Item; raw: unknown } | null> {
  let after = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const page = await sql<(WaitingDelivery & { item_keys: Buffer | null })[]>`
      select id, account, received_at, accepted_no, item_keys from almanac.evidence
      where kind = 'deposits' and state = 'waiting' and accepted_no < ${after}
      order by accepted_no desc limit 500`;
    for (const { item_keys: keys, ...delivery } of page) {
      if (keys === null || !mayHold(keys, id)) continue;
      const opened = await openDelivery(sql, delivery.id);
      const item =
        opened === null ? undefined : [...eachItemOf(opened)].findLast((one) => one.deposit.id === id);
      if (opened !== null && item !== undefined) return { delivery, item, raw: opened.raw(item.position) };
    }
    const last = page.at(-1);
    if (last === undefined) return null;
    after = last.accepted_no;
  }
}
