import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findLicence, type LicenceEvidence } from './find-licence.ts';

const at = '2026-01-02T03:04:05Z';
const nothing: LicenceEvidence = {
  xml: { steps: [], unrecognised: false },
  epmcField: null,
  epmcAt: at,
  crossref: null,
  page: null,
  epmcOutstanding: false,
  publisherOutstanding: false,
};
const cases: [
  name: string,
  evidence: Partial<LicenceEvidence>,
  type: string | null,
  source: string | null,
  codes: string[],
][] = [
  ['nothing anywhere', {}, null, null, ['licence.none']],
  ["Europe PMC's field", { epmcField: 'cc by-nc' }, 'cc-by-nc', 'epmc', ['licence.epmc']],
  [
    'a text that disagrees with the field',
    {
      xml: { steps: [{ code: 'licence.xml_text', found: ['cc-by'] }], unrecognised: false },
      epmcField: 'cc by-nc',
    },
    'cc-by',
    'epmc_xml',
    ['licence.xml_text', 'licence.conflict'],
  ],
  ['Crossref', { crossref: { licences: ['cc-by'], at } }, 'cc-by', 'publisher', ['licence.crossref']],
  [
    "the publisher's page",
    { page: { licences: ['cc0'], at } },
    'cc0',
    'publisher',
    ['licence.publisher_page'],
  ],
  [
    'words nobody knows',
    { xml: { steps: [], unrecognised: true } },
    'non-standard-licence',
    'epmc_xml',
    ['licence.nonstandard'],
  ],
  [
    'words nobody knows, and Crossref',
    { xml: { steps: [], unrecognised: true }, crossref: { licences: ['cc-by'], at } },
    'cc-by',
    'publisher',
    ['licence.crossref'],
  ],
  [
    'a full text that did not come',
    { epmcOutstanding: true, epmcField: 'cc by', crossref: { licences: ['cc-by'], at } },
    null,
    null,
    [],
  ],
  ['Crossref that did not answer', { publisherOutstanding: true }, null, null, []],
  [
    'words nobody knows while Crossref is silent',
    { publisherOutstanding: true, xml: { steps: [], unrecognised: true } },
    null,
    null,
    [],
  ],
];
for (const [name, evidence, type, source, codes] of cases) {
  test(`given ${name}, when the licence is decided, then it is ${type} with ${codes.join(', ') || 'no code'}`, () => {
    const found = findLicence({ ...nothing, ...evidence }, at);
    assert.deepEqual([found.type, found.source, found.notes.map(({ code }) => code)], [type, source, codes]);
  });
}
