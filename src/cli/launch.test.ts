import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../../bin/almanac.js', import.meta.url));

function launch(...args: string[]) {
  const { PATH = '' } = process.env;
  return spawnSync(process.execPath, [launcher, ...args], { encoding: 'utf8', env: { PATH, PORT: 'x' } });
}

test('given bin/almanac.js --version, then the version of package.json and 0', async () => {
  const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
  const { status, stdout, stderr } = launch('--version');
  assert.deepEqual([status, stdout, stderr], [0, `${manifest.version}\n`, '']);
});

test('given a bad variable, then the process ends with 1 and one line; wrong usage with 2', () => {
  const bad = launch('serve');
  assert.deepEqual([bad.status, bad.stdout], [1, '']);
  assert.equal(bad.stderr, 'almanac: PORT must be a whole number from 0 to 65535\n');
  assert.equal(launch('nonsense').status, 2);
});
