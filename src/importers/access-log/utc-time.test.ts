import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readClfTime, readIsoTime } from './utc-time.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const clf = [
  ['17/May/2015:10:05:03 +0000', '2015-05-17T10:05:03.000Z'],
  ['01/Jan/2016:00:30:00 +0200', '2015-12-31T22:30:00.000Z'],
  ['31/Dec/2015:23:30:00 -0500', '2016-01-01T04:30:00.000Z'],
  ['29/Feb/2016:12:00:00 +0530', '2016-02-29T06:30:00.000Z'],
  ['30/Jun/2015:23:59:60 +0000', '2015-07-01T00:00:00.000Z'],
  ['29/Feb/2015:12:00:00 +0000', null],
  ['31/Apr/2015:12:00:00 +0000', null],
  ['00/May/2015:12:00:00 +0000', null],
  ['17/may/2015:10:05:03 +0000', null],
  ['17/May/2015:24:05:03 +0000', null],
  ['17/May/2015:10:60:03 +0000', null],
  ['17/May/2015:10:05:03 +1500', null],
  ['17/May/2015:10:05:03  0000', null],
  ['17/May/2015 10:05:03 +0000', null],
  ['17/May/2015', null],
] as const;

for (const [text, expected] of clf) {
  test(`given the log time ${text}, when read, then it is ${expected ?? 'no time'}`, () => {
    const time = readClfTime(text, 0);
    assert.equal(Number.isNaN(time) ? null : new Date(time).toISOString(), expected);
  });
}

const iso = [
  ['2018-05-01T00:00:40-07:00', '2018-05-01T07:00:40.000Z'],
  ['2018-05-01T00:00:40-0500', '2018-05-01T05:00:40.000Z'],
  ['2018-05-01T00:00:40Z', '2018-05-01T00:00:40.000Z'],
  ['2018-05-01 00:00:40', '2018-05-01T00:00:40.000Z'],
  ['2018-05-01T00:00:40.123456+02', '2018-04-30T22:00:40.123Z'],
  ['2018-05-01', null],
  ['2018-13-01T00:00:40Z', null],
  ['yesterday', null],
] as const;

for (const [text, expected] of iso) {
  test(`given the ISO time ${text}, when read, then it is ${expected ?? 'no time'}`, () => {
    const time = readIsoTime(text);
    assert.equal(Number.isNaN(time) ? null : new Date(time).toISOString(), expected);
  });
}

test('property: any time printed in any zone is read back', () => {
  const instants = fc.date({ min: new Date('1900-01-02'), max: new Date('2199-12-30'), noInvalidDate: true });
  const zones = fc.integer({ min: -12 * 60, max: 14 * 60 });
  fc.assert(
    fc.property(instants, zones, (instant, zone) => {
      const seconds = Math.floor(instant.getTime() / 1000) * 1000;
      const local = new Date(seconds + zone * 60_000);
      const two = (value: number) => String(value).padStart(2, '0');
      const offset = `${zone < 0 ? '-' : '+'}${two(Math.trunc(Math.abs(zone) / 60))}${two(Math.abs(zone) % 60)}`;
      const clock = local.toISOString().slice(11, 19);
      const month = MONTHS[local.getUTCMonth()];
      const printed = `${two(local.getUTCDate())}/${month}/${local.getUTCFullYear()}:${clock} ${offset}`;
      assert.equal(readClfTime(`[${printed}]`, 1), seconds);
      assert.equal(readIsoTime(local.toISOString().slice(0, 19) + offset), seconds);
    }),
  );
});
