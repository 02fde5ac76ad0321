import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import fc from 'fast-check';
import type { Right } from '../platform/http/index.ts';
import type { JsonObject } from './model/record.ts';
import { endings, exampleRegister, registryApp } from './testing/registry-app.ts';

const ends = endings();
const { account, ask, get } = await registryApp(ends);

const parties: { name: string; rights: Right[]; key: string }[] = [];
for (const rights of [
  [],
  ['registry'],
  ['statistics'],
  ['admin'],
  ['registry', 'admin'],
  ['registry', 'statistics', 'admin'],
  ['deposit', 'operator'],
] satisfies Right[][]) {
  const name = `party ${parties.length}`;
  parties.push({ name, rights, key: await account(name, rights) });
}
const founder = await account('founder', ['registry', 'statistics', 'admin']);

/** Actions, the right each needs, and how it is asked for. */
const actions = {
  create: { needs: ['registry'], method: 'POST', path: () => '/record', body: exampleRegister },
  merge: {
    needs: ['registry'],
    method: 'POST',
    path: (id: string) => `/record/${id}`,
    body: { operational_status: 'Trial' },
  },
  replace: {
    needs: ['registry'],
    method: 'PUT',
    path: (id: string) => `/record/${id}`,
    body: exampleRegister,
  },
  delete: { needs: ['registry'], method: 'DELETE', path: (id: string) => `/record/${id}`, body: undefined },
  'own admin': {
    needs: ['admin'],
    method: 'PUT',
    path: (id: string) => `/record/${id}/admin`,
    body: { mine: 1 },
  },
  statistic: {
    needs: ['statistics'],
    method: 'POST',
    path: (id: string) => `/record/${id}/stats`,
    body: { value: 1, type: 'item_count' },
  },
} as const;

suite('rights', () => {
  after(ends.run);

  test('property: no account does what it has no right to, nor touches what is another’s', async () => {
    const names = Object.keys(actions) as (keyof typeof actions)[];
    const steps = fc.array(fc.tuple(fc.nat(parties.length - 1), fc.constantFrom(...names)), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const made = await ask('POST', '/record', {
          key: founder,
          body: { register: exampleRegister, admin: { founder: { kept: true } } },
        });
        const id = String(made.body.id);
        const statistic = await ask('POST', `/record/${id}/stats`, {
          key: founder,
          body: { value: 7, type: 'all' },
        });
        for (const [place, name] of list) {
          const party = parties[place];
          assert.ok(party);
          const { needs, method, path, body } = actions[name];
          const may = needs.every((right) => party.rights.includes(right));
          const before = (await get(`/record/${id}`)).text;
          const answer = await ask(method, path(id), { key: party.key, body });
          assert.equal(answer.status < 300, may, `${party.name}: ${name}: ${answer.status}`);
          if (!may) {
            assert.equal(answer.status, 403);
            assert.equal((await get(`/record/${id}`)).text, before);
          }
          const taking = await ask('DELETE', `/record/${id}/stat/${statistic.body.id}`, { key: party.key });
          assert.equal(taking.status, 403);
        }
        const { admin } = (await get(`/record/${id}`)).body;
        assert.deepEqual((admin as JsonObject).founder, { kept: true });
        const written = list.filter(
          ([place, name]) => name === 'own admin' && parties[place]?.rights.includes('admin'),
        );
        const names_ = new Set(['founder', ...written.map(([place]) => parties[place]?.name)]);
        assert.deepEqual(new Set(Object.keys(admin as JsonObject)), names_);
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });

  test('given admin data of others beside an allowed write, then it is dropped; own data without the right is refused', async () => {
    for (const { name, rights, key } of parties.filter((party) => party.rights.includes('registry'))) {
      const made = await ask('POST', '/record', {
        key: founder,
        body: { register: exampleRegister, admin: { founder: { kept: 1 } } },
      });
      const path = `/record/${made.body.id}`;
      const body = { register: { operational_status: 'Closed' }, admin: { founder: { kept: 2 } } };
      assert.equal((await ask('POST', path, { key, body })).status, 200);
      assert.deepEqual((await get(path)).body.admin, { founder: { kept: 1 } });
      const own = { register: exampleRegister, admin: { [name]: { x: 1 } } };
      const may = (rights as Right[]).includes('admin');
      assert.equal((await ask('PUT', path, { key, body: own })).status, may ? 200 : 403);
    }
  });

  test('given a revoked or rotated key, then it is worth nothing at once', async () => {
    const first = await account('rotating', ['registry']);
    const second = await account('rotating', ['registry']);
    assert.equal((await ask('POST', '/record', { key: first, body: exampleRegister })).status, 401);
    assert.equal((await ask('POST', '/record', { key: second, body: exampleRegister })).status, 201);
  });
});
