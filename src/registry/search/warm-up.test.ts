import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReadModel, parseQuery, put, query, warmUp } from './index.ts';

test('given a register, when it is warmed up, then the same records are found as before', async () => {
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
  await warmUp(model, { time: () => 0, pause: async () => {} });
  assert.deepEqual(ask(), before);
  assert.equal(model.changes, 1);
});

test('given questions that take long, when warming up, then others are let in between and no second round begins', async () => {
  const model = createReadModel();
  put(model, { id: 'a', register: { api: [{ api_type: 'oai-pmh' }] } });
  const pausesWith = async (most: number, isOver = false) => {
    let time = 0;
    let pauses = 0;
    const pause = async () => pauses++;
    await warmUp(model, { time: () => time++ * 1000, pause, isOver: () => isOver, most });
    return pauses;
  };
  const once = await pausesWith(500);
  assert.ok(once > 5);
  assert.equal(await pausesWith(1000 * once + 500), 2 * once);
  assert.equal(await pausesWith(500, true), 0);
});
