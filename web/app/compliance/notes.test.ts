import assert from 'node:assert/strict';
import { test } from 'node:test';
import { provenanceCodes } from '../../../src/compliance/record.ts';
import type { I18n } from '../i18n.tsx';
import { de } from '../messages/de.ts';
import { addMessages, translate } from '../messages/translate.ts';
import { noteText } from './notes.ts';

addMessages('de', de);
const german: Pick<I18n, 't'> = { t: (key, values) => translate('de', key, values) };

test('given every code of a note, when shown, then as a sentence, and as no other code’s', () => {
  const sentences = provenanceCodes.map((code) => noteText(code, german));
  assert.deepEqual(
    sentences.filter((sentence) => sentence.includes('.') || sentence.includes('{')),
    [],
  );
  assert.equal(new Set(sentences).size, provenanceCodes.length);
});

test('given a code that is not known, when shown, then as it is', () => {
  assert.equal(noteText('zine.found', german), 'zine.found');
});
