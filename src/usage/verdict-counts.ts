import type { Sql } from 'postgres';
import { countVerdicts, type DeliveredEvents, type VerdictCounts } from './verdicts.ts';

/** Identities looked at together: a large log's worth, some hundred thousand rows in PostgreSQL for a second. */
const TOGETHER = 100_000;

interface Asked {
  delivery: DeliveredEvents;
  resolve(counts: VerdictCounts): void;
  reject(error: unknown): void;
}

/**
 * Counts the verdicts on deliveries. Who asks while others are being counted is counted with all who came meanwhile: at the end
 * of an import one client asks for its deliveries at once, and ten of them together take twice the time of one.
 */
export function createVerdictCounts() {
  const waiting: Asked[] = [];
  let isCounting = false;

  function next(): Asked[] {
    let identities = 0;
    let count = 0;
    for (const { delivery } of waiting) {
      identities += delivery.identities.length;
      if (count > 0 && identities > TOGETHER) break;
      count++;
    }
    return waiting.splice(0, count);
  }

  async function countAll(sql: Sql): Promise<void> {
    isCounting = true;
    while (waiting.length > 0) {
      const batch = next();
      try {
        const counts = await countVerdicts(
          sql,
          batch.map(({ delivery }) => delivery),
        );
        for (const [place, { resolve }] of batch.entries())
          resolve(counts[place] ?? { robot: 0, double_click: 0, counted: 0 });
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isCounting = false;
  }

  return (sql: Sql, delivery: DeliveredEvents): Promise<VerdictCounts> =>
    new Promise((resolve, reject) => {
      waiting.push({ delivery, resolve, reject });
      if (!isCounting) void countAll(sql);
    });
}
