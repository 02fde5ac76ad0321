import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMetrics } from './index.ts';

test('given an answered request, then its time is counted by method, route and status', async () => {
  const metrics = createMetrics();
  metrics.observeRequest('GET', '/api/works/:id', 200, 0.004);
  const text = await metrics.text();
  assert.match(
    text,
    /almanac_http_request_seconds_count\{method="GET",route="\/api\/works\/:id",status="200"\} 1/,
  );
  assert.match(text, /process_resident_memory_bytes \d+/);
});

test('given counters and gauges of a room, then they appear with the prefix', async () => {
  const metrics = createMetrics();
  metrics.counter({ name: 'events_total', help: 'Events', labels: ['kind'] }).inc({ kind: 'request' }, 3);
  metrics.gauge({ name: 'queued', help: 'Waiting', collect: async () => 7 });
  const text = await metrics.text();
  assert.match(text, /almanac_events_total\{kind="request"\} 3/);
  assert.match(text, /almanac_queued 7/);
});

test('given a gauge that cannot be read, then the other figures still come', async () => {
  const metrics = createMetrics();
  metrics.gauge({ name: 'broken', help: 'x', collect: () => Promise.reject(new Error('away')) });
  metrics.gauge({ name: 'fine', help: 'x', collect: () => 1 });
  assert.match(await metrics.text(), /almanac_fine 1/);
});
