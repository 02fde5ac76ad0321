import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createProgress, progressLine } from './progress.ts';

function screen(isTTY: boolean) {
  const written: string[] = [];
  return { written, stream: { isTTY, columns: 80, write: (text: string) => written.push(text) } };
}

test('given nobody watches, then nothing is written', () => {
  const { written, stream } = screen(false);
  const progress = createProgress(stream);
  progress.start('Reading');
  progress.total(10);
  progress.advance(10);
  progress.end();
  assert.deepEqual(written, []);
});

test('given a terminal, then the bar shows share, done and total, rate and time left', () => {
  const line = progressLine({ stage: 'Reading', done: 1_500_000, total: 6_000_000, seconds: 3 }, 80);
  assert.equal(line, 'Reading [########----------------------]  25 %  1.5M/6.0M  500k/s  0:09 left');
});

test('given the end of a stage, then the bar is full and says how long it took', () => {
  assert.match(
    progressLine({ stage: 'Counting', done: 10, total: 10, seconds: 75 }, 80),
    /100 % {2}10\/10 {2}0\/s {2}1:15$/,
  );
});

test('given an unknown total, then only what is done and the rate are shown', () => {
  assert.equal(progressLine({ stage: 'Counting', done: 42, total: 0, seconds: 2 }, 80), 'Counting  42  21/s');
});

test('given many small steps, then the line is drawn ten times a second at most', () => {
  const { written, stream } = screen(true);
  let time = 0;
  const progress = createProgress(stream, () => time);
  progress.start('Reading');
  progress.total(1000);
  for (let step = 0; step < 1000; step++) {
    time += 1;
    progress.advance(1);
  }
  progress.end();
  assert.ok(written.length <= 2 + 10 + 2, `${written.length} writes`);
  assert.equal(written.at(-1), '\n');
  assert.match(written.at(-2) ?? '', /1.0k\/1.0k/);
});

test('given any numbers and width, then the line never wraps', () => {
  fc.assert(
    fc.property(
      fc.record({
        stage: fc.string({ maxLength: 30 }),
        done: fc.nat(),
        total: fc.nat(),
        seconds: fc.double({ min: 0, max: 1e6, noNaN: true }),
      }),
      fc.integer({ min: 10, max: 200 }),
      (state, columns) => progressLine(state, columns).length < columns,
    ),
  );
});
