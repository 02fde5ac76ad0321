import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDai, parseIsni, parseOrcid, parsePartnerId, parseRor, parseScholarId } from './index.ts';

const SCHOLARS: Record<string, string[]> = {
  'orcid:0000-0002-1825-0097': [
    '0000-0002-1825-0097',
    '0000000218250097',
    'https://orcid.org/0000-0002-1825-0097',
    'http://www.orcid.org/0000-0002-1825-0097/',
    'orcid.org/0000000218250097',
    'ORCID:0000000218250097',
    'orcid: https://orcid.org/0000-0002-1825-0097',
  ],
  'orcid:0000-0002-1694-233X': ['0000-0002-1694-233x', 'orcid:000000021694233X'],
  'isni:0000000081508690': [
    '0000 0000 8150 8690',
    'isni:0000 0000 8150 8690',
    'https://isni.org/isni/0000000081508690',
  ],
  'dai:071792279': ['info:eu-repo/dai/nl/071792279', 'DAI:071792279'],
  'dai:29806278': ['info:eu-repo/dai/nl/29806278'],
  'dai:12345678X': ['dai:12345678x'],
  'name:oai.example.org:doe, jane': ['name:oai.example.org:Doe,Jané '],
  'staff-0042': [' staff-0042 '],
  '071792279': ['071792279'],
  '0000000218250098': ['0000000218250098'],
};

for (const [id, spellings] of Object.entries(SCHOLARS)) {
  test(`given any spelling of the scholar ${id}, when it is parsed, then it has that one id`, () => {
    for (const spelling of [id, ...spellings]) assert.equal(parseScholarId(spelling), id, spelling);
  });
}

test('given what claims to be an ORCID, ISNI or DAI but is none, when it is parsed, then there is no id', () => {
  const claims = [
    '0000-0002-1825-0098',
    'orcid:x',
    'https://orcid.org/0000-0002-1825-0098',
    'isni:0000000081508691',
  ];
  for (const text of [...claims, 'dai:abc', 'name:p:..', '', 'a\u0007b', 'a'.repeat(2049)]) {
    assert.equal(parseScholarId(text), null, text);
  }
});

test('given a DAI with a wrong check digit, when it is parsed, then it is kept and called invalid', () => {
  assert.deepEqual(parseDai('info:eu-repo/dai/nl/29806278'), { value: '29806278', valid: false });
  assert.deepEqual(parseDai('071792279'), { value: '071792279', valid: true });
  assert.deepEqual(parseDai('dai:071090665'), { value: '071090665', valid: true });
  assert.equal(parseDai('x'), null);
});

test('given ORCID and ISNI numbers, when they are parsed alone, then the bare value comes back', () => {
  assert.equal(parseOrcid('https://orcid.org/0000-0002-1825-0097'), '0000-0002-1825-0097');
  assert.equal(parseIsni('0000 0000 8150 8690'), '0000000081508690');
  assert.equal(parseIsni('0000 0000 8150 8691'), null);
});

const PARTNERS: Record<string, string[]> = {
  'ror:04dkp9463': [
    'https://ror.org/04dkp9463',
    'HTTP://ROR.org/04DKP9463/',
    'ror.org/04dkp9463',
    'ROR:04dkp9463',
  ],
  'isni:0000000081508690': ['isni:0000 0000 8150 8690', 'http://www.isni.org/isni/0000000081508690'],
  'name:universiteit utrecht': ['name:Universiteit  Utrecht.'],
  'dspace.library.uu.nl': [' dspace.library.uu.nl '],
  'https://ror.org/x': ['https://ror.org/x'],
  '04dkp9463': ['04dkp9463'],
};

for (const [id, spellings] of Object.entries(PARTNERS)) {
  test(`given any spelling of the partner ${id}, when it is parsed, then it has that one id`, () => {
    for (const spelling of [id, ...spellings]) assert.equal(parsePartnerId(spelling), id, spelling);
  });
}

test('given a partner id that is unusable or a false ISNI, when it is parsed, then there is no id', () => {
  for (const text of ['', ' ', 'a\nb', 'a'.repeat(2049), 'isni:1', 'name:.'])
    assert.equal(parsePartnerId(text), null);
  assert.equal(parseRor('14dkp9463'), null);
});

test('given any text, when read as a scholar or partner, then nothing throws and the id is read back as itself', () => {
  const prefixes = fc.constantFrom(
    '',
    'orcid:',
    'isni:',
    'dai:',
    'name:',
    'name:p:',
    'ror:',
    'https://ror.org/',
  );
  fc.assert(
    fc.property(prefixes, fc.string({ unit: 'binary' }), (prefix, rest) => {
      const scholar = parseScholarId(prefix + rest);
      if (scholar !== null) assert.equal(parseScholarId(scholar), scholar);
      const partner = parsePartnerId(prefix + rest);
      if (partner !== null) assert.equal(parsePartnerId(partner), partner);
    }),
    { numRuns: 1000 },
  );
});

test('given any 15 digits with their check digit, when one digit changes, then it is no ORCID any more', () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 15, maxLength: 15 });
  fc.assert(
    fc.property(
      digits,
      fc.integer({ min: 0, max: 14 }),
      fc.integer({ min: 1, max: 9 }),
      (body, at, shift) => {
        const valid = [...'0123456789X']
          .map((check) => body.join('') + check)
          .filter((text) => parseOrcid(text));
        assert.equal(valid.length, 1);
        const check = valid[0]?.at(-1) ?? '';
        const changed = body.map((digit, index) => (index === at ? (digit + shift) % 10 : digit));
        assert.equal(parseOrcid(changed.join('') + check), null);
      },
    ),
  );
});
