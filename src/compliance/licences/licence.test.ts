import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { creativeCommons, mostRestrictive } from './licence.ts';
import { licencesOfUrls } from './licence-url.ts';
import { licencesOfValue, licencesOfWords, saysNothing } from './licence-words.ts';

const urls: [text: string, licences: string[]][] = [
  ['https://creativecommons.org/licenses/by-nc/4.0/', ['cc-by-nc']],
  ['HTTP://CreativeCommons.org/Licenses/BY-NC-ND/4.0', ['cc-by-nc-nd']],
  ['http://creativecommons.org/publicdomain/zero/1.0/', ['cc0']],
  ['https://creativecommons.org/publicdomain/mark/1.0/', ['public-domain']],
  ['//www.creativecommons.org/licenses/by/3.0/uk', ['cc-by']],
  ['(http://creativecommons.org/licenses/by-sa)', ['cc-by-sa']],
  ['see http://creativecommons.org/licenses/by.', ['cc-by']],
  ['"http://creativecommons.org/licenses/by-nd"', ['cc-by-nd']],
  ['http://creativecommons.org/licenses/by-nd-nc/1.0/', ['cc-by-nc-nd']],
  ['http://creativecommons.org/licenses/by', ['cc-by']],
  [
    'http://creativecommons.org/licenses/by-nc-sa#x and https://creativecommons.org/licenses/by/4.0',
    ['cc-by-nc-sa', 'cc-by'],
  ],
  ['http://creativecommons.org/licenses/by-foo/4.0', []],
  ['http://creativecommons.org/licenses/bygone/4.0', []],
  ['http://creativecommons.org/licenses/', []],
  ['http://evil-creativecommons.org/licenses/by/4.0', []],
  ['http://creativecommons.org.example/licenses/by/4.0', []],
  ['http://creativecommons.org/publicdomain/zeroed', []],
];
for (const [text, licences] of urls) {
  test(`given the address ${text}, when it is read, then it names ${licences.join(', ') || 'nothing'}`, () => {
    assert.deepEqual(licencesOfUrls(text), licences);
  });
}

const words: [text: string, licences: string[]][] = [
  ['Creative Commons Attribution-Noncommercial License', ['cc-by-nc']],
  ['under the Creative Commons Attribution Non-commercial License', ['cc-by-nc']],
  ['Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 International', ['cc-by-nc-nd']],
  ['Creative Commons Attribution-Noncommercial-No Derivative Works', ['cc-by-nc-nd']],
  ['Creative Commons Attribution – Share Alike', ['cc-by-sa']],
  ['Creative Commons Attribution License, which permits unrestricted non-commercial use', ['cc-by']],
  ['creative commons attribution licence', ['cc-by']],
  ['the Creative Commons Public License Attribution 4.0', ['cc-by']],
  ['CC Licence BY-NC and SA', ['cc-by-nc-sa']],
  ['CC BY-ND-NC 1.0', ['cc-by-nc-nd']],
  ['Creative Commons Attribution and NonCommercial', ['cc-by-nc']],
  ['a CC-BY licence; the CC0 waiver applies to the data', ['cc-by', 'cc0']],
  ['Creative Commons Public Domain Dedication', ['cc0']],
  ['Creative Commons Zero', ['cc0']],
  ['Public Domain Mark 1.0', ['public-domain']],
  ['ＣＣ ＢＹ', ['cc-by']],
  ['Creative Commons', []],
  ['acc by default', []],
  ['cc bypass', []],
  ['cc by ncx', ['cc-by']],
  ['by attribution of nature', []],
  ['free to read', []],
];
for (const [text, licences] of words) {
  test(`given the words "${text}", when they are read, then they name ${licences.join(', ') || 'nothing'}`, () => {
    assert.deepEqual(licencesOfWords(text).toSorted(), licences.toSorted());
  });
}

