import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exclusionOf, isValid, type JudgedEvent } from './validity.ts';

const good: JudgedEvent = { kind: 'request', method: 'GET', status: 200, excludedClass: false, robot: false };

test('given request or investigation, GET or no method, 200, 304 or no status, then the event is valid', () => {
  for (const kind of ['request', 'investigation'] as const) {
    for (const method of ['GET', null]) {
      for (const status of [200, 304, null]) {
        assert.equal(isValid({ ...good, kind, method, status }), true);
      }
    }
  }
});

test('given another kind, method, status, class or a robot, then the rule that takes the event is named', () => {
  assert.equal(exclusionOf({ ...good, kind: 'other' }), 'kind');
  for (const method of ['HEAD', 'POST', '']) assert.equal(exclusionOf({ ...good, method }), 'method');
  for (const status of [206, 301, 302, 404, 500, 0]) assert.equal(exclusionOf({ ...good, status }), 'status');
  assert.equal(exclusionOf({ ...good, excludedClass: true }), 'class');
  assert.equal(exclusionOf({ ...good, robot: true }), 'robot');
  assert.equal(exclusionOf({ ...good, method: 'HEAD', status: 404, robot: true }), 'method');
});
