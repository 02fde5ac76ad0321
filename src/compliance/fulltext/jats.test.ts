import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideLicence } from '../licences/licence-ladder.ts';
import { createFullTextReader, type FullText } from './jats.ts';

function read(document: string, size = 64): FullText {
  const reader = createFullTextReader();
  const bytes = Buffer.from(document);
  for (let from = 0; from < bytes.length; from += size) reader.write(bytes.subarray(from, from + size));
  return reader.end();
}

const article = (meta: string, after = '') =>
  `<?xml version="1.0"?><!DOCTYPE article SYSTEM "http://dtd.example/x.dtd"><article xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:ali="http://www.niso.org/schemas/ali/1.0/"><front><article-meta><article-id pub-id-type="doi">10.5555/x</article-id>${meta}</article-meta></front>${after}</article>`;
const permitted = (licence: string) => article(`<permissions>${licence}</permissions>`);

function outcome(document: string) {
  const { steps, unrecognised } = read(document).licence;
  const decided = decideLicence(steps);
  if (decided === null) return unrecognised ? 'non-standard-licence' : null;
  return decided.licence;
}

const table: [name: string, document: string, licence: string | null][] = [
  [
    'href https by-nc',
    permitted('<license xlink:href="https://creativecommons.org/licenses/by-nc/4.0/"/>'),
    'cc-by-nc',
  ],
  [
    'href in capitals',
    permitted('<license xlink:href="HTTP://CreativeCommons.org/Licenses/BY-NC-ND/4.0"/>'),
    'cc-by-nc-nd',
  ],
  ['href cc0', permitted('<license xlink:href="http://creativecommons.org/publicdomain/zero/1.0/"/>'), 'cc0'],
  [
    'ali:license_ref',
    permitted(
      '<license><ali:license_ref> http://creativecommons.org/licenses/by/4.0/ </ali:license_ref></license>',
    ),
    'cc-by',
  ],
  ...['Cc-By', 'CC BY 4.0', 'cc-by 4.0', 'cc by', 'CC-BY'].map((type): [string, string, string] => [
    `type ${type}`,
    permitted(`<license license-type="${type}"/>`),
    'cc-by',
  ]),
  [
    'words noncommercial',
    permitted('<license><p>the Creative Commons Attribution-Noncommercial License</p></license>'),
    'cc-by-nc',
  ],
  [
    'words in pieces',
    permitted('<license><p>Creative <italic>Commons</italic> Attribution Non-commercial</p></license>'),
    'cc-by-nc',
  ],
  [
    'words nc-nd',
    permitted(
      '<license><license-p>Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 International</license-p></license>',
    ),
    'cc-by-nc-nd',
  ],
  [
    'words no derivative works',
    permitted(
      '<license><license-p>Creative Commons Attribution-Noncommercial-No Derivative Works</license-p></license>',
    ),
    'cc-by-nc-nd',
  ],
  [
    'en dash',
    permitted('<license><license-p>Creative Commons Attribution &#8211; Share Alike</license-p></license>'),
    'cc-by-sa',
  ],
  [
    'a use that is not a qualifier',
    permitted(
      '<license><license-p>Creative Commons Attribution License, which permits unrestricted non-commercial use</license-p></license>',
    ),
    'cc-by',
  ],
  [
    'lower case',
    permitted('<license><license-p>creative commons attribution licence</license-p></license>'),
    'cc-by',
  ],
  [
    'waiver of data',
    permitted(
      '<license xlink:href="http://creativecommons.org/licenses/by/2.0"><license-p>The CC0 waiver applies to the data</license-p></license>',
    ),
    'cc-by',
  ],
  [
    'free to read',
    permitted('<license><license-p>Free to read</license-p></license>'),
    'non-standard-licence',
  ],
  [
    'an address nobody knows',
    permitted('<license xlink:href="http://publisher.example/terms"/>'),
    'non-standard-licence',
  ],
  ['a type that says nothing', permitted('<license license-type="open-access"/>'), null],
  [
    'link inside',
    permitted(
      '<license><license-p>see <ext-link xlink:href="http://creativecommons.org/licenses/by-nd/4.0/">here</ext-link></license-p></license>',
    ),
    'cc-by-nd',
  ],
  [
    'copyright statement with words',
    permitted('<copyright-statement>Roe. Creative Commons Attribution License</copyright-statement>'),
    'cc-by',
  ],
  [
    'copyright statement alone',
    permitted('<copyright-statement>© 2008 Roe, All rights reserved</copyright-statement>'),
    null,
  ],
  ['NLM 2.0 without permissions', article('<copyright-statement>Roe. CC BY</copyright-statement>'), 'cc-by'],
  ['nothing', article(''), null],
];
for (const [name, document, licence] of table) {
  test(`given ${name}, when the full text is read, then its licence is ${licence}`, () => {
    assert.equal(outcome(document), licence);
  });
}

