import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { earliestDate, publicationDate } from './publication-date.ts';

test('given dates as repositories write them, when read, then they have one form', () => {
  const cases: [string, string | null][] = [
    ['2004', '2004'],
    ['2003-04', '2003-04'],
    ['1999-11-16', '1999-11-16'],
    [' 2009-10-13T09:10:26Z ', '2009-10-13'],
    ['2015-01-12T13:39:50', '2015-01-12'],
    ['2016-05-02T18:20:13.329+02:00', '2016-05-02'],
    ['1993-1-01', '1993-01-01'],
    ['2016/1/31', '2016-01-31'],
    ['20050518', '2005-05-18'],
    ['2016 (issued)', null],
    ['2014 through 2016', null],
    ['2015-02-30', null],
    ['2015-13', null],
    ['0000', null],
    ['', null],
  ];
  for (const [text, date] of cases) assert.equal(publicationDate(text), date, text);
});

test('given several dates, when the earliest is asked, then texts that are no dates do not matter', () => {
  assert.equal(earliestDate(['2009-10-13T09:10:26Z', 'no date', '1999-11-16', '1999-12']), '1999-11-16');
  assert.equal(earliestDate(['forthcoming']), null);
});

test('given any day of the calendar, when read, then reading its form again changes nothing', () => {
  const day = fc.date({ min: new Date('1000-01-01'), max: new Date('2999-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(day, (date) => {
      const read = publicationDate(date.toISOString());
      assert.equal(read, date.toISOString().slice(0, 10));
      assert.equal(publicationDate(read ?? ''), read);
    }),
  );
});
