import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLog } from './index.ts';

function capture() {
  const lines: string[] = [];
  const log = createLog({ level: 'info', destination: { write: (line: string) => lines.push(line) } });
  return { log, lines, first: () => JSON.parse(lines[0] ?? 'null') };
}

test('given a message, then the line holds level, ISO time and message, and nothing of the machine', () => {
  const { log, first } = capture();
  log.info('ready');
  const line = first();
  assert.equal(line.level, 'info');
  assert.equal(line.msg, 'ready');
  assert.match(line.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.deepEqual(Object.keys(line).sort(), ['level', 'msg', 'time']);
});

test('given a request, then neither its query string nor its address is logged', () => {
  const { log, lines, first } = capture();
  log.info({ req: { id: 'r1', method: 'GET', url: '/x?api_key=SECRET', ip: '203.0.113.9' } });
  assert.deepEqual(first().req, { id: 'r1', method: 'GET', path: '/x' });
  assert.ok(!lines.join('').includes('SECRET') && !lines.join('').includes('203.0.113.9'));
});

test('given an error of a driver, then its statement and parameters are not logged, its cause is', () => {
  const { log, lines, first } = capture();
  const error = Object.assign(new Error('duplicate key', { cause: new TypeError('inner') }), {
    code: '23505',
    query: 'insert into secrets',
    parameters: ['SECRET'],
  });
  log.error({ err: error });
  assert.equal(first().err.code, '23505');
  assert.equal(first().err.cause.message, 'inner');
  assert.ok(!lines.join('').includes('SECRET') && !lines.join('').includes('insert into'));
});

test('given a line below the level, then it is not written', () => {
  const { log, lines } = capture();
  log.debug('quiet');
  assert.deepEqual(lines, []);
});
