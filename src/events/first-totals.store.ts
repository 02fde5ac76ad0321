import type { TransactionSql } from 'postgres';
import { copyRows } from '../platform/database/index.ts';
import type { FirstTotal } from './first-totals.ts';

/** Stores totals of which there was nothing. */
export async function writeFirstTotals(tx: TransactionSql, totals: readonly FirstTotal[]): Promise<void> {
  if (totals.length === 0) return;
  await copyRows(
    tx,
    `event_totals (work_id, source_id, relation_id, increments, snapshot, events, subjects, first_at, last_at, cumulative_events, rank)`,
    totals,
    (out, total) => {
      out.int8(total.workId);
      out.int2(total.sourceId);
      out.int2(total.relationId);
      out.int8(total.increments);
      if (total.snapshot === null) out.none();
      else out.int8(total.snapshot);
      out.int4(total.events);
      out.int4(total.subjects);
      out.time(total.firstAt);
      out.time(total.lastAt);
      out.int4(total.cumulativeEvents);
      if (total.rank === null) out.none();
      else out.int8(total.rank);
    },
  );
}
