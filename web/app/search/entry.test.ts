import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beginning, entryOf } from './entry.ts';

const hit = (source: unknown) => ({ _id: 'f'.repeat(32), _score: null, _source: source });

test('given a record in two languages, when listed, then in the visitor’s where it has one, else in its own', () => {
  const source = {
    register: {
      metadata: [
        {
          lang: 'de',
          default: true,
          record: { name: 'Archiv', url: 'https://a.example/', country: 'Germany' },
        },
        { lang: 'en', record: { name: 'Archive' } },
      ],
    },
  };
  assert.deepEqual(
    ['en', 'fr']
      .map((lang) => entryOf(hit(source), lang))
      .map(({ name, lang, url, country }) => [name, lang, url, country]),
    [
      ['Archive', 'en', 'https://a.example/', 'Germany'],
      ['Archiv', 'de', 'https://a.example/', 'Germany'],
    ],
  );
});

test('given a record that says nothing, when listed, then it is called by its id', () => {
  for (const source of [
    {},
    { register: {} },
    { register: { metadata: [{ record: {} }], software: [{}], api: [{}] } },
    null,
  ]) {
    const entry = entryOf(hit(source), 'en');
    assert.equal(entry.name, 'f'.repeat(32));
    assert.deepEqual([entry.organisations, entry.software, entry.apis, entry.url], [[], [], [], null]);
  }
});

test('given a text, when its beginning is wanted, then it is cut between words', () => {
  assert.equal(beginning('short', 10), null);
  assert.equal(beginning('one two three four', 12), 'one two…');
  assert.equal(beginning('x'.repeat(20), 10), `${'x'.repeat(10)}…`);
  assert.equal(beginning(`${'x'.repeat(9)}🔭${'x'.repeat(20)}`, 10), `${'x'.repeat(9)}…`);
});
