import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { decideLicence } from '../licences/licence-ladder.ts';
import { createFullTextReader } from './jats.ts';

const folder = join(process.env.CORPUS ?? '', 'compliance');

test('given the real full texts, when they are read, then manuscripts and licences are those of the oracle', () => {
  const oracle = JSON.parse(readFileSync(join(folder, 'licence-oracle.json'), 'utf8')) as {
    file: string;
    aam: boolean;
    licence: string | null;
  }[];
  assert.equal(oracle.length, 11);
  for (const { file, aam, licence } of oracle) {
    const reader = createFullTextReader();
    reader.write(readFileSync(join(folder, file)));
    const read = reader.end();
    assert.equal(read.manuscriptId, aam, file);
    assert.equal(decideLicence(read.licence.steps)?.licence ?? null, licence, file);
    assert.equal(read.licence.unrecognised, false, file);
  }
});
