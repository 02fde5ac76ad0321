import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onPeriods, periodsOf } from './figures.ts';
import { readQuestion, without } from './question.ts';

const read = (query: string) => readQuestion(new URLSearchParams(query), 'partner');

test('given an address, when read, then dates, steps and others are understood and the rest is left alone', () => {
  assert.deepEqual(
    read('from=2025-01-01&until=2025-06-30&by=day&with=doi-holder&with=scholar:orcid:0000&top=100&x=1'),
    {
      from: '2025-01-01',
      until: '2025-06-30',
      granularity: 'day',
      others: [
        { type: 'partner', id: 'doi-holder', asked: 'doi-holder' },
        { type: 'scholar', id: 'orcid:0000', asked: 'scholar:orcid:0000' },
      ],
      top: 100,
    },
  );
});

test('given dates that are none or the wrong way round, when read, then they are as if not there', () => {
  assert.deepEqual(read('from=2025-13-01&until=soon&by=total&with=&top=11'), {
    from: undefined,
    until: undefined,
    granularity: 'month',
    others: [],
    top: 10,
  });
  assert.equal(read('from=2025-05-01&until=2025-04-01').until, undefined);
});

test('given seven others, when read, then five are compared', () => {
  assert.equal(read('with=a&with=b&with=c&with=d&with=e&with=f&with=g').others.length, 5);
});

test('given a subject to leave out, when its link is made, then the others stay', () => {
  assert.equal(without('?with=partner%3Aa&with=b&by=year', 'b'), '?with=partner%3Aa&by=year');
});

test('given two series, when put on common periods, then gaps are zero', () => {
  const figure = (period: string, requests: number) => ({
    period,
    total_item_requests: requests,
    unique_item_requests: 0,
    total_item_investigations: 0,
    unique_item_investigations: 0,
  });
  const one = [figure('2025-01', 4)];
  const periods = periodsOf([one, [figure('2025-03', 9)]]);
  assert.deepEqual(periods, ['2025-01', '2025-02', '2025-03']);
  assert.deepEqual(
    onPeriods(one, periods).map((row) => row.total_item_requests),
    [4, 0, 0],
  );
});
