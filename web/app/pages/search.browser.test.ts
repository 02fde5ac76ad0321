import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createClient } from '../../../src/client/index.ts';
import { browserSuite, phone, widths } from '../../testing/browser-suite.ts';
import { hostile } from '../../testing/repositories.ts';

const orcid = 'orcid:0000-0002-1825-0097';

describe('given repositories, works, people and partners that are about lichens, in a browser', () => {
  const suite = browserSuite({
    async fill(server) {
      const { client } = server;
      const { registry } = createClient({
        baseUrl: server.url,
        token: await server.keyOf('editor', 'registry'),
      });
      await registry.create({
        register: { metadata: [{ record: { name: 'Lichen archive', url: 'https://lichens.example/' } }] },
      });
      await client.publications.post(
        {
          publications: [
            {
              id: 'doi:10.5555/lichens',
              title: 'On <i>lichens</i> and light',
              authors: [{ name: 'Lichen, Zoë', orcid: '0000-0002-1825-0097' }],
            },
            { id: 'doi:10.5555/hostile', title: `Lichens ${hostile.name} ${hostile.turned}` },
            ...Array.from({ length: 11 }, (_, at) => ({
              id: `doi:10.5555/person-${at}`,
              title: `On mosses, part ${at}`,
              authors: [
                {
                  name: `Mossman, Person ${at} ${at === 0 ? hostile.long.slice(0, 900) : ''}`,
                  id: `own:${at}`,
                },
              ],
            })),
          ],
        },
        { partner: 'lichens.example', partnerName: 'Society for Lichens' },
      );
      await client.usage.waitUntilCounted();
    },
  });

  for (const width of widths) {
    for (const javaScript of [true, false]) {
      const name = `${width.name}${javaScript ? '' : '-plain'}`;
      test(`when everything is searched at ${name}, then works, people, partners and repositories are found and lead on`, async () => {
        const { page, screenshot, expectSound } = await suite.open('/search?q=lichen', { width, javaScript });
        const found = page.getByRole('region', { name: 'People and partners' });
        assert.deepEqual(await found.getByRole('heading', { level: 3 }).allInnerTexts(), [
          'Lichen, Zoë',
          'Society for Lichens',
        ]);
        await page.getByRole('link', { name: 'Lichen archive' }).waitFor();
        await page.getByLabel('Search repositories, works and people').fill('lichens');
        await page.getByRole('button', { name: 'Search' }).click();
        const works = page.getByRole('region', { name: 'Works' });
        await works.getByRole('link', { name: 'On lichens and light' }).waitFor();
        await screenshot(`search-everything-${name}`);
        await expectSound();
        assert.equal(await page.evaluate('window.harmed'), undefined);
        await works.getByRole('link', { name: 'On lichens and light' }).click();
        await page.getByRole('heading', { level: 1, name: 'On lichens and light' }).waitFor();
      });
    }
  }

  test('when a person is searched by name or by what identifies her, then she is found once, and leads to her figures', async () => {
    for (const q of ['zoe lichen', 'LICHEN ZOË', orcid, 'https://orcid.org/0000-0002-1825-0097']) {
      const { page } = await suite.open(`/search?q=${encodeURIComponent(q)}`, { javaScript: false });
      const found = page.getByRole('region', { name: 'People and partners' });
      assert.deepEqual(
        await found.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
        [`/statistics/scholar/${encodeURIComponent(orcid)}`],
        q,
      );
    }
  });

  test('when more people have a name than are shown, then the page says so, and long names keep their place', async () => {
    const { page, screenshot, expectSound } = await suite.open('/search?q=mossman', { width: phone });
    const found = page.getByRole('region', { name: 'People and partners' });
    assert.equal(await found.getByRole('heading', { level: 3 }).count(), 10);
    await found.getByText('further words narrow them down').waitFor();
    await screenshot('search-people-phone');
    await expectSound();
  });
});