test('given licences of figures, sub-articles, responses and related articles, when read, then only that of the article counts', () => {
  const other =
    '<permissions><license xlink:href="http://creativecommons.org/licenses/by-nc-nd/4.0/"/></permissions>';
  const front = `<front><article-meta><article-id pub-id-type="manuscript">x1</article-id>${other}</article-meta></front>`;
  const document = article(
    `<related-article>${other}</related-article><permissions><license xlink:href="http://creativecommons.org/licenses/by/4.0/"/></permissions><abstract><fig>${other}</fig></abstract>`,
    `<body><fig>${other}</fig><table-wrap>${other}</table-wrap><boxed-text>${other}</boxed-text></body><sub-article>${front}</sub-article><response>${front}</response>`,
  );
  const { licence, manuscriptId } = read(document);
  assert.deepEqual(licence.steps, [{ code: 'licence.xml_url', found: ['cc-by'] }]);
  assert.equal(manuscriptId, false);
});

test('given two licences in one step, when decided, then the most restrictive wins and both are named', () => {
  const { licence } = read(
    permitted(
      '<license xlink:href="http://creativecommons.org/licenses/by/4.0/"/><license xlink:href="http://creativecommons.org/licenses/by-nc/4.0/"/>',
    ),
  );
  assert.deepEqual(decideLicence(licence.steps), {
    licence: 'cc-by-nc',
    code: 'licence.xml_url',
    conflict: ['cc-by', 'cc-by-nc'],
  });
});

for (const kind of ['manuscript', 'manuscript-id']) {
  test(`given an article id of the kind ${kind}, when read, then it is a manuscript`, () => {
    assert.equal(read(article(`<article-id pub-id-type="${kind}">nihms1</article-id>`)).manuscriptId, true);
    assert.equal(read(article(`<article-id pub-id-type="${kind}"> </article-id>`)).manuscriptId, false);
  });
}

const whole = permitted('<license xlink:href="http://creativecommons.org/licenses/by/4.0/"/>');
const broken: [name: string, document: string][] = [
  ['cut short', whole.slice(0, -20)],
  ['a page of HTML', '<!DOCTYPE html><html><head><title>x</title></head><body>Error</body></html>'],
  ['HTML that is not XML', '<html><br><p>Sorry'],
  ['nothing at all', ''],
  [
    'entities that grow',
    `<!DOCTYPE article [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;&a;">]><article><front>&b;</front></article>`,
  ],
];
for (const [name, document] of broken) {
  test(`given ${name}, when read, then it is refused and not taken for an article without a licence`, () => {
    assert.throws(() => read(document), { name: 'XmlFault' });
  });
}

test('given the same bytes cut anywhere, when read, then the answer and its sha256 are the same', () => {
  for (const size of [1, 7, 1000]) assert.deepEqual(read(whole, size), read(whole));
  assert.match(read(whole).sha256, /^[0-9a-f]{64}$/);
});
