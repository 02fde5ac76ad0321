import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partners } from './partners.ts';
import { createRepositories } from './repositories.ts';

const now = Date.UTC(2026, 5, 17);
const repositories = createRepositories(now);

test('given any run, when repositories are made, then they are the same about 1,500 of a hundred countries', () => {
  assert.deepEqual(createRepositories(now), repositories);
  assert.ok(repositories.length > 1_400 && repositories.length < 1_600, String(repositories.length));
  const countries = JSON.stringify(repositories).match(/(?<="country_code":")[A-Z]{2}/g);
  assert.ok(new Set(countries).size >= 100);
});

test('given the sample, when hosts are compared, then each is one repository’s, the partners’ own among them, and nobody’s in the world', () => {
  const hosts = repositories.map(({ host }) => host);
  assert.equal(new Set(hosts).size, hosts.length);
  assert.deepEqual(
    hosts.slice(0, partners.length),
    partners.map(({ id }) => id),
  );
  for (const host of hosts) assert.match(host, /^[a-z0-9.]+\.example$/);
});

test('given a later day, when repositories are made, then what is registered is the same', () => {
  const registers = (at: number) =>
    createRepositories(at).map(({ register, changes }) => [register, changes]);
  assert.deepEqual(registers(now + 400 * 86_400_000), registers(now));
});
