import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readJsonPublications } from './json-publications.ts';

function read(...publications: unknown[]) {
  const result = readJsonPublications({ publications });
  assert.ok(result.ok);
  return result;
}

function record(publication: unknown) {
  const { records, rejected } = read(publication);
  assert.deepEqual(rejected, []);
  const [first] = records;
  assert.ok(first);
  return first.record;
}

test('given every field, when read, then the record holds all of it in canonical form', () => {
  const publication = {
    id: 'oai:repo.example.org:1',
    identifiers: ['https://doi.org/10.1234/ABC', '10.1234/abc', 'https://repo.example.org/1'],
    title: ' Tides  of the sea ',
    type: 'journal article',
    date: '2011-02',
    publisher: 'Sea Press',
    urls: [{ url: 'https://repo.example.org/1.pdf', kind: 'file' }, { url: 'https://repo.example.org/1' }],
    authors: [
      {
        name: 'Waal, Anna van der',
        orcid: '0000000218250097',
        dai: '071090665',
        isni: '0000 0000 8150 8690',
        id: 'staff-7',
      },
      { name: 'Nobody' },
    ],
    partners: [{ id: 'https://ror.org/04pp8hn57', name: 'Tidal University' }, { name: 'Sea Lab' }],
    parent: {
      title: 'Journal of Tides',
      type: 'journal',
      issn_online: '14764687',
      issn_print: '0378-5955',
      isbn: '978-3-16-148410-0',
      doi: 'doi:10.1234/J',
    },
    datestamp: '2024-05-01T10:00:00Z',
  };
  assert.deepEqual(record(publication), {
    recordId: 'oai:repo.example.org:1',
    datestamp: '2024-05-01T10:00:00Z',
    deleted: false,
    identifiers: ['oai:repo.example.org:1', 'doi:10.1234/abc'],
    urls: [
      { url: 'https://repo.example.org/1', kind: 'page' },
      { url: 'https://repo.example.org/1.pdf', kind: 'file' },
    ],
    title: 'Tides of the sea',
    type: 'Article',
    date: '2011-02',
    publisher: 'Sea Press',
    authors: [
      {
        name: 'Waal, Anna van der',
        ids: ['orcid:0000-0002-1825-0097', 'isni:0000000081508690', 'dai:071090665', 'staff-7'],
      },
      { name: 'Nobody', ids: [] },
    ],
    partners: [
      { id: 'ror:04pp8hn57', name: 'Tidal University' },
      { id: 'name:sea lab', name: 'Sea Lab' },
    ],
    parent: {
      title: 'Journal of Tides',
      type: 'Journal',
      issnOnline: '1476-4687',
      issnPrint: '0378-5955',
      isbn: '9783161484100',
      doi: '10.1234/j',
    },
    notes: [],
  });
});

test('given only an id or only one identifier, when read, then that is enough', () => {
  assert.deepEqual(record({ id: '10.1234/a' }).identifiers, ['doi:10.1234/a']);
  assert.equal(record({ identifiers: ['10.1234/a'] }).recordId, 'doi:10.1234/a');
  assert.deepEqual(record({ id: '4711', identifiers: ['10.1234/a'] }).identifiers, ['doi:10.1234/a']);
  assert.equal(record({ id: '4711', identifiers: ['10.1234/a'] }).recordId, '4711');
});

test('given nulls, when read, then they are absent fields', () => {
  const { title, authors, parent } = record({
    id: '10.1234/a',
    title: null,
    authors: null,
    parent: null,
    deleted: null,
  });
  assert.deepEqual([title, authors, parent], [null, [], null]);
});

test('given no usable identifier, when read, then the item is rejected', () => {
  for (const item of [
    {},
    { title: 'T' },
    { id: '4711' },
    { identifiers: ['isbn:9783161484100', 'no form'] },
  ]) {
    assert.deepEqual(read(item).rejected[0]?.errors, [
      { path: 'publications[0].identifiers', message: 'needs an id or one identifier of a known form' },
    ]);
  }
});

