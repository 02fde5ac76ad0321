import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { licencesOfPage } from './page.ts';
import { mayFetch, parseRobots } from './robots.ts';

const pages: [name: string, html: string, licences: string[]][] = [
  [
    'a link',
    '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/"><a href="http://creativecommons.org/licenses/by-nc/4.0/">other</a>',
    ['cc-by'],
  ],
  [
    'an anchor',
    '<p><a class=x rel="nofollow license" href="//creativecommons.org/licenses/by-sa/4.0/">licence</a>',
    ['cc-by-sa'],
  ],
  ['dc.rights', '<meta name="DC.Rights" content="http://creativecommons.org/licenses/by/2.0/">', ['cc-by']],
  [
    'citation_license in words',
    '<meta name="citation_license" content="Creative Commons Attribution-NonCommercial">',
    ['cc-by-nc'],
  ],
  [
    'RDFa',
    '<span property="cc:license" resource="https://creativecommons.org/licenses/by-nd/4.0/"></span>',
    ['cc-by-nd'],
  ],
  [
    'RDF in a comment',
    '<!-- <cc:license rdf:resource="http://creativecommons.org/licenses/by/2.0/"/> -->',
    ['cc-by'],
  ],
  [
    'JSON-LD',
    '<script type="application/ld+json">{"a":[{"license":{"@id":"https://creativecommons.org/publicdomain/zero/1.0/"}}]}</script>',
    ['cc0'],
  ],
  [
    'JSON-LD that is none',
    '<script type="application/ld+json">{"license":"https://creativecommons.org/</script>',
    [],
  ],
  ['an address in the text', 'see https://creativecommons.org/licenses/by/4.0 for more', ['cc-by']],
  [
    'words near the licence',
    '<p>This <b>is</b> distributed under the Creative Commons\n Attribution License which permits any use',
    ['cc-by'],
  ],
  ['words far from the licence', `licence ${'x '.repeat(200)} Creative Commons Attribution`, []],
  ['a script', '<script>var a = "https://creativecommons.org/licenses/by/4.0/";</script>', []],
  ['nothing known', '<openaccess>1</openaccess><openaccessUserLicense/>', []],
];
for (const [name, html, licences] of pages) {
  test(`given a page with ${name}, when it is read, then it names ${licences.join(', ') || 'nothing'}`, () => {
    assert.deepEqual(licencesOfPage(html), licences);
  });
}

test('given a page nested 20,000 deep, when it is read, then it is read to its end', () => {
  const deep = `${'<span>'.repeat(20_000)}<a rel=license href="https://creativecommons.org/licenses/by/4.0/">`;
  assert.deepEqual(licencesOfPage(deep), ['cc-by']);
});

test('given any text for a page, when it is read, then nothing fails', () => {
  fc.assert(fc.property(fc.string(), (html) => Array.isArray(licencesOfPage(html))));
});

const robots = `User-agent: *\nDisallow: /private\nAllow: /private/open\nDisallow: /*.pdf$\nUser-agent: Nosy\nUser-agent: Almanac\nDisallow: /almanac # not us\n`;
const may = (text: string, product: string, path: string) =>
  mayFetch(parseRobots(text, product), new URL(`https://publisher.example${path}`));

test('given a robots.txt, when a path is asked, then the longest rule of our group decides', () => {
  assert.equal(may(robots, 'Other', '/private/x'), false);
  assert.equal(may(robots, 'Other', '/private/open/x'), true);
  assert.equal(may(robots, 'Other', '/a/b.pdf'), false);
  assert.equal(may(robots, 'Other', '/a/b.pdf?x'), true);
  assert.equal(may(robots, 'almanac', '/private/x'), true);
  assert.equal(may(robots, 'almanac', '/almanac/x'), false);
  assert.equal(may('', 'almanac', '/x'), true);
  assert.equal(may('User-agent: *\nDisallow:\n', 'almanac', '/x'), true);
  assert.equal(may('User-agent: *\r\nDisallow: /\r\nAllow: /$', 'almanac', '/'), true);
});

test('given any robots.txt, when any path is asked, then there is an answer', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('*', '$', '/', 'a', 'aa')), fc.webPath(), (parts, path) => {
      assert.equal(
        typeof may(`User-agent: *\nDisallow: /${parts.join('')}`, 'almanac', path || '/'),
        'boolean',
      );
    }),
  );
});
