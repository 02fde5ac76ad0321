import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createColumn, eachValue, setValues, trimColumn, valuesAt } from './column.ts';

const slots = 12;
const change = fc.tuple(
  fc.nat(slots - 1),
  fc.array(fc.nat(50), { maxLength: 6 }),
  fc.integer({ min: 0, max: 9 }),
);

test('property: a column holds what was set last, however often lists came, went and were moved', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 200 }), fc.boolean(), (changes, isLarge) => {
      const column = createColumn();
      const expected = new Map<number, number[]>();
      for (const [slot, values, trims] of changes) {
        // Of a thousand slots it stays sparse.
        setValues(column, slot, values, isLarge ? 1_000 : slots);
        expected.set(slot, values);
        if (trims === 0) trimColumn(column);
      }
      const found = new Map<number, number[]>();
      eachValue(column, (slot, number) => found.set(slot, [...(found.get(slot) ?? []), number]));
      for (let slot = 0; slot < slots; slot++) {
        assert.deepEqual(valuesAt(column, slot), expected.get(slot) ?? []);
        assert.deepEqual(found.get(slot) ?? [], expected.get(slot) ?? []);
      }
      const filled = [...expected.values()].filter(({ length }) => length > 0);
      assert.equal(column.filled, filled.length);
    }),
    { numRuns: 300 },
  );
});

test('given lists that are replaced over and over, then their room is used again', () => {
  const column = createColumn();
  for (let round = 0; round < 10_000; round++) setValues(column, round % 100, [1, 2, 3], 100);
  assert.ok(column.pool.length < 2_000, `${column.pool.length} numbers for 400`);
});
