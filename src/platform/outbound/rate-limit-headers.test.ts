import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RateLimit, readRateLimit } from './rate-limit-headers.ts';

const now = Date.UTC(2025, 0, 1);
const cases: [string, Record<string, string>, RateLimit][] = [
  ['no headers', {}, {}],
  ['plenty left', { 'ratelimit-limit': '100', 'ratelimit-remaining': '2', 'ratelimit-reset': '9' }, {}],
  [
    '1 % left',
    { 'ratelimit-limit': '100', 'ratelimit-remaining': '1', 'ratelimit-reset': '9' },
    { pauseUntil: now + 9_000 },
  ],
  [
    'none left, limit unknown',
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9' },
    { pauseUntil: now + 9_000 },
  ],
  ['one left, limit unknown', { 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '9' }, {}],
  ['none left, no reset', { 'x-ratelimit-remaining': '0' }, {}],
  [
    'reset in seconds since 1970',
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${now / 1000 + 5}` },
    { pauseUntil: now + 5_000 },
  ],
  [
    'reset in ms since 1970',
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${now + 5_000}` },
    { pauseUntil: now + 5_000 },
  ],
  [
    "CORE's date",
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-retry-after': '2025-01-01T00:00:07+0000' },
    { pauseUntil: now + 7_000 },
  ],
  [
    'hyphenated family',
    { 'x-rate-limit-limit': '200', 'x-rate-limit-remaining': '2', 'x-rate-limit-reset': '3' },
    { pauseUntil: now + 3_000 },
  ],
  ['draft 7', { ratelimit: 'limit=100, remaining=0, reset=4' }, { pauseUntil: now + 4_000 }],
  [
    'draft 8',
    { ratelimit: '"default";r=1;t=4', 'ratelimit-policy': '"default";q=100;w=60' },
    { pauseUntil: now + 4_000 },
  ],
  ['draft 8, plenty', { ratelimit: '"default";r=50;t=4', 'ratelimit-policy': '"default";q=100;w=60' }, {}],
  [
    "Crossref's rate",
    { 'x-rate-limit-limit': '50', 'x-rate-limit-interval': '1s', 'x-concurrency-limit': '3' },
    { rate: { requests: 50, perMs: 1000 }, concurrency: 3 },
  ],
  [
    'Retry-After beats an earlier reset',
    { 'retry-after': '20', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '9' },
    { pauseUntil: now + 20_000 },
  ],
  [
    'nonsense',
    {
      'x-ratelimit-remaining': 'some',
      'x-rate-limit-limit': '0',
      'x-rate-limit-interval': 'a while',
      'retry-after': '?',
    },
    {},
  ],
];

for (const [what, headers, expected] of cases) {
  test(`given ${what}, when the headers are read, then pause and rate are as the host meant them`, () => {
    assert.deepEqual(readRateLimit(headers, now), expected);
  });
}
