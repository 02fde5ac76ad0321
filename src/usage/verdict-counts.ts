import type { Sql } from 'postgres';
import { together } from '../platform/database/index.ts';
import { countVerdicts, type DeliveredEvents, type VerdictCounts } from './verdicts.ts';

/** Identities looked at together: a large log's worth, some hundred thousand rows in PostgreSQL for a second. */
const TOGETHER = 100_000;

/**
 * Counts the verdicts on deliveries, of those who ask at one time by one statement: at the end of an import one client asks for
 * all its deliveries, and ten of them together take twice the time of one.
 */
export function createVerdictCounts(): (sql: Sql, delivery: DeliveredEvents) => Promise<VerdictCounts> {
  const count = together(
    ([first, ...others]: { sql: Sql; delivery: DeliveredEvents }[]) =>
      first === undefined
        ? Promise.resolve([])
        : countVerdicts(
            first.sql,
            [first, ...others].map(({ delivery }) => delivery),
          ),
    TOGETHER,
    ({ delivery }) => delivery.identities.length,
  );
  return (sql, delivery) => count({ sql, delivery });
}
