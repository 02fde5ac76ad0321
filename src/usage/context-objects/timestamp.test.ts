import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseTimestamp } from './timestamp.ts';

const good: [text: string, utc: string][] = [
  ['2010-06-30T23:59:50Z', '2010-06-30T23:59:50.000Z'],
  ['2010-06-30T23:59:50', '2010-06-30T23:59:50.000Z'],
  ['2010-06-30T23:59', '2010-06-30T23:59:00.000Z'],
  ['2010-07-01T01:59:50+02:00', '2010-06-30T23:59:50.000Z'],
  ['2010-07-01T01:59:50+0200', '2010-06-30T23:59:50.000Z'],
  ['2010-06-30T18:29:50-05:30', '2010-06-30T23:59:50.000Z'],
  ['2010-07-01T00:59:50+01', '2010-06-30T23:59:50.000Z'],
  ['2010-06-30T23:59:50.123Z', '2010-06-30T23:59:50.123Z'],
  ['2010-06-30T23:59:50.1239999', '2010-06-30T23:59:50.123Z'],
  ['2010-06-30T23:59:50,5Z', '2010-06-30T23:59:50.500Z'],
  ['20100630T235950Z', '2010-06-30T23:59:50.000Z'],
  ['2010-06-30T24:00:00Z', '2010-07-01T00:00:00.000Z'],
  ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
  ['2012-02-29T00:00:00Z', '2012-02-29T00:00:00.000Z'],
];

for (const [text, utc] of good) {
  test(`given ${text}, when read, then it is ${utc}`, () => {
    const time = parseTimestamp(text);
    assert.equal(time === null ? null : new Date(time).toISOString(), utc);
  });
}

const bad = [
  '',
  'yesterday',
  '2010-06-30',
  '2010-06-30Z',
  '2010-06',
  '2010-06-30 23:59:50',
  '2010-13-01T00:00:00Z',
  '2010-00-01T00:00:00Z',
  '2010-06-31T00:00:00Z',
  '2011-02-29T00:00:00Z',
  '1900-02-29T00:00:00Z',
  '2010-06-30T25:00:00Z',
  '2010-06-30T24:00:01Z',
  '2010-06-30T23:60:00Z',
  '2010-06-30T23:59:61Z',
  '2010-06-30T23:59:50+24:00',
  '2010-06-30T23:59:50+02:60',
  '2010-06-30T23:59:50.Z',
  '30/Jun/2010:23:59:50 +0200',
  '1277942390',
];

for (const text of bad) {
  test(`given ${JSON.stringify(text)}, when read, then it is none`, () =>
    assert.equal(parseTimestamp(text), null));
}

test('given any time in any zone, when written and read, then it is the same instant', () => {
  const times = fc.date({ min: new Date('1000-01-01'), max: new Date('9000-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(times, fc.integer({ min: -14 * 60, max: 14 * 60 }), (time, offset) => {
      const local = new Date(time.getTime() + offset * 60_000).toISOString().slice(0, -1);
      const two = (number: number) => String(number).padStart(2, '0');
      const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
      assert.equal(parseTimestamp(local + zone), time.getTime());
    }),
  );
});
