import assert from 'node:assert/strict';
import { test } from 'node:test';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { chooseLanguage } from './languages.ts';
import type { Message } from './messages.ts';
import { addMessages, numbers, shortDates, translate } from './translate.ts';

const all = { en, es, fr, de } as unknown as Record<string, Record<string, Record<string, Message>>>;

function textsOf(lang: string): Map<string, Message> {
  return new Map(
    Object.entries(all[lang] ?? {}).flatMap(([area, texts]) =>
      Object.entries(texts).map(([name, message]) => [`${area}.${name}`, message] as const),
    ),
  );
}

const formsOf = (message: Message) => (typeof message === 'string' ? [message] : Object.values(message));
const valuesOf = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();

for (const lang of ['es', 'fr', 'de']) {
  test(`given the texts in ${lang}, then there is each key of English and no other`, () => {
    assert.deepEqual([...textsOf(lang).keys()].sort(), [...textsOf('en').keys()].sort());
  });

  test(`given the texts in ${lang}, then each names the values that English names`, () => {
    for (const [key, message] of textsOf(lang)) {
      const english = textsOf('en').get(key) ?? '';
      assert.equal(typeof message, typeof english, key);
      const wanted = valuesOf(formsOf(english).join());
      assert.deepEqual(valuesOf(formsOf(message).join()), wanted, key);
    }
  });
}

for (const lang of ['en', 'es', 'fr', 'de']) {
  test(`given the texts in ${lang}, then none is empty and plural forms are those of the language or fewer`, () => {
    const possible = new Set<string>(new Intl.PluralRules(lang).resolvedOptions().pluralCategories);
    for (const [key, message] of textsOf(lang)) {
      for (const form of formsOf(message)) assert.notEqual(form.trim(), '', key);
      if (typeof message === 'string') continue;
      assert.ok('other' in message, key);
      for (const form of Object.keys(message)) assert.ok(possible.has(form), `${key}: ${form}`);
    }
  });
}

test('given a number of things, when said, then form and figures are those of the language', () => {
  addMessages('en', en);
  addMessages('de', de);
  assert.equal(translate('en', 'search.found', { count: 1 }), '1 repository');
  assert.equal(translate('en', 'search.found', { count: 1509 }), '1,509 repositories');
  assert.equal(translate('de', 'search.found', { count: 1 }), '1 Repositorium');
  assert.equal(translate('de', 'search.found', { count: 1509 }), '1.509 Repositorien');
});

test('given numbers and dates, when written, then as each language writes them', () => {
  assert.deepEqual(
    (['en', 'es', 'fr', 'de'] as const).map((lang) => numbers(lang).format(1234567.5)),
    ['1,234,567.5', '1.234.567,5', '1\u202f234\u202f567,5', '1.234.567,5'],
  );
  const day = Date.parse('2026-03-05');
  assert.equal(shortDates('en').format(day), 'Mar 5, 2026');
  assert.equal(shortDates('de').format(day), '05.03.2026');
});

const wishes: [string | null, string | null, string | null, string][] = [
  [null, null, null, 'en'],
  ['fr', 'de', 'es', 'fr'],
  ['FR-ca', null, null, 'fr'],
  ['xx', 'de', 'es', 'de'],
  [null, null, 'pt, es;q=0.5, fr;q=0.8', 'fr'],
  [null, null, 'de-AT,en;q=0.9', 'de'],
  [null, null, 'de;q=0,it', 'en'],
  ['__proto__', 'constructor', 'toString', 'en'],
];
for (const [asked, kept, accepted, lang] of wishes) {
  test(`given lang=${asked}, a cookie ${kept} and Accept-Language ${accepted}, then the page is in ${lang}`, () => {
    assert.equal(chooseLanguage(asked, kept, accepted), lang);
  });
}
