import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cutAtAntimeridian } from './antimeridian.ts';
import { classBounds, classOf } from './classes.ts';
import { periodsBetween } from './periods.ts';
import { ticksBetween, ticksUpTo } from './ticks.ts';
import { world, worldFile } from './world.server.ts';

test('given a largest value, when a scale is made, then it begins at zero, covers it and has round steps', () => {
  assert.deepEqual(ticksUpTo(130), [0, 50, 100, 150]);
  assert.deepEqual(ticksUpTo(3), [0, 1, 2, 3]);
  assert.deepEqual(ticksUpTo(0), [0, 1]);
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e12, noNaN: true }), (most) => {
      const ticks = ticksUpTo(most);
      assert.ok(ticks[0] === 0 && (ticks.at(-1) ?? 0) >= most && ticks.length <= 12, ticks.join());
    }),
  );
});

test('given values far from zero, when a scale is made, then it does not begin at zero', () => {
  assert.deepEqual(ticksBetween(4607, 5149), [4600, 4800, 5000, 5200]);
  assert.deepEqual(ticksBetween(5, 5), [0, 2, 4, 6]);
});

test('given a first and a last period, when the ones between are listed, then none is missing', () => {
  assert.deepEqual(periodsBetween('2023-11', '2024-02'), ['2023-11', '2023-12', '2024-01', '2024-02']);
  assert.deepEqual(periodsBetween('2024-02-28', '2024-03-01'), ['2024-02-28', '2024-02-29', '2024-03-01']);
  assert.deepEqual(periodsBetween('2019', '2021'), ['2019', '2020', '2021']);
  assert.deepEqual(periodsBetween('total', 'total'), ['total']);
});

test('given values, when classed for a map, then every one has a class and larger ones never a lower one', () => {
  assert.deepEqual(classBounds([7]), [7]);
  assert.deepEqual(classBounds([0]), []);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1 }), (values) => {
      const bounds = classBounds(values);
      const classes = values.toSorted((a, b) => a - b).map((value) => classOf(value, bounds));
      assert.ok(
        bounds.length <= 5 && classes.every((one, place) => one >= 0 && one >= (classes[place - 1] ?? 0)),
      );
    }),
  );
});

test('given a ring over the 180th meridian, when cut, then no part of it crosses the map', () => {
  const parts = cutAtAntimeridian([
    [170, 60],
    [-170, 60],
    [-170, 70],
    [170, 70],
  ]);
  const spans = parts.map((part) => part.map(([longitude]) => longitude));
  assert.deepEqual(spans.map((span) => [Math.min(...span), Math.max(...span)]).sort(), [
    [-180, -170],
    [170, 180],
  ]);
});

test('given the atlas, when drawn, then countries and small islands are there once, and no shape spans the map', () => {
  const shapes = world();
  const codes = shapes.map(({ code }) => code);
  for (const code of ['FR', 'RU', 'FJ', 'XK', 'MT', 'SG']) assert.ok(codes.includes(code), code);
  assert.equal(new Set(codes).size, codes.length);
  const russia = shapes.find(({ code }) => code === 'RU')?.drawn;
  assert.ok(russia !== undefined && 'path' in russia);
  for (const ring of russia.path.split('M').slice(1)) {
    const xs = ring
      .split(/[LZ]/)
      .filter(Boolean)
      .map((point) => Number(point.split(' ')[0]));
    assert.ok(Math.max(...xs) - Math.min(...xs) < 700);
  }
  assert.ok(worldFile().length < 150_000);
});
