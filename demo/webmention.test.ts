import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSample } from './sample.ts';
import { createDemoPages } from './webmention-pages.ts';
import { startDemoSite } from './webmention-site.ts';

const { publications } = createSample(Date.UTC(2026, 5, 17));
const observatory = 'http://127.0.0.1:8080';

test('given the sample, when pages are made, then each links to its target once, and they are the same each time', () => {
  const pages = createDemoPages({ publications, observatory, repository: 'abc' });
  assert.equal(pages.length, 7);
  assert.equal(new Set(pages.map(({ path }) => path)).size, 7);
  for (const { html, target } of pages) assert.equal(html.split(`href="${target}"`).length, 2, target);
  assert.deepEqual(createDemoPages({ publications, observatory, repository: 'abc' }), pages);
  assert.equal(createDemoPages({ publications, observatory, repository: null }).length, 6);
});

test('given the site, when pages are shown, then they are served on the loopback and nothing else is', async (t) => {
  const [first, second] = [await startDemoSite(), await startDemoSite()];
  t.after(first.stop);
  t.after(second.stop);
  assert.notEqual(first.url, second.url);
  assert.match(first.address, /^127\./);
  first.show([{ path: '/a', html: '<p>A</p>' }]);
  assert.equal(await (await fetch(`${first.url}/a`)).text(), '<p>A</p>');
  assert.equal((await fetch(`${first.url}/b`)).status, 404);
});
