import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pauseMs, retryAfterMs } from './retry.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const cases = [
  [null, null],
  ['0', 0],
  [' 12 ', 12_000],
  ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
  ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
  ['soon', null],
] as const;
for (const [header, expected] of cases) {
  test(`given Retry-After ${header}, when read, then the wait is ${expected} ms`, () => {
    assert.equal(retryAfterMs(header, NOW), expected);
  });
}

test('given no Retry-After, when a call is tried again, then the pause doubles up to 10 s', () => {
  assert.deepEqual(
    [1, 2, 3, 6, 7, 50].map((attempt) => pauseMs(attempt, null)),
    [250, 500, 1000, 8000, 10_000, 10_000],
  );
  assert.equal(pauseMs(1, 120_001), null);
});
