import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalId, identifierUrl, kindOf, parseIdentifier } from './index.ts';

const SPELLINGS: Record<string, string[]> = {
  'doi:10.1371/journal.pone.0048753': [
    '10.1371/journal.pone.0048753',
    '  10.1371/Journal.PONE.0048753\n',
    'doi:10.1371/journal.pone.0048753',
    'DOI:10.1371/journal.pone.0048753',
    'info:doi/10.1371/journal.pone.0048753',
    'http://dx.doi.org/10.1371/journal.pone.0048753',
    'https://www.doi.org/10.1371/journal.pone.0048753',
    'HTTPS://DOI.ORG/10.1371%2Fjournal.pone.0048753',
    'https://doi.org:443/10.1371/journal.pone.0048753',
    'https:doi.org/10.1371/journal.pone.0048753',
    'https://doi.org/10.1371/journal.pone.0048753?utm_source=x#abstract',
  ],
  'doi:10.1002/(sici)1097-0258(19980815)17:15<1661::aid>3.0.co;2-2': [
    'doi:10.1002/(SICI)1097-0258(19980815)17:15<1661::AID>3.0.CO;2-2',
    'https://doi.org/10.1002/(SICI)1097-0258(19980815)17:15%3C1661::AID%3E3.0.CO;2-2',
  ],
  'doi:10.1234/what?#%2f': ['10.1234/what?#%2F', 'https://doi.org/10.1234/what%3F%23%252F'],
  'doi:10.1234.56/É': ['10.1234.56/É', 'http://doi.org/10.1234.56/%C3%89'],
  'doi:10.1234/100%-%e9': ['10.1234/100%-%E9', 'https://doi.org/10.1234/100%-%E9'],
  'oai:Example.org:A/1 b': [
    'oai:Example.org:A/1 b',
    'info:oai:Example.org:A/1 b',
    'INFO:OAI/Example.org:A/1 b',
  ],
  'urn:nbn:nl:ui:10-1874-OF': ['urn:nbn:nl:ui:10-1874-OF', 'URN:NBN:NL:UI:10-1874-OF'],
  'urn:nbn:fi-Fe2012': ['urn:nbn:fi-Fe2012', 'urn:NBN:FI-Fe2012'],
  'hdl:1721.1/7582a': [
    'hdl:1721.1/7582a',
    'HDL:1721.1/7582a',
    'info:hdl/1721.1/7582a',
    'http://hdl.handle.net/1721.1/7582a',
    'https://hdl.handle.net/1721.1%2F7582a?show=full',
  ],
  'hdl:tue.x/AbC': ['hdl:TUe.X/AbC'],
  'ark:/12148/btv1B8449691v': ['ark:/12148/btv1B8449691v', 'ARK:12148/btv1B8449691v'],
  'arxiv:1501.00001': [
    'arxiv:1501.00001',
    'arXiv:1501.00001v2',
    'https://arxiv.org/abs/1501.00001v3',
    'http://arxiv.org/pdf/1501.00001v1.pdf#page=2',
    'https://arxiv.org/pdf/1501.00001',
  ],
  'arxiv:hep-th/9901001': ['arxiv:hep-th/9901001v2', 'https://arxiv.org/abs/hep-th/9901001'],
  'arxiv:math.GT/0309136': ['arXiv:math.GT/0309136', 'https://arxiv.org/pdf/math.GT/0309136v1.pdf'],
  'pmcid:PMC4219345': [
    'PMC4219345',
    'pmc4219345.1',
    'pmcid:PMC4219345',
    'PMCID:4219345',
    'https://www.ncbi.nlm.nih.gov/pmc/articles/PMC4219345/',
    'https://ncbi.nlm.nih.gov/pmc/articles/pmc4219345.2',
    'https://pmc.ncbi.nlm.nih.gov/articles/PMC4219345?report=classic',
  ],
  'pmid:16366734': [
    'pmid:16366734',
    'PMID:16366734',
    'https://pubmed.ncbi.nlm.nih.gov/16366734/',
    'https://www.ncbi.nlm.nih.gov/pubmed/16366734',
    'http://ncbi.nlm.nih.gov/pubmed/16366734?dopt=Abstract',
  ],
  'isbn:9780306406157': ['isbn:0-306-40615-2', 'ISBN:978-0-306-40615-7', 'urn:isbn:9780306406157'],
  'isbn:9780804429573': ['isbn:080442957X', 'isbn:0-8044-2957-x'],
  'urn:uuid:F81d4fae-7dec': ['urn:uuid:F81d4fae-7dec', 'URN:uuid:F81d4fae-7dec'],
  'gov.noaa.nodc:0002316': ['gov.noaa.nodc:0002316', 'GOV.NOAA.NODC:0002316'],
  'http://example.org/a?b=C#!/d': ['HTTP://Example.ORG:80/a?b=C#!/d'],
  'https://example.org/A/': ['https://example.org:443/A/#top', 'https://EXAMPLE.org/x/../A/'],
  'https://example.org/A': ['https://example.org/A'],
  'http://example.org/': ['http://example.org', 'http:example.org'],
  'https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1/pdf/a.pdf': [
    'https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1/pdf/a.pdf',
  ],
  'https://pubmed.ncbi.nlm.nih.gov/?term=almanac': ['https://pubmed.ncbi.nlm.nih.gov/?term=almanac'],
  'https://doi.org.example/10.163/x': ['https://doi.org.example/10.163/x'],
  'https://notdoi.org/10.1371/x': ['https://notdoi.org/10.1371/x'],
};

