import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { urlKey } from './url-key.ts';

test('given spellings of one address, then they have one key', () => {
  for (const [key, ...spellings] of [
    ['example.org', 'http://www.example.org', 'https://example.org/', 'HTTP://EXAMPLE.org:80/index.html#top'],
    ['example.org/a', 'http://example.org/a/', 'https://example.org/a/index.php', 'http://example.org/a//'],
    ['example.org', 'http://example.org/xmlui/', 'http://example.org/jspui/index.jsp'],
    ['example.org:8080/Repo?x=1', 'http://www.example.org:8080/Repo/?x=1'],
    ['xn--bcher-kva.example', 'http://Bücher.example/default.aspx'],
  ]) {
    for (const spelling of spellings) assert.equal(urlKey(spelling), key, spelling);
  }
});

test('given what is no web address, then there is no key', () => {
  for (const text of ['', 'example.org', 'ftp://example.org', 'mailto:a@example.org', 'http://']) {
    assert.equal(urlKey(text), null);
  }
});

test('property: a key does not depend on scheme, www or a trailing slash', () => {
  fc.assert(
    fc.property(fc.webPath(), (path) => {
      const key = urlKey(`http://example.org${path}`);
      assert.equal(urlKey(`https://www.example.org${path}/`), key);
    }),
  );
});

test('property: a plain address has the key that reading it as a URL gives', () => {
  const host = fc.stringMatching(/^(www\.)?([a-z0-9-]{1,5}\.){1,3}[a-z]{1,3}$/);
  const path = fc.stringMatching(
    /^(\/[a-zA-Z0-9_~.-]{1,6}|\/index\.html|\/xmlui|\/default\.aspx){0,4}\/{0,2}$/,
  );
  fc.assert(
    fc.property(host, path, (name, rest) => {
      // A fragment does not count, and keeps an address from being plain.
      assert.equal(urlKey(`http://${name}${rest}`), urlKey(`http://${name}${rest}#top`));
    }),
    { numRuns: 2_000 },
  );
});
