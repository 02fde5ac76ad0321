import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultOf } from './account.ts';
import { newToken, tokenHash } from './token.ts';

for (const name of ['a', 'almanac-usage', 'DoDoCo 2', 'Universität_Köln', 'x'.repeat(64)]) {
  test(`given the name "${name.slice(0, 20)}", then it is good`, () => {
    assert.equal(faultOf({ name, rights: [] }), null);
  });
}

for (const name of ['', ' ', 'a ', 'agent:roar', 'a/b', 'a.b', 'a\nb', 'x'.repeat(65), '"']) {
  test(`given the name ${JSON.stringify(name).slice(0, 20)}, then it is refused`, () => {
    assert.match(faultOf({ name, rights: [] })?.failure ?? '', /^the name must be/);
  });
}

test('given a contact that is no e-mail address, then it is refused and named', () => {
  const contacts = [{ name: 'Ann', email: 'ann at example.org' }];
  assert.deepEqual(faultOf({ name: 'a', contacts, rights: [] }), {
    failure: '"ann at example.org" is not an e-mail address',
  });
});

test('given new tokens, then each has 256 bits and its hash has 32 bytes', () => {
  const [one, two] = [newToken(), newToken()];
  assert.match(one, /^almanac_[\w-]{43}$/);
  assert.notEqual(one, two);
  assert.equal(tokenHash(one).length, 32);
});