for (const [id, spellings] of Object.entries(SPELLINGS)) {
  test(`given any spelling of ${id}, when it is parsed, then it has that one canonical id`, () => {
    for (const spelling of [id, ...spellings]) {
      assert.deepEqual(
        parseIdentifier(spelling),
        { ok: true, identifier: { kind: kindOf(id), id } },
        spelling,
      );
    }
  });
}

const FAULTS: Record<string, string[]> = {
  'is empty': ['', '  \n'],
  'is longer than 2,048 characters': [`https://example.org/${'a'.repeat(2029)}`],
  'is longer than 2,048 characters in its canonical form': [`10.1234/${'a'.repeat(2040)}`],
  'holds a control character': ['doi:10.1371/a\u0000b', 'https://example.org/a\tb', 'oai:x:\u0085y'],
  'is not valid Unicode': ['oai:x:\ud800'],
  'looks like a DOI': [
    '10.163/x',
    '10.12345',
    'doi:',
    'doi:10.1371',
    'doi:10.1371/a b',
    'info:doi/10.00282162',
    'https://doi.org/10.163/x',
    'https://doi.org/10.163.pcbsj/x',
    'https://doi.org/10.1126/science.326 350b',
    'https://doi.org/10.1126/science.326%20350b',
    'https://doi.org/10.1126/science%00',
    'http://dx.doi.org/10.1242/?jeb.124362',
    'https://doi.org',
    'https://www.doi.org/the-foundation',
    'https:doi.org/10.163/x',
  ],
  'is an OAI identifier without a value': ['oai:', 'info:oai/', 'info:oai:'],
  'is not a valid urn:nbn': ['urn:nbn', 'urn:nbn:', 'urn:nbn:nl:a b'],
  'is not a valid handle': ['hdl:1721.1', 'hdl:1721.1/', 'https://hdl.handle.net/', 'info:hdl/x'],
  'is not a valid ARK': ['ark:', 'ark:/12148', 'ark:/12148/a b'],
  'is not a valid arXiv identifier': ['arxiv:15.1', 'https://arxiv.org/abs/nothing'],
  'is not a valid PMCID': [
    'PMC0',
    'PMC123456789',
    'pmcid:PMCx',
    'https://www.ncbi.nlm.nih.gov/pmc/articles/PMC12x',
  ],
  'is not a valid PMID': [
    'pmid:0',
    'pmid:0123',
    'pmid:123456789',
    'pmid:x',
    'https://pubmed.ncbi.nlm.nih.gov/123456789/',
  ],
  'is not a valid ISBN': ['isbn:9780306406158', 'isbn:0306406153', 'isbn:1234', 'urn:isbn:9002233389'],
  'is not a valid URL': ['http://', 'https://exa mple.org/', 'http://[1'],
  'is a URL of a scheme other': ['gopher://example.org/1', 'x-app://a'],
  'has the scheme': [
    'javascript:alert(1)',
    'data:,1.2.3.4',
    'file:///etc/hosts',
    'FTP://example.org/',
    'mailto:a@b.org',
    'blob:x',
    'info:eu-repo/semantics/article',
  ],
  'has no known form': [
    'Nature 326, 350',
    'none',
    'urn:',
    'x:',
    'title: a subtitle',
    '9780306406157',
    '://x',
  ],
};

