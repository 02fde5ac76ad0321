import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Finding, findingOfFailure, findingOfReading, findingOfStatus } from './findings.ts';
import { judge, type MentionState } from './verdict.ts';

const MINUTE = 60_000;
const fresh: MentionState = { live: false, everAccepted: false, tries: 0 };
const known: MentionState = { live: true, everAccepted: true, tries: 0 };
const deleted: MentionState = { live: false, everAccepted: true, tries: 0 };

const linked: Finding = {
  kind: 'linked',
  mention: { relation: 'likes', title: null, author: null, published: null },
};

const short = (finding: Finding, state: MentionState) => {
  const { deposit, status, reason, retryAfter } = judge(finding, state);
  return [deposit, status, reason, retryAfter];
};

test('given the link, then an event is added, whatever was before', () => {
  for (const state of [fresh, known, deleted])
    assert.deepEqual(short(linked, state), ['add', 'accepted', null, null]);
});

test('given no link, or a source that is gone, then a new mention is rejected and the event of a known one deleted', () => {
  for (const reason of ['no_link', 'gone', 'unsupported_type'] as const) {
    const finding = findingOfReading({ kind: reason });
    assert.deepEqual(short(finding, fresh), [null, 'rejected', reason, null]);
    assert.deepEqual(short(finding, known), ['delete', 'deleted', reason, null]);
    assert.deepEqual(short(finding, deleted), [null, 'deleted', reason, null]);
  }
  assert.deepEqual(short(findingOfStatus(410), known), ['delete', 'deleted', 'gone', null]);
});

test('given another 4xx, a refused address, circles, or a page nobody can read, then a known mention is kept', () => {
  for (const [finding, reason] of [
    [findingOfStatus(404), 'http_404'],
    [findingOfStatus(403), 'http_403'],
    [findingOfStatus(429), 'http_429'],
    [findingOfStatus(304), 'http_304'],
    [findingOfFailure('address'), 'address_not_allowed'],
    [findingOfFailure('redirects'), 'too_many_redirects'],
    [findingOfReading({ kind: 'unreadable' }), 'unreadable'],
  ] as const) {
    assert.deepEqual(short(finding, fresh), [null, 'rejected', reason, null]);
    assert.deepEqual(short(finding, known), [null, 'accepted', reason, null]);
    assert.deepEqual(short(finding, deleted), [null, 'deleted', reason, null]);
  }
});

test('given an outage, then it is looked at again after 1 minute, 10 minutes and an hour; a known mention is kept meanwhile', () => {
  for (const [finding, reason] of [
    [findingOfStatus(500), 'http_500'],
    [findingOfStatus(503), 'http_503'],
    [findingOfFailure('timeout'), 'timeout'],
    [findingOfFailure('dns'), 'dns'],
    [findingOfFailure('tls'), 'tls'],
    [findingOfFailure('reset'), 'connection'],
    [findingOfFailure('protocol'), 'connection'],
    [findingOfFailure('suspended'), 'connection'],
  ] as const) {
    for (const [tries, wait] of [1, 10, 60].entries()) {
      assert.deepEqual(short(finding, { ...fresh, tries }), [null, 'queued', reason, wait * MINUTE]);
      assert.deepEqual(short(finding, { ...known, tries }), [null, 'accepted', reason, wait * MINUTE]);
    }
    assert.deepEqual(short(finding, { ...fresh, tries: 3 }), [null, 'rejected', reason, null]);
    assert.deepEqual(short(finding, { ...known, tries: 3 }), [null, 'accepted', reason, null]);
    assert.deepEqual(short(finding, { ...deleted, tries: 3 }), [null, 'deleted', reason, null]);
  }
});