const values: [value: string, licences: string[]][] = [
  ['Cc-By', ['cc-by']],
  ['CC BY 4.0', ['cc-by']],
  ['cc-by 4.0', ['cc-by']],
  ['cc by', ['cc-by']],
  ['CC-BY', ['cc-by']],
  ['by nc', ['cc-by-nc']],
  ['attribution noncommercial', ['cc-by-nc']],
  ['cc nc', ['cc-by-nc']],
  ['cc nc nd', ['cc-by-nc-nd']],
  ['cc-nc-sa 3.0', ['cc-by-nc-sa']],
  ['cc by-nc-nd', ['cc-by-nc-nd']],
  ['cc0', ['cc0']],
  ['open-access', []],
  ['provided by us', []],
  ['by', ['cc-by']],
];
for (const [value, licences] of values) {
  test(`given the value "${value}", when it is read, then it names ${licences.join(', ') || 'nothing'}`, () => {
    assert.deepEqual(licencesOfValue(value), licences);
  });
}

test('given the values that are written without meaning a licence, when they are met, then they are passed over', () => {
  for (const value of [
    'open-access',
    'free',
    'creative-commons',
    'cc',
    'creativecommons',
    'implied-oa',
    'author-choice',
    '',
    ' ',
  ]) {
    assert.equal(saysNothing(value), true, value);
    assert.deepEqual(licencesOfValue(value), []);
  }
  assert.equal(saysNothing('free to read'), false);
});

const path = fc.constantFrom('by', 'by-sa', 'by-nd', 'by-nc', 'by-nc-sa', 'by-nc-nd');

test('given any licence address in any case with anything after it, when it is read, then it is the same licence', () => {
  fc.assert(
    fc.property(
      path,
      fc.constantFrom('http:', 'https:', ''),
      fc.boolean(),
      fc.webPath(),
      fc.boolean(),
      (name, scheme, www, rest, loud) => {
        const url = `${scheme}//${www ? 'www.' : ''}creativecommons.org/licenses/${name}/${rest}`;
        assert.deepEqual(licencesOfUrls(loud ? url.toUpperCase() : url), [`cc-${name}`]);
      },
    ),
  );
});

test('given any licence in words between any words, when it is read, then its qualifiers are those that follow directly', () => {
  const spelled = { nc: 'NonCommercial', nd: 'NoDerivatives', sa: 'ShareAlike' } as const;
  const gap = fc.constantFrom(' ', '-', ' – ', '\u00a0', ', ', '/');
  fc.assert(
    fc.property(path, gap, (name, between) => {
      const parts = name.split('-').slice(1) as (keyof typeof spelled)[];
      const text = ['Creative', 'Commons', 'Attribution', ...parts.map((part) => spelled[part])].join(
        between,
      );
      assert.deepEqual(licencesOfWords(`under (${text}) which is noncommercial`), [`cc-${name}`]);
    }),
  );
});

test('given any text, when it is read as address, words or value, then it ends in known licences and in short time', () => {
  const piece = fc.constantFrom(
    'cc ',
    'by ',
    'creative commons ',
    'attribution ',
    'no derivative works ',
    'nc-',
    'and ',
    '//creativecommons.org/licenses/by',
    'x',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 200 }), (parts) => {
      const text = parts.join('');
      for (const licence of [...licencesOfUrls(text), ...licencesOfWords(text), ...licencesOfValue(text)]) {
        assert.ok(creativeCommons.includes(licence));
      }
    }),
  );
});

test('given several licences, when one is chosen, then it is the one that forbids most', () => {
  assert.equal(mostRestrictive(['cc0', 'cc-by', 'cc-by-nd', 'cc-by-nc']), 'cc-by-nc');
  assert.equal(mostRestrictive(['cc-by-sa', 'cc-by-nd']), 'cc-by-nd');
  assert.equal(mostRestrictive(['cc-by-nc-sa', 'cc-by-nc-nd']), 'cc-by-nc-nd');
  assert.equal(mostRestrictive([]), null);
});