for (const [reason, texts] of Object.entries(FAULTS)) {
  test(`given text that ${reason}, when it is parsed, then the fault says so`, () => {
    for (const text of texts) {
      const parsed = parseIdentifier(text);
      assert.ok(!parsed.ok, `${text} was taken`);
      assert.ok(parsed.reason.startsWith(reason), `${text}: ${parsed.reason}`);
      assert.equal(canonicalId(text), null);
    }
  });
}

test('given 2,048 characters, when they are a URL or DOI, then they are taken whole', () => {
  const url = `https://example.org/${'a'.repeat(2028)}`;
  assert.equal(canonicalId(url), url);
  const doi = `doi:10.1234/${'a'.repeat(2036)}`;
  assert.equal(canonicalId(doi), doi);
});

/** Text made of the pieces that matter to the parser, so that most samples come near an accepted form. */
const nearIdentifiers = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '10.',
        '1234',
        '/',
        ':',
        'doi',
        'oai',
        'urn:nbn:nl',
        'hdl',
        'ark:/',
        'arxiv',
        'pmc',
        'pmid',
      ),
      fc.constantFrom(
        'https:',
        'http:',
        '//',
        'doi.org',
        'hdl.handle.net',
        'arxiv.org/abs/',
        '%2F',
        '%',
        '?',
        '#',
      ),
      fc.constantFrom(
        '\\',
        '@',
        ':80',
        '..',
        '!',
        '-',
        'A',
        'é',
        '%C3%A9',
        '%00',
        ' ',
        'info:',
        'isbn:',
        'pubmed',
      ),
      fc.string({ maxLength: 4, unit: 'binary' }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

test('given any text, when it is parsed, then nothing throws and its canonical id is read back as itself', () => {
  const texts = fc.oneof(nearIdentifiers, fc.string({ unit: 'binary' }), fc.webUrl({ withFragments: true }));
  fc.assert(
    fc.property(texts, (text) => {
      const parsed = parseIdentifier(text);
      if (!parsed.ok) return;
      assert.deepEqual(parseIdentifier(parsed.identifier.id), parsed);
      assert.equal(kindOf(parsed.identifier.id), parsed.identifier.kind);
    }),
    { numRuns: 3000 },
  );
});

test('given any DOI, when it is spelled in every accepted way, then all spellings give the same id', () => {
  const suffix = fc
    .string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
    .filter((text) => !/[\s\p{Cc}]/u.test(text));
  fc.assert(
    fc.property(fc.integer({ min: 1000, max: 999_999_999 }), suffix, (registrant, rest) => {
      const doi = `10.${registrant}/${rest}`;
      const id = canonicalId(doi) ?? '';
      assert.ok(id.startsWith('doi:10.'));
      const encoded = encodeURIComponent(doi);
      for (const spelling of [`doi:${doi}`, `info:doi/${doi}`, `DOI:${doi}`])
        assert.equal(canonicalId(spelling), id);
      for (const host of ['http://dx.doi.org/', 'https://doi.org/', 'HTTPS://www.doi.org/']) {
        assert.equal(canonicalId(host + encoded), id);
      }
      assert.equal(canonicalId(identifierUrl(id) ?? ''), id);
    }),
  );
});
