import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../differences/json.ts';
import { addressKey, readAddress } from './address.ts';
import { correctionOf, fieldAt, registerOf, valuesOf } from './form-fields.ts';

const register: JsonObject = {
  operational_status: 'Operational',
  metadata: [
    { lang: 'fr', record: { name: 'Archives', subject: ['Law'] } },
    {
      lang: 'en',
      default: true,
      record: {
        name: 'Archive',
        url: 'https://a.example',
        country_code: 'FR',
        country: 'France',
        continent_code: 'EU',
      },
    },
  ],
  organisation: [
    { role: ['host'], details: { id: 'x', name: 'Old', acronym: 'O' } },
    { details: { name: 'Funder' } },
  ],
};

test('given a form as it was shown, when sent back, then nothing is corrected', () => {
  assert.deepEqual(correctionOf(register, valuesOf(register)), {});
});

test('given one field changed, when sent, then its root field goes whole and everything else in it stays', () => {
  const corrected = correctionOf(register, { ...valuesOf(register), name: 'The Archive' });
  assert.deepEqual(Object.keys(corrected), ['metadata']);
  assert.deepEqual(corrected.metadata, [
    register.metadata && (register.metadata as JsonObject[])[0],
    {
      lang: 'en',
      default: true,
      record: {
        name: 'The Archive',
        url: 'https://a.example',
        country_code: 'FR',
        country: 'France',
        continent_code: 'EU',
      },
    },
  ]);
});

test('given another country, when sent, then the names of the old one do not go with it', () => {
  const { metadata } = correctionOf(register, { ...valuesOf(register), country_code: 'BE' });
  assert.deepEqual((metadata as { record: JsonObject }[])[1]?.record, {
    name: 'Archive',
    url: 'https://a.example',
    country_code: 'BE',
  });
});

test('given another organisation, when sent, then the first one is renamed and loses the id of the old name', () => {
  const { organisation } = correctionOf(register, { ...valuesOf(register), organisation: 'New' });
  assert.deepEqual(organisation, [
    { role: ['host'], details: { acronym: 'O', name: 'New' } },
    { details: { name: 'Funder' } },
  ]);
});

test('given a new repository, when sent, then only what was filled in is there', () => {
  const empty = valuesOf({});
  assert.deepEqual(registerOf({ ...empty, url: 'https://b.example', software: 'EPrints' }), {
    metadata: [{ record: { url: 'https://b.example' } }],
    software: [{ name: 'EPrints' }],
  });
});

test('given faults of the API, when shown, then each stands at its field', () => {
  assert.equal(fieldAt('/register/metadata/0/record/url'), 'url');
  assert.equal(fieldAt('/register/organisation/0/details/name'), 'organisation');
  assert.equal(fieldAt('/contact/email'), 'contact_email');
  assert.equal(fieldAt('/comment'), 'comment');
  assert.equal(fieldAt(''), null);
});

test('given what people type, when read as an address, then it is one of the web or none', () => {
  assert.equal(readAddress(' www.a.example/x '), 'https://www.a.example/x');
  assert.equal(readAddress('a.example:8080/x'), 'https://a.example:8080/x');
  for (const text of [
    '',
    'two words',
    'ftp://a.example',
    'javascript:alert(1)',
    'localhost',
    'mailto:a@b.example',
  ])
    assert.equal(readAddress(text), null, text);
});

test('given spellings of one address, when keyed, then they are the same', () => {
  const keys = ['http://www.a.example/x/', 'https://a.example/x/index.html', 'https://A.example/x/xmlui'].map(
    addressKey,
  );
  assert.deepEqual([...new Set(keys)], ['a.example/x']);
});
