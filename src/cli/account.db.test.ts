import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAccounts } from '../accounts/index.ts';
import { testDatabase } from '../testing/index.ts';
import { run } from './testing/run.ts';

async function setUp(t: Parameters<typeof testDatabase>[0]) {
  const { sql, url, dataDir } = await testDatabase(t);
  const env = { DATABASE_URL: url, DATA_DIR: dataDir };
  return { accounts: createAccounts({ sql }), run: (...args: string[]) => run(args, env) };
}

test('given account create --json, then one object with a key that works', async (t) => {
  const { accounts, run } = await setUp(t);
  const { code, out, err } = await run(
    'account',
    'create',
    '-n',
    'partner one',
    '-c',
    'Ann',
    '-e',
    'a@x.org',
    '-d',
    '-s',
    '--json',
  );
  assert.deepEqual([code, err], [0, '']);
  const { id, auth_token: token, ...rest } = JSON.parse(out);
  assert.deepEqual(rest, {
    name: 'partner one',
    access: { registry: false, statistics: true, admin: false, deposit: true, operator: false },
  });
  const account = await accounts.authenticate(token);
  assert.equal(account?.id, id);
  assert.deepEqual(account?.contact, [{ name: 'Ann', email: 'a@x.org' }]);
});

test('given several contacts, then they go in pairs by their place', async (t) => {
  const { accounts, run } = await setUp(t);
  await run('account', 'create', '-n', 'p', '-c', 'Ann', '-c', 'Bo', '-e', 'ann@x.org');
  assert.deepEqual((await accounts.list())[0]?.contact, [
    { name: 'Ann', email: 'ann@x.org' },
    { name: 'Bo', email: null },
  ]);
});

test('given the name of an existing account, then the text says that the old key stopped', async (t) => {
  const { run } = await setUp(t);
  assert.match(
    (await run('account', 'create', '-n', 'p', '-d')).out,
    /^Account p made\. Rights: deposit\.\nIts key, shown only now: \S+\n$/,
  );
  assert.match(
    (await run('account', 'create', '-n', 'p')).out,
    /^Account p has a new key; the old one stopped working\. Rights: none\./,
  );
});

test('given a bad name or address, then 1 and one line', async (t) => {
  const { run } = await setUp(t);
  const bad = await run('account', 'create', '-n', 'agent:x', '--json');
  assert.deepEqual([bad.code, bad.out], [1, '']);
  assert.match(bad.err, /^almanac: the name must be [^\n]+\n$/);
  const email = await run('account', 'create', '-n', 'a', '-e', 'x');
  assert.equal(email.err, 'almanac: "x" is not an e-mail address\n');
});

test('given accounts, then list and revoke answer in text and JSON', async (t) => {
  const { accounts, run } = await setUp(t);
  assert.equal((await run('account', 'list')).out, 'There are no accounts yet.\n');
  const created = await run('account', 'create', '-n', 'p', '-o', '--json');
  const { auth_token: token } = JSON.parse(created.out);
  const listed = JSON.parse((await run('account', 'list', '--json')).out);
  assert.deepEqual(Object.keys(listed.accounts[0]), [
    'id',
    'name',
    'contact',
    'access',
    'created_at',
    'revoked_at',
  ]);
  assert.equal((await run('account', 'revoke', 'p', '--json')).out, '{"name":"p","revoked":true}\n');
  assert.equal(await accounts.authenticate(token), null);
  assert.equal((await run('account', 'list')).out, 'p  revoked\n');
  const again = await run('account', 'revoke', 'p');
  assert.deepEqual([again.code, again.err], [1, 'almanac: there is no working account with the name "p"\n']);
});

test('given migrate, then it names what the database has', async (t) => {
  const { run } = await setUp(t);
  const { migrations } = JSON.parse((await run('migrate', '--json')).out);
  assert.equal(migrations[0], '0001-accounts.sql');
});
