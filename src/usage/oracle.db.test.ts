import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countryOfNumber } from './country-number.ts';
import { anyEvents } from './rules/fixtures/any-events.ts';
import { countByDefinition, type OracleEvent } from './rules/oracle.ts';
import { type OneThread, startOneThread, storedIdentity, type TestEvent } from './testing/one-thread.ts';

/** How one event comes: from which source, when, how often, and what had been said of it before. */
const journey = fc.record({
  source: fc.constantFrom('a', 'b'),
  at: fc.nat(3),
  again: fc.option(fc.nat(2), { freq: 4 }),
  before: fc.option(fc.record({ ago: fc.nat(3), minutes: fc.constantFrom(-1, 1, 60, 1440, 40_000) }), {
    freq: 4,
  }),
  named: fc.constantFrom('doi', 'url', 'both'),
});

const deliveries = fc.record({
  events: anyEvents,
  journeys: fc.infiniteStream(journey),
  order: fc.infiniteStream(fc.nat()),
  /** What happens after each delivery. */
  pauses: fc.infiniteStream(fc.constantFrom('nothing', 'nothing', 'apply', 'apply and roll')),
  /** The record that says which DOI and URL are one work comes before this delivery. */
  recordAt: fc.nat(4),
});

interface Parcel {
  source: string;
  batch: number;
  /** 0: what was said before; 1: what is true; 2: the same again. */
  stage: number;
  order: number;
  event: TestEvent;
}

let runs = 0;

test('property: stored figures are those of the definition, whatever the batches, order, repetitions and corrections', async (t) => {
  const almanac = await startOneThread(t);
  await fc.assert(
    fc.asyncProperty(deliveries, async ({ events, journeys, order, pauses, recordAt }) => {
      const run = `run${runs++}`;
      const expected: OracleEvent[] = [];
      const parcels: Parcel[] = [];
      for (const event of events) {
        const way = take(journeys);
        const source = `${run}-${way.source}`;
        const sent: TestEvent = {
          ...event,
          id: event.identity,
          identifiers: namesOf(run, event.work, way.named),
          ...robotOf(event),
        };
        expected.push({ ...event, identity: storedIdentity(source, event.identity) });
        parcels.push({ source, batch: way.at, stage: 1, order: take(order), event: sent });
        if (way.again !== null)
          parcels.push({ source, batch: way.at + way.again, stage: 2, order: take(order), event: sent });
        if (way.before !== null) {
          const batch = Math.max(0, way.at - way.before.ago);
          const time = event.time + way.before.minutes * 60_000;
          parcels.push({ source, batch, stage: 0, order: take(order), event: { ...sent, time } });
        }
      }
      parcels.sort((a, b) => a.stage - b.stage || a.order - b.order);
      for (let batch = 0; batch <= 5; batch++) {
        if (batch === recordAt) await almanac.publish([workRecord(run, 'w1'), workRecord(run, 'w2')]);
        for (const source of [`${run}-a`, `${run}-b`]) {
          const own = parcels.filter((parcel) => parcel.batch === batch && parcel.source === source);
          if (own.length > 0)
            await almanac.deliver(
              own.map(({ event }) => event),
              { source, partner: `partner-${source}` },
            );
          const pause = take(pauses);
          if (pause !== 'nothing') await almanac.apply();
          if (pause === 'apply and roll') await almanac.roll();
        }
      }
      await almanac.settle();
      assert.deepEqual(await storedCells(almanac, run), definedCells(expected));
    }),
    { numRuns: 20, endOnFailure: true },
  );
  await almanac.settleAndCheck();
});

function take<T>(stream: Iterator<T>): T {
  const next = stream.next();
  assert.ok(!next.done);
  return next.value;
}

function namesOf(run: string, work: string, named: string): string[] {
  const doi = `doi:10.1234/${run}-${work}`;
  const url = `http://repository.example/${run}/${work}`;
  return named === 'doi' ? [doi] : named === 'url' ? [url] : [url, doi];
}

function workRecord(run: string, work: string) {
  return {
    id: `${run}-${work}`,
    identifiers: namesOf(run, work, 'both'),
    authors: [
      { name: 'Ann', id: `own:${run}` },
      { name: work, id: `own:${work}` },
    ],
    partners: [{ id: `${run}.example` }],
  };
}

function robotOf(event: OracleEvent): TestEvent {
  return event.robot ? { userAgent: 'bot' } : {};
}

function definedCells(events: OracleEvent[]): string[] {
  return [...countByDefinition(events).values()]
    .map(
      ({ work, day, country, ...figures }) => `${work} ${day} ${country} ${Object.values(figures).join(' ')}`,
    )
    .sort();
}

async function storedCells({ sql }: OneThread, run: string): Promise<string[]> {
  const rows = await sql<{ id: string; day: string; country: number; figures: string }[]>`
    select w.canonical_id as id, d.day::text, coalesce(countries[i][1], country) as country,
      concat_ws(' ', coalesce(countries[i][2], total_item_requests), coalesce(countries[i][3], unique_item_requests),
        coalesce(countries[i][4], total_item_investigations), coalesce(countries[i][5], unique_item_investigations)) as figures
    from (select *, generate_series(1, coalesce(array_length(countries, 1), 1)) as i from usage_work_days) d
    join works w using (work_id)
    where w.canonical_id like ${`doi:10.1234/${run}-%`} or w.canonical_id like ${`http://repository.example/${run}/%`}`;
  return rows
    .map(
      (row) =>
        `${row.id.replace(`doi:10.1234/${run}-`, '')} ${row.day} ${countryOfNumber(row.country)} ${row.figures}`,
    )
    .sort();
}
