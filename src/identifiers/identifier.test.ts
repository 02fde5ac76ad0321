import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bestId,
  compareIds,
  identifierType,
  identifierUrl,
  identifierValue,
  isPersistent,
  kindOf,
  namesContainer,
  oaiNamespace,
} from './index.ts';

/** One canonical id of each kind, best first, with its type, value and link. */
const IDS: [id: string, type: string, value: string, url: string | null][] = [
  ['doi:10.1234/a?b#c', 'doi', '10.1234/a?b#c', 'https://doi.org/10.1234/a%3Fb%23c'],
  ['oai:example.org:1', 'oai', 'example.org:1', null],
  ['urn:nbn:nl:ui:10-1', 'urn:nbn', 'nl:ui:10-1', 'https://persistent-identifier.nl/urn:nbn:nl:ui:10-1'],
  ['hdl:1721.1/7', 'hdl', '1721.1/7', 'https://hdl.handle.net/1721.1/7'],
  ['ark:/12148/x', 'ark', '/12148/x', 'https://n2t.net/ark:/12148/x'],
  ['arxiv:1501.00001', 'arxiv', '1501.00001', 'https://arxiv.org/abs/1501.00001'],
  ['pmcid:PMC1', 'pmcid', 'PMC1', 'https://pmc.ncbi.nlm.nih.gov/articles/PMC1'],
  ['pmid:1', 'pmid', '1', 'https://pubmed.ncbi.nlm.nih.gov/1'],
  ['isbn:9780306406157', 'isbn', '9780306406157', null],
  ['ads:2016x', 'ads', '2016x', null],
  ['https://example.org/a', 'url', 'https://example.org/a', 'https://example.org/a'],
];

test('given one id of each kind, when they are sorted, then they stand in the order of the contract', () => {
  const ids = IDS.map(([id]) => id);
  assert.deepEqual(ids.toReversed().sort(compareIds), ids);
  assert.equal(bestId(ids.toReversed()), ids[0]);
});

test('given several ids of the best kind, when the best is asked, then it is the one known first', () => {
  assert.equal(bestId(['https://a.org/', 'pmid:2', 'pmid:1']), 'pmid:2');
  assert.equal(compareIds('pmid:2', 'pmid:1'), 0);
  assert.equal(bestId([]), null);
});

test('given canonical ids, when they are printed, then type, value and link are those of their kind', () => {
  for (const [id, type, value, url] of IDS) {
    assert.deepEqual([identifierType(id), identifierValue(id), identifierUrl(id)], [type, value, url]);
  }
});

test('given any kind, when persistence is asked, then only a URL is not persistent', () => {
  assert.deepEqual(IDS.map(([id]) => isPersistent(id)).lastIndexOf(true), IDS.length - 2);
  assert.equal(isPersistent('http://example.org/'), false);
});

test('given a urn that is no nbn, when its kind is asked, then it is another scheme', () => {
  assert.equal(kindOf('urn:uuid:1'), 'other');
  assert.equal(identifierType('urn:uuid:1'), 'urn');
});

test('given a urn:nbn of a country without known resolver, when its link is asked, then there is none', () => {
  assert.equal(identifierUrl('urn:nbn:it:x-1'), null);
});

test('given ISBN and ISSN in any scheme, when asked, then they name a container; a DOI does not', () => {
  assert.ok(['isbn:9780306406157', 'issn:0010-440X', 'urn:ISSN:0010-440X'].every(namesContainer));
  assert.equal(namesContainer('doi:10.1234/isbn:1'), false);
});

test('given OAI ids, when the namespace is asked, then it is the part between the first two colons', () => {
  assert.equal(oaiNamespace('oai:www.differ.nl:160'), 'www.differ.nl');
  assert.equal(oaiNamespace('oai:demo'), null);
  assert.equal(oaiNamespace('gov.noaa.nodc:0002316'), null);
});
