import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyEvents } from './fixtures/any-events.ts';
import { countByDefinition, type OracleCell, type OracleEvent } from './oracle.ts';

const pdf = 'http://repository.example/1/paper.pdf';
let identities = 0;

/** One reader's download of one work's PDF in June 2024; a time without a date is of 15 June. */
function click(at: string, part: Partial<OracleEvent> = {}): OracleEvent {
  identities += 1;
  return {
    identity: identities.toString(16).padStart(8, '0'),
    work: 'doi:10.1234/one',
    country: 'NL',
    time: Date.parse(at.includes('T') ? at : `2024-06-15T${at}Z`),
    kind: 'request',
    url: pdf,
    method: 'GET',
    status: 200,
    excludedClass: false,
    robot: false,
    user: null,
    cookie: null,
    session: null,
    address: '118.94.150.7',
    hashedAddress: null,
    userAgent: 'Browser/1',
    ...part,
  };
}

const page = { kind: 'investigation' as const, url: 'http://repository.example/1' };

/** Total and unique requests, total and unique investigations, summed over all cells that `of` takes. */
function figures(events: OracleEvent[], of: (cell: OracleCell) => boolean = () => true): number[] {
  const sums = [0, 0, 0, 0];
  for (const cell of [...countByDefinition(events).values()].filter(of)) {
    const values = [
      cell.total_item_requests,
      cell.unique_item_requests,
      cell.total_item_investigations,
      cell.unique_item_investigations,
    ];
    for (const [place, value] of values.entries()) sums[place] = (sums[place] ?? 0) + value;
  }
  return sums;
}

test('given 10:01:00 and 10:01:29, then 1 request and 1 unique; 10:01:31 instead, then 2 and 1', () => {
  assert.deepEqual(figures([click('10:01:00'), click('10:01:29')]), [1, 1, 1, 1]);
  assert.deepEqual(figures([click('10:01:00'), click('10:01:31')]), [2, 1, 2, 1]);
});

test('given exactly 30.000 s, then a double click; 30.001 s is none; equal times are one', () => {
  assert.deepEqual(figures([click('10:00:00'), click('10:00:30')]), [1, 1, 1, 1]);
  assert.deepEqual(figures([click('10:00:00'), click('10:00:30.001')]), [2, 1, 2, 1]);
  assert.deepEqual(figures([click('10:00:00'), click('10:00:00')]), [1, 1, 1, 1]);
});

test('given 0, 20 and 40 s, then one click at 40 s', () => {
  const chain = [click('2024-06-15T23:59:30Z'), click('2024-06-15T23:59:50Z'), click('2024-06-16T00:00:10Z')];
  assert.deepEqual([...countByDefinition(chain).keys()], ['doi:10.1234/one 2024-06-16 NL']);
  assert.deepEqual(figures(chain), [1, 1, 1, 1]);
});

test('given 10:59:50 and 11:00:05, then 1 and 1; 10:59:00 and 11:00:05, then 2 and 2', () => {
  assert.deepEqual(figures([click('10:59:50'), click('11:00:05')]), [1, 1, 1, 1]);
  assert.deepEqual(figures([click('10:59:00'), click('11:00:05')]), [2, 2, 2, 2]);
});

test('given a double click over the hour and a third event, then the kept click has the later hour', () => {
  assert.deepEqual(figures([click('10:59:50'), click('11:00:05'), click('11:30:00')]), [2, 1, 2, 1]);
});

test('given 30 June 23:59:50 and 1 July 00:00:05, then 1 in July and none in June', () => {
  const events = [click('2024-06-30T23:59:50Z'), click('2024-07-01T00:00:05Z')];
  assert.deepEqual(
    figures(events, (cell) => cell.day === '2024-07-01'),
    [1, 1, 1, 1],
  );
  assert.deepEqual(
    figures(events, (cell) => cell.day === '2024-06-30'),
    [0, 0, 0, 0],
  );
});

test('given PDF and HTML of a work 10 s apart, then 2 and 1; a fragment makes no other URL', () => {
  assert.deepEqual(figures([click('10:00:00'), click('10:00:10', { url: `${pdf}.html` })]), [2, 1, 2, 1]);
  assert.deepEqual(figures([click('10:00:00'), click('10:00:10', { url: `${pdf}#page=2` })]), [1, 1, 1, 1]);
});

test('given page and then file 10 s apart, then 1 request, 2 investigations and 1 unique of each', () => {
  assert.deepEqual(figures([click('10:00:00', page), click('10:00:10')]), [1, 1, 2, 1]);
  assert.deepEqual(figures([click('10:00:00', { kind: 'investigation' }), click('10:00:10')]), [1, 1, 2, 1]);
});

test('given one session id at 10:00 and 14:00, then 2 and 1; without it, 2 and 2', () => {
  assert.deepEqual(
    figures([click('10:00:00', { session: 's' }), click('14:00:00', { session: 's' })]),
    [2, 1, 2, 1],
  );
  assert.deepEqual(figures([click('10:00:00'), click('14:00:00')]), [2, 2, 2, 2]);
  const overMidnight = [click('2024-06-15T10:00:00Z'), click('2024-06-16T10:00:00Z')].map((event) => ({
    ...event,
    session: 's',
  }));
  assert.deepEqual(figures(overMidnight), [2, 2, 2, 2]);
});

