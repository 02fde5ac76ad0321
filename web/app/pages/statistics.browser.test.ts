import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { browserSuite, phone, widths } from '../../testing/browser-suite.ts';

const title = 'On lichens <b>and</b> light';
const work = 'doi:10.5555/lichens';
const path = `/statistics/publication/${encodeURIComponent(work)}`;

describe('given two publications with downloads, in a browser', () => {
  const suite = browserSuite({
    async fill({ client }) {
      await client.publications.post(
        {
          publications: [
            { id: work, title, authors: [{ name: 'Berg, Ida', orcid: '0000-0002-1825-0097' }] },
            {
              id: 'doi:10.5555/mosses',
              title: 'On mosses',
              authors: [{ name: 'Berg, Ida', orcid: '0000-0002-1825-0097' }],
            },
          ],
        },
        { partner: 'repository.example', partnerName: 'Example University' },
      );
      const lines = ['2025-01', '2025-02', '2025-04'].flatMap((month, at) =>
        Array.from({ length: 4 + at * 3 }, (_, place) => ({
          time: `${month}-${String(place + 1).padStart(2, '0')}T10:00:00Z`,
          item: place % 4 === 3 ? 'doi:10.5555/mosses' : work,
          url: null,
          kind: place % 2 === 0 ? ('request' as const) : ('investigation' as const),
          address: `192.0.2.${place + 1}`,
          user_agent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36',
        })),
      );
      await client.usage.events(lines);
      await client.usage.waitUntilCounted();
      await client.events.push(
        [1, 2].map((at) => ({
          subj_id: `https://blog.example/${at}`,
          obj_id: work,
          relation_type_id: 'discusses',
          source_id: 'reddit',
        })),
      );
      await client.events.waitUntilSettled();
    },
  });

  for (const width of widths) {
    test(`then at ${width.name} width the figures, their chart and their countries are there and sound`, async () => {
      const { page, screenshot, expectSound } = await suite.open(path, { width });
      assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'On lichens and light');
      await page
        .getByRole('img', { name: /^Downloads, and views and downloads together, Jan 2025 to Apr 2025/ })
        .waitFor();
      await page.getByRole('img', { name: /^Downloads by country/ }).waitFor();
      await screenshot(`statistics-publication-${width.name}`);
      await expectSound();
    });

    test(`then at ${width.name} width the lists of what is downloaded most are sound`, async () => {
      const { page, screenshot, expectSound } = await suite.open('/statistics', { width });
      await page.getByRole('link', { name: 'Example University' }).waitFor();
      await screenshot(`statistics-${width.name}`);
      await expectSound();
    });
  }

  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with script' : 'without script';
    test(`when a publication is found ${how}, compared and narrowed, then figures follow`, async () => {
      const { page, complaints } = await suite.open('/statistics', { javaScript });
      await page.locator('#id').fill('https://doi.org/10.5555/LICHENS');
      await page
        .locator('form', { has: page.locator('#id') })
        .getByRole('button')
        .click();
      await page.getByRole('heading', { name: 'On lichens and light' }).waitFor();
      await page.getByLabel('Compare').fill(javaScript ? '10.5555/mosses' : 'mosses');
      await page.getByRole('button', { name: 'Add' }).click();
      if (!javaScript)
        await page.locator('.compare .notice').getByRole('link', { name: 'On mosses' }).click();
      const compared = page.locator('.compare table');
      await compared.getByRole('link', { name: 'On mosses', exact: true }).waitFor();
      await page.getByLabel('From').fill('2025-04-01');
      await page.getByRole('button', { name: 'Show' }).click();
      await page.waitForURL(/from=2025-04-01/);
      await compared.getByRole('link', { name: 'On mosses', exact: true }).waitFor();
      const answer = await suite.server.client.usage.statistics('publication', work, { from: '2025-04-01' });
      const cells = await compared.locator('tbody tr').first().locator('td').allInnerTexts();
      assert.equal(cells[0], String(answer.metrics.total_item_requests));
      await compared.getByRole('link', { name: /^Remove/ }).click();
      await compared.waitFor({ state: 'detached' });
      assert.deepEqual(complaints, []);
    });
  }

  test('when the figures are fetched by the links of the page, then they are CSV, JSON and a picture', async () => {
    const { page } = await suite.open(path);
    const get = async (name: string) => {
      const href = await page.getByRole('link', { name, exact: true }).getAttribute('href');
      const response = await suite.server.ask(href ?? '');
      return { type: response.headers.get('content-type') ?? '', text: await response.text() };
    };
    const csv = await get('CSV');
    assert.match(csv.type, /^text\/csv/);
    assert.match(csv.text, /^period,total_item_requests/);
    assert.match((await get('JSON')).text, /"granularity":"month"/);
    const picture = await get('Chart as a picture (SVG)');
    assert.match(picture.type, /^image\/svg\+xml/);
    assert.match(picture.text, /On lichens &lt;b&gt;and/);
    await page.goto(`${suite.server.url}${path}/chart.svg`);
    assert.equal(await page.locator('parsererror').count(), 0);
  });

  test('when nobody knows an identifier, then the lists stay and say so, and its page is a 404', async () => {
    const { page } = await suite.open('/statistics?type=publication&id=10.5555%2Fnothing', {
      javaScript: false,
    });
    await page.getByText('Nothing here has the identifier or the name 10.5555/nothing.').waitFor();
    const html = { headers: { accept: 'text/html' } };
    for (const unknown of ['/statistics/publication/doi:10.5555%2Fnothing', '/statistics/planet/mars'])
      assert.equal((await suite.server.ask(unknown, html)).status, 404, unknown);
  });

  for (const [type, id, title] of [
    ['scholar', 'orcid:0000-0002-1825-0097', 'Publications'],
    ['partner', 'repository.example', 'Most downloaded publications'],
  ] as const) {
    test(`when a ${type} is opened, then the publications are listed, the most downloaded first, each with its page`, async () => {
      const { page, expectSound } = await suite.open(`/statistics/${type}/${encodeURIComponent(id)}`);
      const list = page.getByRole('region', { name: title });
      assert.deepEqual(await list.getByRole('rowheader').allInnerTexts(), [
        'On lichens and light',
        'On mosses',
      ]);
      await expectSound();
      await list.getByRole('link', { name: 'On mosses' }).click();
      await page.getByRole('heading', { level: 1, name: 'On mosses' }).waitFor();
    });
  }

  test('when several are compared on a phone, then only their table is wider than the screen', async () => {
    const { page, screenshot, expectSound } = await suite.open(
      `${path}?with=${encodeURIComponent('doi:10.5555/mosses')}&with=country:NL`,
      { width: phone },
    );
    await page.locator('.compare table').waitFor();
    await screenshot('statistics-compare-phone');
    await expectSound();
  });

  test('when figures are printed, then the table stands there open and the forms are gone', async () => {
    const { page } = await suite.open(path);
    const table = page.locator('details', { hasText: 'The figures as a table' }).locator('table');
    assert.equal(await table.isVisible(), false);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await table.isVisible(), true);
    assert.equal(await page.locator('form:visible').count(), 0);
  });

  test('when a scholar is looked for by name, then whom it may be is listed', async () => {
    const { page } = await suite.open('/statistics?type=scholar&id=ida+berg', { javaScript: false });
    const found = page.getByRole('region', { name: 'Found for “ida berg”' });
    assert.equal(
      await found.getByRole('link', { name: 'Berg, Ida' }).getAttribute('href'),
      '/statistics/scholar/orcid%3A0000-0002-1825-0097',
    );
  });

  test('when what is said of a publication is read, then its sources lead to the events and their evidence', async () => {
    const { page, complaints } = await suite.open(path);
    const mentions = page.getByRole('region', { name: 'Mentioned elsewhere' });
    assert.deepEqual(await mentions.locator('tbody td.figure').allInnerTexts(), ['2']);
    await mentions.getByRole('link', { name: 'Reddit' }).click();
    await page.getByRole('heading', { name: 'Single events of Reddit' }).waitFor();
    assert.equal(await page.locator('#events').getByRole('link', { name: 'Evidence' }).count(), 2);
    assert.deepEqual(complaints, []);
  });

  test('when a country without downloads is opened, then its page says that nothing was counted', async () => {
    const { page, expectSound } = await suite.open('/statistics/country/PT');
    await page.getByRole('heading', { name: 'Portugal' }).waitFor();
    await page.getByText('Nothing was counted for this yet.').waitFor();
    await expectSound();
  });
});
