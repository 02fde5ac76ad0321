import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../testing/index.ts';
import { type CreatedAccount, createAccounts, type NewAccount } from './index.ts';

async function setUp(t: Parameters<typeof testDatabase>[0]) {
  const { sql } = await testDatabase(t);
  const accounts = createAccounts({ sql });
  const create = async (account: NewAccount): Promise<CreatedAccount> => {
    const created = await accounts.create(account);
    assert.ok(!('failure' in created));
    return created;
  };
  return { sql, accounts, create };
}

test('given a new account, then its token names it with its rights, and only the hash is stored', async (t) => {
  const { sql, accounts, create } = await setUp(t);
  const { account, token, rotated } = await create({
    name: 'partner',
    contacts: [{ name: 'Ann', email: 'ann@example.org' }],
    rights: ['deposit', 'statistics'],
  });
  assert.equal(rotated, false);
  assert.deepEqual(account.access, {
    registry: false,
    statistics: true,
    admin: false,
    deposit: true,
    operator: false,
  });
  assert.deepEqual(await accounts.authenticate(token), account);
  assert.equal(await accounts.authenticate(`${token}x`), null);
  const stored = await sql`select accounts::text as row from almanac.accounts`;
  assert.ok(!stored[0]?.row.includes(token.slice(8, 20)));
});

test('given the name of an existing account, then token and rights are replaced, contacts only when given', async (t) => {
  const { accounts, create } = await setUp(t);
  const contacts = [{ name: 'Ann', email: null }];
  const first = await create({ name: 'p', contacts, rights: ['deposit'] });
  const second = await create({ name: 'p', rights: ['operator'] });
  assert.equal(second.rotated, true);
  assert.equal(second.account.id, first.account.id);
  assert.deepEqual(second.account.contact, contacts);
  assert.equal(second.account.access.deposit, false);
  assert.equal(await accounts.authenticate(first.token), null);
  assert.equal((await accounts.authenticate(second.token))?.access.operator, true);
  const third = await create({ name: 'p', contacts: [], rights: [] });
  assert.deepEqual(third.account.contact, []);
});

test('given a revoked account, then its token stops at once, elsewhere too, and the name can be used again', async (t) => {
  const { sql, accounts, create } = await setUp(t);
  const { token } = await create({ name: 'p', rights: ['deposit'] });
  assert.equal(await accounts.revoke('p'), true);
  assert.equal(await createAccounts({ sql }).authenticate(token), null);
  assert.equal(await accounts.revoke('p'), false);
  assert.equal(await accounts.revoke('nobody'), false);
  const again = await create({ name: 'p', rights: [] });
  assert.equal(again.account.revokedAt, null);
  assert.equal((await accounts.authenticate(again.token))?.name, 'p');
});

test('given a bad name, then nothing is stored', async (t) => {
  const { accounts } = await setUp(t);
  assert.ok('failure' in (await accounts.create({ name: 'agent:x', rights: [] })));
  assert.deepEqual(await accounts.list(), []);
});

test('given two processes of one agent, then each has a token that works, and revoking ends both', async (t) => {
  const { accounts } = await setUp(t);
  const [one, two] = await Promise.all([
    accounts.internalToken('import', ['deposit']),
    accounts.internalToken('import', ['deposit']),
  ]);
  assert.equal((await accounts.authenticate(one))?.name, 'agent:import');
  assert.equal((await accounts.authenticate(two))?.access.deposit, true);
  await accounts.revoke('agent:import');
  assert.equal(await accounts.authenticate(one), null);
  assert.equal(await accounts.authenticate(two), null);
});

test('given an internal token that has ended, then it is not known and is forgotten with the next one', async (t) => {
  const { sql, accounts } = await setUp(t);
  const token = await accounts.internalToken('import', ['deposit']);
  await sql`update almanac.internal_tokens set expires_at = now() - interval '1 second'`;
  assert.equal(await accounts.authenticate(token), null);
  await accounts.internalToken('import', ['deposit']);
  const [left] = await sql`select count(*)::int as tokens from almanac.internal_tokens`;
  assert.equal(left?.tokens, 1);
});

test('given several accounts, then they are listed by name', async (t) => {
  const { accounts, create } = await setUp(t);
  await create({ name: 'b', rights: [] });
  await create({ name: 'a', rights: [] });
  assert.deepEqual(
    (await accounts.list()).map(({ name }) => name),
    ['a', 'b'],
  );
});
