import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Granularity, type Piece, piecesOf } from './periods.ts';

const DAY = 86_400_000;
const dayName = (number: number): string => new Date(number * DAY).toISOString().slice(0, 10);
const first = Date.parse('2019-11-25') / DAY;
const last = Date.parse('2024-03-05') / DAY;

/** Days of these years, borders of months and years more often. */
const anyDay = fc.oneof(
  fc.integer({ min: first, max: last }).map(dayName),
  fc.constantFrom(
    '2019-12-31',
    '2020-01-01',
    '2020-02-29',
    '2020-12-31',
    '2021-01-01',
    '2021-02-28',
    '2021-03-01',
    '2022-12-01',
    '2023-12-31',
  ),
);

/** The first day of every stored period of a grain, with the days it stands for. */
function daysOf(piece: Piece): string[] {
  const days: string[] = [];
  for (let number = first - 40; number <= last + 40; number++) {
    const day = dayName(number);
    const period = { d: day, m: `${day.slice(0, 7)}-01`, y: `${day.slice(0, 4)}-01-01`, t: '1970-01-01' }[
      piece.grain
    ];
    if (period >= piece.from && period <= piece.until) days.push(day);
  }
  return days;
}

const coarseness = { d: 0, m: 1, y: 2, t: 3 };
const coarsest: Record<Granularity, number> = { day: 0, month: 1, year: 2, total: 3 };

test('property: the pieces of a range cover each of its days once and no other, none coarser than the series', () => {
  const granularity = fc.constantFrom<Granularity>('total', 'year', 'month', 'day');
  fc.assert(
    fc.property(fc.option(anyDay), fc.option(anyDay), granularity, (from, until, grain) => {
      const pieces = piecesOf(from, until, grain);
      const expected: string[] = [];
      for (let number = first - 40; number <= last + 40; number++) {
        const day = dayName(number);
        if ((from === null || day >= from) && (until === null || day <= until)) expected.push(day);
      }
      assert.deepEqual(pieces.flatMap(daysOf).sort(), expected);
      assert.ok(pieces.every((piece) => coarseness[piece.grain] <= coarsest[grain]));
      assert.ok(pieces.length <= 5);
    }),
    { numRuns: 300 },
  );
});

test('given whole periods, then they are read as such', () => {
  assert.deepEqual(piecesOf('2020-01-01', '2021-12-31', 'total'), [
    { grain: 'y', from: '2020-01-01', until: '2021-01-01' },
  ]);
  assert.deepEqual(piecesOf('2020-02-01', '2020-02-29', 'total'), [
    { grain: 'm', from: '2020-02-01', until: '2020-02-01' },
  ]);
  assert.deepEqual(piecesOf('2020-02-01', '2020-02-29', 'day'), [
    { grain: 'd', from: '2020-02-01', until: '2020-02-29' },
  ]);
  assert.deepEqual(piecesOf(null, null, 'total'), [{ grain: 't', from: '1970-01-01', until: '1970-01-01' }]);
  assert.deepEqual(piecesOf('2020-02-02', '2020-02-01', 'month'), []);
});
