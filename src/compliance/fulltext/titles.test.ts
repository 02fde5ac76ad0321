import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decideManuscript } from './author-manuscript.ts';
import { normaliseTitle, titleLikeness } from './titles.ts';

test('given a title with tags, punctuation and wide letters, when it is normalised, then only its words are left', () => {
  assert.equal(normaliseTitle(' The <i>E. coli</i>  “genome”:  Ａ study. '), 'the e coli genome a study');
});

test('given titles, when they are compared, then the measure is that of Dice over their sets of words', () => {
  assert.equal(titleLikeness('a b c d', 'D. c-B!'), 6 / 7);
  assert.equal(titleLikeness('same words', 'words same'), 1);
  assert.equal(titleLikeness('', 'x'), 0);
});

test('given any titles, when compared, then the order does not matter and a normalised title stays what it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
      assert.equal(titleLikeness(one, other), titleLikeness(other, one));
      assert.equal(normaliseTitle(normaliseTitle(one)), normaliseTitle(one));
    }),
  );
});

const ladder: [
  flags: (boolean | null)[],
  xml: boolean | null,
  outstanding: boolean,
  result: [boolean | null, string | null],
][] = [
  [[false, true, null], false, false, [true, 'aam.epmc_flag']],
  [[true, false, false], null, true, [true, 'aam.epmc_flag']],
  [[false, false, false], true, false, [true, 'aam.xml']],
  [[null, null, null], false, false, [false, 'aam.xml_none']],
  [[false, false, false], null, false, [false, 'aam.epmc_flag_none']],
  [[false, false, false], null, true, [null, null]],
  [[false, false, null], null, false, [null, null]],
  [[], null, false, [null, null]],
];
for (const [flags, xml, outstanding, [isManuscript, code]] of ladder) {
  test(`given flags ${flags.join('/')} and the text saying ${xml}${outstanding ? ' (awaited)' : ''}, when decided, then ${code}`, () => {
    assert.deepEqual(decideManuscript({ flags, manuscriptIdInXml: xml }, outstanding), {
      isManuscript,
      code,
    });
  });
}
