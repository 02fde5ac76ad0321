import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOne } from './example-delivery.ts';
import { mods } from './example-records.ts';

const read = (names: string) => readOne(mods(names));
const authors = (names: string) => read(names).authors;
const role = (...codes: string[]) =>
  codes.map((code) => `<role><roleTerm type="code">${code}</roleTerm></role>`).join('');
const person = (inside: string, attributes = '') => `<name type="personal" ${attributes}>${inside}</name>`;
const named = (family: string, given = '') =>
  `<namePart type="family">${family}</namePart><namePart type="given">${given}</namePart>`;
const nameIdentifier = (type: string, text: string) =>
  `<nameIdentifier type="${type}">${text}</nameIdentifier>`;
const daiList = (entries: string) =>
  `<extension><l:daiList xmlns:l="info:eu-repo/dai">${entries}</l:daiList></extension>`;
const dai = (ref: string, number: string) =>
  `<l:identifier IDref="${ref}" authority="info:eu-repo/dai/nl">${number}</l:identifier>`;

test('given each role, when read, then authors, creators, editors, inventors, dissertants, patent applicants and those without role are scholars', () => {
  for (const code of ['aut', 'cre', 'edt', 'inv', 'dis', 'pta']) {
    assert.equal(authors(person(named('A') + role(code))).length, 1, code);
  }
  for (const code of ['rev', 'fnd', 'dgg', 'ths', 'ill']) {
    assert.equal(authors(person(named('A') + role(code))).length, 0, code);
  }
  assert.equal(authors(person(named('A'))).length, 1);
  assert.equal(authors(person(named('A') + role('ths', 'edt'))).length, 1);
});

test('given roles written out or as URI, when read, then they are the same roles', () => {
  const written = (text: string) =>
    authors(`<name>${named('A')}<role><roleTerm type="text">${text}</roleTerm></role></name>`);
  assert.equal(written('Author').length, 1);
  assert.equal(written('http://id.loc.gov/vocabulary/relators/aut').length, 1);
  assert.equal(written('advisor').length, 0);
});

test('given name parts, when read, then the name is family, given, one of them, the untyped part or the display form', () => {
  assert.equal(authors(person(named(' Waal ', 'Anna  van der')))[0]?.name, 'Waal, Anna van der');
  assert.equal(authors(person(named('Waal')))[0]?.name, 'Waal');
  assert.equal(authors(person(named('', 'Anna')))[0]?.name, 'Anna');
  assert.equal(
    authors(person('<namePart>Waal, A.</namePart><namePart type="date">1970-</namePart>'))[0]?.name,
    'Waal, A.',
  );
  assert.equal(authors(person('<displayForm>A. Waal</displayForm>'))[0]?.name, 'A. Waal');
  assert.deepEqual(authors(person('')), []);
});

test('given name identifiers, when read, then orcid, isni, dai-nl and nod-prs are ids in canonical form', () => {
  const inside =
    nameIdentifier('orcid', 'http://orcid.org/0000000218250097') +
    nameIdentifier('isni', '0000 0000 8150 8690') +
    nameIdentifier('dai-nl', 'info:eu-repo/dai/nl/071090665') +
    nameIdentifier('nod-prs', 'PRS1242583') +
    nameIdentifier('scopus', '7004212771');
  assert.deepEqual(authors(person(named('A') + inside))[0]?.ids, [
    'orcid:0000-0002-1825-0097',
    'isni:0000000081508690',
    'dai:071090665',
    'nod-prs:PRS1242583',
  ]);
});

test('given failing check digits, when read, then ORCID and ISNI are ignored, the DAI is kept, the name stays, and all is noted', () => {
  const inside =
    nameIdentifier('orcid', '0000-0002-1825-0098') +
    nameIdentifier('isni', '0000000081508691') +
    nameIdentifier('dai-nl', '29806278');
  const record = read(person(named('A') + inside));
  assert.deepEqual(record.authors, [{ name: 'A', ids: ['dai:29806278'] }]);
  assert.equal(record.notes.length, 3);
});

