import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { clusters } from './clusters.ts';

const points = fc.array(
  fc.record({
    id: fc.uuid(),
    name: fc.string(),
    x: fc.double({ min: 0, max: 960, noNaN: true }),
    y: fc.double({ min: 0, max: 480, noNaN: true }),
  }),
);

test('given any points, when clustered, then each is counted once and the largest come first', () => {
  fc.assert(
    fc.property(points, (given) => {
      const found = clusters(given, 14);
      assert.equal(
        found.reduce((sum, { count }) => sum + count, 0),
        given.length,
      );
      for (const [at, { count }] of found.entries()) assert.ok(count <= (found[at - 1]?.count ?? count));
    }),
  );
});

test('given two points in a cell and one apart, then there are a cluster in their middle and a point that knows its id', () => {
  const point = (id: string, x: number, y: number) => ({ id, name: id, x, y });
  assert.deepEqual(clusters([point('a', 1, 1), point('b', 3, 5), point('c', 100, 100)], 14), [
    { x: 2, y: 3, count: 2, names: ['a', 'b'], id: null },
    { x: 100, y: 100, count: 1, names: ['c'], id: 'c' },
  ]);
});

test('given 100,000 points, when clustered, then one pass over them is enough', () => {
  const many = Array.from({ length: 100_000 }, (_, at) => ({
    id: String(at),
    name: 'x',
    x: (at * 7) % 960,
    y: (at * 13) % 480,
  }));
  assert.ok(clusters(many, 14).length <= 69 * 35);
});
