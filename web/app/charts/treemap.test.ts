import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { squarify } from './treemap.ts';

const space = { x: 0, y: 0, width: 600, height: 400 };

test('given any amounts, when laid out, then each area is in proportion and nothing leaves the space', () => {
  const amounts = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(amounts, (given) => {
      const values = given.toSorted((a, b) => b - a);
      const total = values.reduce((sum, value) => sum + value, 0);
      const boxes = squarify(values, space);
      for (const [at, { x, y, width, height }] of boxes.entries()) {
        const wanted = ((values[at] ?? 0) / total) * 240_000;
        assert.ok(
          Math.abs(width * height - wanted) < 1e-6 * 240_000,
          `area ${width * height}, wanted ${wanted}`,
        );
        assert.ok(x >= -1e-6 && y >= -1e-6 && x + width <= 600.001 && y + height <= 400.001);
      }
    }),
  );
});

test('given equal amounts, when laid out, then the boxes are nearly square', () => {
  for (const { width, height } of squarify([1, 1, 1, 1, 1, 1], space)) {
    assert.ok(Math.max(width / height, height / width) < 1.6);
  }
});

test('given nothing to show, when laid out, then boxes are empty', () => {
  assert.deepEqual(squarify([0], space), [{ x: 0, y: 0, width: 0, height: 0 }]);
  assert.deepEqual(squarify([], space), []);
});
