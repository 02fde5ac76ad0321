import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyEvents } from './fixtures/any-events.ts';
import { countByDefinition, type OracleEvent } from './oracle.ts';
import { pseudonymiser } from './pseudonyms.ts';
import { isValid } from './validity.ts';

/**
 * Counts as production does: a day is computed from its own events and those of the first 30 s of the next day,
 * these with the key of the day before, by keys alone.
 */
function countByKeys(events: OracleEvent[]): Map<string, number[]> {
  const pseudonymise = pseudonymiser((day) => Buffer.from(day.padEnd(32, '.')));
  const rows = events
    .filter(isValid)
    .map((event) => ({
      event,
      day: new Date(event.time).toISOString().slice(0, 10),
      ...pseudonymise(event, event.identity),
    }))
    .sort((a, b) => a.event.time - b.event.time || (a.event.identity < b.event.identity ? -1 : 1));
  const cells = new Map<string, number[]>();
  const seen = new Set<string>();
  for (const row of rows) {
    const { work, time, country, kind } = row.event;
    const followed = rows
      .slice(rows.indexOf(row) + 1)
      .some(
        (next) =>
          next.event.work === work &&
          next.event.kind === kind &&
          next.event.time - time <= 30_000 &&
          (next.day === row.day ? next.click : next.clickPrevious) === row.click,
      );
    if (followed) continue;
    const key = `${work} ${row.day} ${country}`;
    const cell = cells.get(key) ?? [0, 0, 0, 0];
    cells.set(key, cell);
    const metrics = kind === 'request' ? [0, 2] : [2];
    for (const metric of metrics) {
      cell[metric] = (cell[metric] ?? 0) + 1;
      const session = `${metric} ${work} ${row.day} ${row.session}`;
      if (seen.has(session)) continue;
      seen.add(session);
      cell[metric + 1] = (cell[metric + 1] ?? 0) + 1;
    }
  }
  return cells;
}

test('property: counting by pseudonyms, day by day, gives the figures of the definition on raw fields', () => {
  fc.assert(
    fc.property(anyEvents, (events) => {
      const expected = [...countByDefinition(events)].map(([key, cell]): [string, number[]] => [
        key,
        [
          cell.total_item_requests,
          cell.unique_item_requests,
          cell.total_item_investigations,
          cell.unique_item_investigations,
        ],
      ]);
      assert.deepEqual(new Map([...countByKeys(events)].sort()), new Map(expected.sort()));
    }),
    { numRuns: 500 },
  );
});
