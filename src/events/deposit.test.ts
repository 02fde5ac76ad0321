import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type DepositContext, readDeposit } from './deposit.ts';
import { findRelation, RELATION_NAMES } from './relations.ts';
import { readTime } from './time.ts';

const context: DepositContext = {
  account: 'depositor',
  now: Date.parse('2024-06-15T12:00:00Z'),
  judges: false,
  sources: new Map([
    ['crossref', { cumulative: false, state: 'active' }],
    ['mendeley', { cumulative: true, state: 'active' }],
  ]),
};
const simple = { subj_id: 'https://a.example/', obj_id: '10.1234/x', source_id: 'crossref' };

function idOf(more: object): string {
  const read = readDeposit({ ...simple, ...more }, context);
  assert.ok(read.ok, JSON.stringify(read));
  return read.deposit.id;
}

test('given deposits without a uuid, then what says the same in other spellings has the same id', () => {
  const id = idOf({ relation_type_id: 'cites', occurred_at: '2024-01-01T00:00:00Z' });
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const backwards = { subj_id: 'doi:10.1234/X', obj_id: 'https://A.example', relation_type_id: 'IsCitedBy' };
  assert.equal(idOf({ ...backwards, occurred_at: '2024-01-01T01:00:00.5+01:00' }), id);
  assert.notEqual(idOf({ relation_type_id: 'cites' }), id);
  // Of a snapshot the time is no part.
  const snapshot = { source_id: 'mendeley', total: 3 };
  assert.equal(idOf({ ...snapshot, occurred_at: '2024-01-01' }), idOf(snapshot));
});

test('given the table of relation types, then there are 51 names, each with an inverse that leads back', () => {
  assert.equal(RELATION_NAMES.length, 51);
  for (const name of RELATION_NAMES) {
    const relation = findRelation(name);
    assert.equal(relation?.name, name);
    assert.equal(
      findRelation(relation?.isInverse ? relation.active : (relation?.inverse ?? ''))?.id,
      relation?.id,
    );
    const camel = name.replaceAll(/(?:^|_)([a-z])/g, (_all, letter: string) => letter.toUpperCase());
    assert.equal(findRelation(camel)?.name, name);
    assert.equal(findRelation(name.replaceAll('_', '-'))?.name, name);
  }
});

test('given times, then ISO 8601 with a zone and dates are read, days that no calendar has are not', () => {
  const times: Record<string, string | null> = {
    '2016-11-25': '2016-11-25T00:00:00.000Z',
    '2016-11-25T23:41:09Z': '2016-11-25T23:41:09.000Z',
    '2016-11-25T23:41:09.123456+02:00': '2016-11-25T21:41:09.000Z',
    '2016-11-25T23:41-0130': '2016-11-26T01:11:00.000Z',
    '2016-02-29': '2016-02-29T00:00:00.000Z',
    '2015-02-29': null,
    '2016-13-01': null,
    '2016-11-25T23:41:09': null,
    '2016-11-25 23:41:09Z': null,
    '25-11-2016': null,
    '': null,
  };
  for (const [text, time] of Object.entries(times)) {
    const at = readTime(text);
    assert.equal(at === null ? null : new Date(at).toISOString(), time, text);
  }
});

test('given anything as a deposit, then it is read or its faults are named, and nothing throws', () => {
  const fields = [
    ...[
      'uuid',
      'subj_id',
      'obj_id',
      'relation_type_id',
      'source_id',
      'total',
      'total_type',
      'occurred_at',
      'subj',
    ],
    ...['obj', 'extra', 'message_type', 'message_action', 'other'],
  ];
  const values = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom(
      '10.1234/a',
      'https://b.example/',
      'crossref',
      'mendeley',
      'work',
      'delete',
      '2024-01-01',
      3,
      {},
    ),
  );
  const items = fc.dictionary(fc.constantFrom(...fields), values);
  fc.assert(
    fc.property(fc.oneof(items, fc.jsonValue()), (item) => {
      const read = readDeposit(item, context);
      if (read.ok) assert.match(read.deposit.id, /^[0-9a-f-]{36}$/);
      else assert.ok(read.faults.length > 0 && read.faults.every(({ message }) => message.length > 0));
    }),
    { numRuns: 2_000 },
  );
});