test('given a dai list, when read, then its numbers belong to the names they point at, several to one name allowed', () => {
  const record = read(
    person(named('A'), 'ID="n1"') +
      person(named('B'), 'ID="n2"') +
      daiList(dai('n1', '071090665') + dai('n1', '071792279') + dai('n2', '29806278')),
  );
  assert.deepEqual(record.authors, [
    { name: 'A', ids: ['dai:071090665', 'dai:071792279'] },
    { name: 'B', ids: ['dai:29806278'] },
  ]);
});

test('given a DAI that points at a corporate name or nowhere, when read, then it is ignored with a note', () => {
  const record = read(
    `${person(named('A'), 'ID="n1"')}<name type="corporate" ID="c1"><namePart>Org</namePart>${role('dgg')}</name>` +
      daiList(dai('c1', '071090665') + dai('n9', '071792279')),
  );
  assert.deepEqual(record.authors, [{ name: 'A', ids: [] }]);
  assert.equal(record.notes.filter((note) => note.includes('no personal name')).length, 2);
});

test('given the authority of the DAI on the name, when the number stands in a role term, then it is an id and no role', () => {
  const name = person(named('A') + role('071090665'), 'authority="info:eu-repo/dai/nl"');
  assert.deepEqual(authors(name), [{ name: 'A', ids: ['dai:071090665'] }]);
});

test('given names that share an id, when read, then they are one scholar with the ids of all, named as the first', () => {
  const record = read(
    person(named('Waal', 'A.') + role('aut') + nameIdentifier('dai-nl', '071090665')) +
      person(named('Other')) +
      person(
        named('Waal', 'Anna') +
          role('edt') +
          nameIdentifier('dai-nl', '071090665') +
          nameIdentifier('orcid', '0000-0002-1825-0097'),
      ),
  );
  assert.deepEqual(record.authors, [
    { name: 'Waal, A.', ids: ['dai:071090665', 'orcid:0000-0002-1825-0097'] },
    { name: 'Other', ids: [] },
  ]);
});

test('given a promotor with two ids, when read, then the person is no scholar but the ids are known as one', () => {
  const promotor =
    named('Promotor') +
    role('dgg') +
    nameIdentifier('dai-nl', '071792279') +
    nameIdentifier('orcid', '0000-0002-1825-0097');
  const record = read(person(named('A')) + person(promotor));
  assert.deepEqual(record.authors, [{ name: 'A', ids: [] }]);
  assert.deepEqual(record.alsoNamed, [
    { name: 'Promotor', ids: ['dai:071792279', 'orcid:0000-0002-1825-0097'] },
  ]);
});

test('given corporate names, when read, then degree grantors and hosts are partners by ROR, ISNI or name, others are not', () => {
  const corporate = (name: string, code: string, inside = '') =>
    `<name type="corporate"><namePart>${name}</namePart>${role(code)}${inside}</name>`;
  const record = read(
    corporate('Tidal University', 'dgg', nameIdentifier('ror', 'https://ror.org/04PP8HN57')) +
      corporate('Sea Lab', 'his', nameIdentifier('isni', '0000 0000 8150 8690')) +
      corporate('Universität  Ænd', 'his') +
      corporate('Publisher', 'pbl') +
      corporate('Funder', 'fnd') +
      corporate('Author Group', 'aut'),
  );
  assert.deepEqual(record.partners, [
    { id: 'repo.example.org', name: null },
    { id: 'ror:04pp8hn57', name: 'Tidal University' },
    { id: 'isni:0000000081508690', name: 'Sea Lab' },
    { id: 'name:universitat ænd', name: 'Universität Ænd' },
  ]);
  assert.deepEqual(record.authors, []);
});

test('given the parts of a corporate name, when read, then a space joins them, and a faulty ROR is noted', () => {
  const record = read(
    `<name type="corporate"><namePart>University</namePart><namePart>Faculty</namePart>${role('dgg')}${nameIdentifier('ror', 'nine')}</name>`,
  );
  assert.deepEqual(record.partners[1], { id: 'name:university faculty', name: 'University Faculty' });
  assert.match(record.notes[0] ?? '', /not a valid ROR/);
});

test('given names inside a related item, when read, then they are not of this work', () => {
  assert.deepEqual(authors(`<relatedItem type="host">${person(named('Editor'))}</relatedItem>`), []);
});
