import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReadModel, parseQuery, put, query, warmUp } from './index.ts';

test('given a register, when it is warmed up, then the same records are found as before', () => {
  const model = createReadModel();
  put(model, { id: 'a', register: { api: [{ api_type: 'oai-pmh' }], operational_status: 'Trial' } });
  const ask = () => {
    const parsed = parseQuery({ q: 'trial' });
    assert.ok(parsed.ok);
    const answer = query(model, parsed.query, () => 0);
    assert.ok(answer.ok);
    return answer.envelope;
  };
  const before = ask();
  warmUp(model, () => 0);
  assert.deepEqual(ask(), before);
  assert.equal(model.changes, 1);
});

test('given a clock that has run out, when warming up, then no round begins', () => {
  const model = createReadModel();
  put(model, { id: 'a', register: { api: [{ api_type: 'oai-pmh' }] } });
  let time = 0;
  warmUp(model, () => time++ * 1000, 500);
  assert.equal(model.members.size, 0);
});
