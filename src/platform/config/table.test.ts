import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { configurationTable } from './index.ts';

test('given docs/configuration.md, then its table is the one printed from the list of variables', async () => {
  const page = await readFile(new URL('../../../docs/configuration.md', import.meta.url), 'utf8');
  assert.ok(
    page.includes(configurationTable()),
    `docs/configuration.md must contain:\n${configurationTable()}`,
  );
});
