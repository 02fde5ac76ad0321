import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildSruUrl, DEFAULT_SRU_QUERY } from './query.ts';

const queryOf = (template: string, id: string) =>
  new URL(buildSruUrl('https://sru.example.org/', template, id)).searchParams.get('query');

test('given an identifier, when asked, then it is an SRU 1.1 searchRetrieve request for one record', () => {
  assert.equal(
    buildSruUrl('https://sru.example.org/sru', DEFAULT_SRU_QUERY, 'doi:10.1234/a'),
    'https://sru.example.org/sru?version=1.1&operation=searchRetrieve&maximumRecords=1&query=dc.identifier%20exact%20%22doi%3A10.1234%2Fa%22',
  );
});

test('given a base with a query string, when asked, then it stays and ours comes once', () => {
  const url = new URL(
    buildSruUrl('https://sru.example.org/?x-collection=a%20b&version=1.2#top', DEFAULT_SRU_QUERY, 'a'),
  );
  assert.deepEqual(url.searchParams.getAll('x-collection'), ['a b']);
  assert.deepEqual(url.searchParams.getAll('version'), ['1.1']);
  assert.equal(url.hash, '');
});

test('given an identifier with quotes, backslashes or masking characters, when asked, then they are escaped', () => {
  assert.equal(queryOf(DEFAULT_SRU_QUERY, 'a" or x="b'), 'dc.identifier exact "a\\" or x=\\"b"');
  assert.equal(queryOf(DEFAULT_SRU_QUERY, 'a\\'), 'dc.identifier exact "a\\\\"');
  assert.equal(queryOf(DEFAULT_SRU_QUERY, 'a*b?c^$&'), 'dc.identifier exact "a\\*b\\?c\\^$&"');
});

test('given a template without quotes or with several places, when asked, then each is a string of its own', () => {
  assert.equal(queryOf('id={id} or alt="{id}"', 'a b'), 'id="a b" or alt="a b"');
});

test('given any identifier, when asked, then the string of the query ends where the template ends it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (id) => {
      const query = queryOf(DEFAULT_SRU_QUERY, id) ?? '';
      const string = query.slice('dc.identifier exact '.length);
      assert.match(string, /^"(?:[^"\\]|\\.)*"$/s);
      assert.equal(string.slice(1, -1).replace(/\\(.)/gs, '$1'), id.toWellFormed());
    }),
  );
});
