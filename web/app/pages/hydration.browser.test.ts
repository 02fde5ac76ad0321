import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createClient } from '../../../src/client/index.ts';
import type { TestServer } from '../../../src/server-tests/testing/server.ts';
import { browserSuite } from '../../testing/browser-suite.ts';
import { fillRegister } from '../../testing/repositories.ts';
import { languages } from '../messages/languages.ts';

const paths = (id: string) => [
  '/',
  '/repositories',
  '/repositories?country=New+Zealand',
  '/repositories?q=Oddities',
  '/repositories?view=table&q=Oddities',
  '/repositories?view=table&country=New+Zealand',
  '/repositories?view=map',
  '/graphs',
  '/graphs?facet=software&shape=donut',
  '/graphs?facet=software&shape=treemap',
  '/search?q=Place',
  `/repositories/${id}`,
  `/suggest?about=${id}`,
  '/suggest',
  '/statistics',
  '/compliance',
  '/about',
];

/**
 * What the browser might see otherwise than the server: line ends, characters of two halves where a description is cut,
 * countries and languages whose names the browser does not know or knows by others.
 */
async function fillWithOddities(server: TestServer): Promise<void> {
  await fillRegister(server);
  const token = await server.keyOf('oddities', 'registry');
  const { registry } = createClient({ baseUrl: server.url, token });
  for (const [at, country_code] of ['HK', 'FK', 'PS'].entries()) {
    await registry.create({
      register: {
        metadata: ['en', 'bo', 'kl'].map((lang, place) => ({
          lang,
          default: place === 0,
          record: {
            name: `Oddities ${at}\r\nin two\rlines\tand more`,
            url: `https://oddities-${at}-${place}.example/`,
            description: `${'x'.repeat(148 + at)}${'🔭'.repeat(40)}\r\nand\ron`,
            country_code,
            language_code: ['bo', 'kl'],
          },
        })),
      },
    });
  }
}

describe('given records whose texts mean harm or are seldom seen, in a browser', () => {
  const suite = browserSuite({ fill: fillWithOddities });

  for (const lang of Object.keys(languages)) {
    test(`when any page is opened in ${lang}, then the browser makes of it what the server made`, async () => {
      const { registry } = createClient({ baseUrl: suite.server.url });
      const ids: string[] = [];
      const query = { terms: { 'register.metadata.record.country_code': ['NZ', 'HK'] } };
      for await (const { id } of registry.search({ query })) ids.push(id);
      assert.equal(ids.length, 4);
      const all: Record<string, string[]> = {};
      for (const path of new Set(ids.flatMap(paths))) {
        const { page, complaints } = await suite.open(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
        const faults = complaints.filter((text) => !text.includes('GPU stall'));
        if (faults.length > 0) all[path] = faults;
        await page.context().close();
      }
      assert.deepEqual(all, {});
    });
  }
});
