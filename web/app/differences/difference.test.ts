import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { differencesBetween, isSame, type Step } from './difference.ts';
import type { JsonObject } from './json.ts';
import { wordDifference } from './words.ts';

const pathText = (path: Step[]) =>
  path.map((step) => ('field' in step ? step.field : `[${step.entry}]`)).join('/');
const told = (before: JsonObject, after: JsonObject) =>
  differencesBetween(before, after).map(({ path, kind }) => `${kind} ${pathText(path)}`);

test('given an organisation put in front of the others, when compared, then it is one addition', () => {
  const organisation = (name: string) => ({ role: ['host'], details: { name } });
  const before = { organisation: [organisation('Veldhaven'), organisation('Falkenried')] };
  const after = { organisation: [organisation('Kibaranda'), ...before.organisation] };
  assert.deepEqual(told(before, after), ['added organisation/[Kibaranda]']);
});

test('given a field changed in one language, when compared, then the path names the language', () => {
  const metadata = (name: string) => [
    { lang: 'en', default: true, record: { name: 'Archive' } },
    { lang: 'fr', record: { name } },
  ];
  assert.deepEqual(told({ metadata: metadata('Archives') }, { metadata: metadata('Dépôt') }), [
    'changed metadata/[fr]/record/name',
  ]);
});

test('given parts that came and went, when compared, then each is told on its own', () => {
  const before = {
    operational_status: 'Trial',
    api: [{ api_type: 'rss', base_url: 'https://a.example/rss' }],
  };
  const after = { operational_status: 'Operational', software: [{ name: 'EPrints' }] };
  assert.deepEqual(told(before, after), [
    'changed operational_status',
    'removed api/[rss https://a.example/rss]',
    'added software/[EPrints]',
  ]);
});

test('given two entries that nothing tells apart, when one goes, then one removal is told', () => {
  const before = { software: [{ name: 'X' }, { name: 'X', version: '2' }] };
  assert.deepEqual(told(before, { software: [{ name: 'X' }] }), ['removed software/[X (2)]']);
});

test('given any register, when compared with itself, then nothing differs, whatever the order of names', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (register) => {
      const turned = Object.fromEntries(Object.entries(register).toReversed());
      assert.ok(isSame(register as JsonObject, turned as JsonObject));
      assert.deepEqual(differencesBetween(register as JsonObject, turned as JsonObject), []);
    }),
  );
});

test('given any two texts, when their words are compared, then each side is whole again from its pieces', () => {
  const words = fc.array(fc.constantFrom('open', 'access', ' ', 'é', '.', '\u202e'), { maxLength: 30 });
  fc.assert(
    fc.property(words, words, (one, other) => {
      const pieces = wordDifference(one.join(''), other.join('')) ?? [];
      const without = (kind: string) =>
        pieces
          .filter((piece) => piece.kind !== kind)
          .map(({ text }) => text)
          .join('');
      assert.equal(without('added'), one.join(''));
      assert.equal(without('removed'), other.join(''));
    }),
  );
});

test('given a word changed in a sentence, when compared, then only it is taken out and put in', () => {
  assert.deepEqual(wordDifference('the old archive', 'the new archive'), [
    { kind: 'same', text: 'the ' },
    { kind: 'removed', text: 'old' },
    { kind: 'added', text: 'new' },
    { kind: 'same', text: ' archive' },
  ]);
  assert.equal(wordDifference('word '.repeat(400), 'x'), null);
});
