import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesOf, comparisonOf, type Version } from './history.ts';
import { holdingsOf } from './holdings.ts';
import { isWebAddress } from './identity.ts';
import { suppliedBy } from './provenance.ts';
import { cut, languageFor } from './shown.ts';

const current = { ver: 3, version_created: '2025-03-01T00:00:00Z', register: { a: 3, b: 1, c: 1 } };
const history: Version[] = [
  {
    ver: 2,
    version_created: '2025-02-01T00:00:00Z',
    superseded: '2025-03-01T00:00:00Z',
    triggered_by_account: 'anna',
    register: { a: 2, b: 1 },
  },
  {
    ver: 1,
    version_created: '2025-01-01T00:00:00Z',
    superseded: '2025-02-01T00:00:00Z',
    triggered_by_account: 'bert',
    register: { a: 2 },
  },
];

test('given a history, when asked who supplied what, then it is the last account that changed the field', () => {
  assert.deepEqual(suppliedBy(current.register, history), [
    { field: 'a', account: 'anna', since: '2025-03-01T00:00:00Z' },
    { field: 'b', account: 'bert', since: '2025-02-01T00:00:00Z' },
    { field: 'c', account: 'anna', since: '2025-03-01T00:00:00Z' },
  ]);
  assert.deepEqual(suppliedBy({ a: 1 }, []), [{ field: 'a', account: null, since: null }]);
});

test('given a history, when listed, then each version tells how much the change that ended it changed', () => {
  assert.deepEqual(
    changesOf(current, history, 20).map(({ ver, account, differences }) => [ver, account, differences]),
    [
      [2, 'anna', 2],
      [1, 'bert', 1],
    ],
  );
});

test('given any two versions in the address, when compared, then in the order asked, and an unknown one is said', () => {
  const compare = (query: string) => comparisonOf(new URLSearchParams(query), current, history);
  assert.equal(compare('from=1&to=3')?.differences?.length, 3);
  assert.equal(
    compare('from=3&to=1')?.differences?.find(({ kind }) => kind === 'removed') !== undefined,
    true,
  );
  assert.equal(compare('from=1&to=9')?.differences, null);
  assert.equal(compare(''), null);
});

test('given statistics, when grouped, then the oldest comes first and the last of a day counts', () => {
  const statistic = (date: string, value: number) => ({
    id: `${date}${value}`,
    about: 'r',
    value,
    type: 'item_count',
    date: `${date}T00:00:00Z`,
    third_party: 'demo',
  });
  const [holdings] = holdingsOf([statistic('2025-02-01', 20), statistic('2025-01-01', 10)]);
  assert.deepEqual(
    holdings?.values.map(({ value }) => value),
    [10, 20],
  );
  assert.equal(holdings?.latest.value, 20);
});

test('given languages of a record, when one is wished, then it or its parent is shown, else none', () => {
  const register = {
    metadata: [
      { lang: 'en', default: true, record: {} },
      { lang: 'fr', record: {} },
    ],
  };
  assert.equal(languageFor(register, 'fr-CA'), 'fr');
  assert.equal(languageFor(register, 'de'), null);
});

test('given hostile addresses and endless names, when shown, then they are no links and no endless headings', () => {
  for (const text of [
    'javascript:alert(1)',
    'data:text/html,x',
    'https://',
    'https://a b',
    ' https://a.example',
  ])
    assert.equal(isWebAddress(text), false, text);
  assert.equal(isWebAddress('https://a.example/x?y#z'), true);
  assert.equal([...cut('🗂'.repeat(5000), 300)].length, 300);
});