test('given many faults, when read, then every one of every item is named by its path, and good items are kept', () => {
  const { records, rejected } = read(
    { id: '10.1234/a' },
    {
      id: 7,
      identifiers: ['10.1234/b', 8],
      title: {},
      urls: [{ kind: 'page' }, { url: 'https://a.example/', kind: 'picture' }],
      authors: [{ orcid: 5 }, 'Waal'],
      partners: {},
      parent: [],
      datestamp: 'yesterday',
      deleted: 'no',
    },
    'text',
  );
  assert.deepEqual(
    records.map(({ position }) => position),
    [1],
  );
  assert.deepEqual(rejected[0]?.errors.map(({ path }) => path).sort(), [
    'publications[1].authors[0].name',
    'publications[1].authors[0].orcid',
    'publications[1].authors[1]',
    'publications[1].datestamp',
    'publications[1].deleted',
    'publications[1].id',
    'publications[1].identifiers[1]',
    'publications[1].parent',
    'publications[1].partners',
    'publications[1].title',
    'publications[1].urls[0].url',
    'publications[1].urls[1].kind',
  ]);
  assert.deepEqual(rejected[1], {
    position: 3,
    reason: 'publications[2] must be an object',
    errors: [{ path: 'publications[2]', message: 'must be an object' }],
  });
});

test('given text that no database stores or an endless id, when read, then it is a fault', () => {
  const faultOf = (item: object) => read(item).rejected[0]?.errors[0]?.path;
  assert.equal(faultOf({ id: '10.1234/a', title: 'a\0b' }), 'publications[0].title');
  assert.equal(
    faultOf({ id: '10.1234/a', authors: [{ name: '\ud800' }] }),
    'publications[0].authors[0].name',
  );
  assert.equal(faultOf({ id: `${'x'.repeat(2049)}`, identifiers: ['10.1234/a'] }), 'publications[0].id');
});

test('given values of no known form, when read, then they are ignored with a note', () => {
  const { notes, authors, date, parent, identifiers } = record({
    id: '10.1234/a',
    identifiers: ['info:doi/10.00282162'],
    date: 'spring',
    authors: [{ name: 'A', orcid: '0000-0002-1825-0098', dai: '29806278' }],
    parent: { issn_print: '0378-5950' },
    colour: 'red',
  });
  assert.deepEqual(identifiers, ['doi:10.1234/a']);
  assert.deepEqual(authors, [{ name: 'A', ids: ['dai:29806278'] }]);
  assert.deepEqual([date, parent], [null, null]);
  assert.equal(notes.length, 6);
});

test('given a deleted item, when read, then only its identity is left, even by an id of no known form', () => {
  const deleted = record({
    id: '4711',
    title: 'T',
    authors: [{ name: 'A' }],
    partners: [{ id: 'p' }],
    deleted: true,
  });
  assert.deepEqual(
    [deleted.recordId, deleted.deleted, deleted.title, deleted.authors, deleted.partners],
    ['4711', true, null, [], []],
  );
});

test('given a partner of the batch, when read, then it comes after those of the item, once', () => {
  const body = {
    publications: [
      { id: '10.1234/a', partners: [{ id: 'own' }] },
      { id: '10.1234/b', partners: [{ id: 'batch' }] },
    ],
  };
  const result = readJsonPublications(body, { partner: { id: 'batch', name: 'Batch' } });
  assert.ok(result.ok);
  assert.deepEqual(
    result.records.map((each) => each.record.partners),
    [
      [
        { id: 'own', name: null },
        { id: 'batch', name: 'Batch' },
      ],
      [{ id: 'batch', name: 'Batch' }],
    ],
  );
});

test('given a body without publications, when read, then it is refused as a whole', () => {
  for (const body of [null, [], 'x', {}, { publications: {} }]) {
    assert.deepEqual(readJsonPublications(body), {
      ok: false,
      errors: [{ path: 'publications', message: 'must be an array of publications' }],
    });
  }
});

test('given any JSON, when read, then every item is either a record or rejected with a reason, and nothing is thrown', () => {
  const keys = fc.constantFrom(
    'id',
    'identifiers',
    'title',
    'urls',
    'authors',
    'partners',
    'parent',
    'date',
    'datestamp',
    'deleted',
    '__proto__',
  );
  const item = fc.oneof(fc.jsonValue(), fc.dictionary(keys, fc.jsonValue()));
  fc.assert(
    fc.property(fc.array(item), (publications) => {
      const result = readJsonPublications({ publications });
      assert.ok(result.ok);
      assert.equal(result.records.length + result.rejected.length, publications.length);
      assert.ok(result.rejected.every(({ reason, errors }) => reason !== '' && errors.length > 0));
    }),
  );
});
