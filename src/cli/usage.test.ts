import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './testing/run.ts';

test('given --version, then the version and 0', async () => {
  assert.deepEqual(await run(['--version']), { code: 0, out: '1.2.3\n', err: '' });
});

test('given --help, then every command is named on standard output', async () => {
  const { code, out } = await run(['--help']);
  assert.equal(code, 0);
  for (const command of ['serve', 'worker', 'migrate', 'account', 'import', 'evidence', 'archive', 'demo']) {
    assert.match(out, new RegExp(`^ {2}${command}\\b`, 'm'));
  }
});

for (const args of [
  [],
  ['nonsense'],
  ['serve', '--nonsense'],
  ['account'],
  ['account', 'create'],
  ['account', 'revoke'],
  ['import', 'publications'],
  ['import', 'access-log', 'x.log'],
  ['import', 'access-log', 'x.log', '--source', 's', '--format', 'weblog'],
  ['account', 'create', '-n', 'a', '-e', ''],
]) {
  test(`given "almanac ${args.join(' ')}", then it is wrong usage: 2, and nothing on standard output`, async () => {
    const { code, out, err } = await run(args);
    assert.equal(code, 2);
    assert.equal(out, '');
    assert.notEqual(err, '');
  });
}

test('given bad variables, then a line for each and 1', async () => {
  const { code, out, err } = await run(['serve'], { PORT: 'x', USAGE_SALT_DAYS: '0' });
  assert.equal(code, 1);
  assert.equal(out, '');
  assert.equal(
    err,
    'almanac: PORT must be a whole number from 0 to 65535\nalmanac: USAGE_SALT_DAYS must be a whole number from 1 to 400\n',
  );
});

test('given a failure, then one line on standard error and 1', async () => {
  const { code, out, err } = await run(
    ['archive', 'replay', '--json'],
    {},
    {
      replay: async () => {
        throw new Error('the archive is damaged');
      },
    },
  );
  assert.deepEqual({ code, out, err }, { code: 1, out: '', err: 'almanac: the archive is damaged\n' });
});

test('given serve, then the server runs until it is interrupted and is stopped once', async () => {
  const calls: string[] = [];
  const { code, out } = await run(
    ['serve', '--json'],
    { LOG_LEVEL: 'silent', PORT: '0' },
    {
      startServer: async ({ port }) => {
        calls.push(`start ${port}`);
        return { url: 'http://127.0.0.1:4711', stop: async () => void calls.push('stop') };
      },
    },
  );
  assert.equal(code, 0);
  assert.equal(out, '{"url":"http://127.0.0.1:4711"}\n');
  assert.deepEqual(calls, ['start 0', 'stop']);
});

test('given worker, then it runs until it is interrupted', async () => {
  const calls: string[] = [];
  const { code } = await run(
    ['worker'],
    { LOG_LEVEL: 'silent' },
    {
      startWorker: async () => ({ stop: async () => void calls.push('stop') }),
    },
  );
  assert.equal(code, 0);
  assert.deepEqual(calls, ['stop']);
});

test('given set-aside evidence, then it is listed with its reason and retried by id', async () => {
  const one = {
    id: 'e1',
    kind: 'publications',
    account: 'p',
    received_at: '2026-01-01T00:00:00Z',
    reason: 'too deep',
  };
  const list = { listSetAside: async () => [one] };
  assert.equal(
    (await run(['evidence', 'list', '--json'], {}, list)).out,
    `${JSON.stringify({ evidence: [one] })}\n`,
  );
  assert.equal(
    (await run(['evidence', 'list'], {}, list)).out,
    'e1  2026-01-01T00:00:00Z  publications of p: too deep\n',
  );
  const retried = await run(
    ['evidence', 'retry', 'e1', 'e2', '--json'],
    {},
    {
      retrySetAside: async (_config, _log, ids) => ids.length,
    },
  );
  assert.equal(retried.out, '{"retried":2}\n');
});
