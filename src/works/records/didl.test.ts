import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readOne } from './example-delivery.ts';
import { didl, dublinCore, mods } from './example-records.ts';

const URLS = [
  { url: 'https://repo.example.org/1.pdf', kind: 'file' },
  { url: 'https://repo.example.org/1', kind: 'page' },
];

test('given DIDL around MODS, when read, then identity comes from the top item and MODS, addresses from the typed items', () => {
  const record = readOne(
    didl(mods('<titleInfo><title>T</title></titleInfo><identifier type="hdl">1874/1</identifier>')),
  );
  assert.deepEqual(record.identifiers, ['oai:repo.example.org:1', 'urn:nbn:nl:ui:99-1', 'hdl:1874/1']);
  assert.deepEqual(record.urls, URLS);
  assert.equal(record.title, 'T');
});

test('given DIDL around oai_dc, when read, then creators and title are there', () => {
  const record = readOne(didl(dublinCore('<d:title>T</d:title><d:creator>Waal, A.</d:creator>')));
  assert.equal(record.title, 'T');
  assert.deepEqual(record.authors, [{ name: 'Waal, A.', ids: [] }]);
  assert.deepEqual(record.urls, URLS);
});

test('given any prefix or none, when read, then the record is the same', () => {
  const metadata = mods('<titleInfo><title>T</title></titleInfo>');
  const expected = readOne(didl(metadata, 'didl'));
  assert.deepEqual(readOne(didl(metadata, 'nl_didl')), expected);
  assert.deepEqual(readOne(didl(metadata, '')), expected);
});

test('given an identifier and a text address in a file item, when read, then only the address is taken', () => {
  const file = `<x:Item><x:Descriptor><x:Statement><t:ObjectType xmlns:t="urn:mpeg:mpeg21:2005:01-DIP-NS">info:eu-repo/semantics/objectFile</t:ObjectType>
    </x:Statement></x:Descriptor><x:Descriptor><x:Statement><i:Identifier>urn:nbn:nl:ui:99-1-file</i:Identifier></x:Statement></x:Descriptor>
    <x:Component><x:Resource> https://repo.example.org/2.pdf </x:Resource></x:Component></x:Item>`;
  const record = readOne(didl(mods('<titleInfo><title>T</title></titleInfo>'), 'x', file));
  assert.deepEqual(record.identifiers, ['oai:repo.example.org:1', 'urn:nbn:nl:ui:99-1']);
  assert.deepEqual(record.urls, [...URLS, { url: 'https://repo.example.org/2.pdf', kind: 'file' }]);
});

test('given DIDL without metadata, when read, then its identity is still known', () => {
  const record = readOne(didl(''));
  assert.deepEqual(record.identifiers, ['oai:repo.example.org:1', 'urn:nbn:nl:ui:99-1']);
  assert.equal(record.title, null);
});