test('given times of different zones, then the instants count and not their texts', () => {
  const events = [click('2024-06-30T23:59:50-05:00'), click('2024-07-01T07:00:05+02:00')];
  assert.deepEqual(
    figures(events, (cell) => cell.day === '2024-07-01'),
    [1, 1, 1, 1],
  );
});

test('given an event that rule 1 takes between two clicks, then it neither counts nor carries a chain', () => {
  for (const part of [
    { status: 206 },
    { status: 301 },
    { method: 'HEAD' },
    { excludedClass: true },
    { robot: true },
  ]) {
    assert.deepEqual(figures([click('10:00:00'), click('10:00:20', part), click('10:00:40')]), [2, 1, 2, 1]);
  }
  assert.deepEqual(figures([click('10:00:00', { kind: 'other' })]), [0, 0, 0, 0]);
  assert.deepEqual(figures([click('10:00:00', { status: null, method: null })]), [1, 1, 1, 1]);
  assert.deepEqual(figures([click('10:00:00', { status: 304 })]), [1, 1, 1, 1]);
});

test('given two user agents behind one address, then they are two; absent is empty', () => {
  assert.deepEqual(figures([click('10:00:00'), click('10:00:10', { userAgent: 'Browser/2' })]), [2, 2, 2, 2]);
  assert.deepEqual(
    figures([click('10:00:00', { userAgent: null }), click('10:00:10', { userAgent: '' })]),
    [1, 1, 1, 1],
  );
});

test('given one user name at two addresses, then one who; given nobody at all, then each event is its own', () => {
  const user = { user: 'u' };
  assert.deepEqual(
    figures([click('10:00:00', user), click('10:00:10', { ...user, address: '1.1.1.1' })]),
    [1, 1, 1, 1],
  );
  const nobody = { address: null };
  assert.deepEqual(figures([click('10:00:00', nobody), click('10:00:10', nobody)]), [2, 2, 2, 2]);
});

test('given two works 10 s apart, then each has its click and its session', () => {
  assert.deepEqual(
    figures([click('10:00:00'), click('10:00:10', { work: 'doi:10.1234/two' })]),
    [2, 2, 2, 2],
  );
});

test('given a session from two countries, then it counts in that of its first kept click, for each metric', () => {
  const events = [
    click('10:00:00', { ...page, session: 's', country: 'DE' }),
    click('10:05:00', { session: 's', country: 'NL' }),
    click('10:06:00', { session: 's', country: 'DE' }),
  ];
  assert.deepEqual(
    figures(events, (cell) => cell.country === 'DE'),
    [1, 0, 2, 1],
  );
  assert.deepEqual(
    figures(events, (cell) => cell.country === 'NL'),
    [1, 1, 1, 0],
  );
  assert.deepEqual(figures(events), [2, 1, 3, 1]);
});

test('given equal times in two countries, then the greater identity is the kept click', () => {
  const [first, second] = [click('10:00:00', { country: 'DE' }), click('10:00:00', { country: 'NL' })];
  assert.deepEqual([...countByDefinition([second, first]).keys()], ['doi:10.1234/one 2024-06-15 NL']);
});

test('property: unique ≤ total in every cell, requests ≤ investigations in every work-day', () => {
  fc.assert(
    fc.property(anyEvents, (events) => {
      const days = new Set<string>();
      for (const cell of countByDefinition(events).values()) {
        days.add(cell.day);
        assert.ok(cell.unique_item_requests <= cell.total_item_requests);
        assert.ok(cell.unique_item_investigations <= cell.total_item_investigations);
        assert.ok(cell.total_item_requests <= cell.total_item_investigations);
      }
      for (const day of days) {
        for (const work of ['w1', 'w2']) {
          const sums = figures(events, (cell) => cell.day === day && cell.work === work);
          assert.ok((sums[1] ?? 0) <= (sums[3] ?? 0));
        }
      }
    }),
  );
});

test('property: the order of delivery does not matter', () => {
  fc.assert(
    fc.property(anyEvents, fc.infiniteStream(fc.nat()), (events, numbers) => {
      const shuffled = events
        .map((event) => ({ event, place: numbers.next().value ?? 0 }))
        .sort((a, b) => a.place - b.place)
        .map(({ event }) => event);
      assert.deepEqual(
        new Map([...countByDefinition(shuffled)].sort()),
        new Map([...countByDefinition(events)].sort()),
      );
    }),
  );
});

test('property: countries add up to what is counted when everything comes from one country', () => {
  fc.assert(
    fc.property(anyEvents, (events) => {
      const oneCountry = events.map((event) => ({ ...event, country: 'ZZ' }));
      assert.deepEqual(figures(events), figures(oneCountry));
    }),
  );
});
