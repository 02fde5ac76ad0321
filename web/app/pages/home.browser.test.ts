import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createClient } from '../../../src/client/index.ts';
import { browserSuite, widths } from '../../testing/browser-suite.ts';
import { fillRegister } from '../../testing/repositories.ts';

describe('given an observatory in a browser', () => {
  const suite = browserSuite({ fill: fillRegister });

  for (const width of widths) {
    for (const javaScript of [true, false]) {
      const name = `${width.name}${javaScript ? '' : '-plain'}`;

      test(`when somebody arrives at ${name}, then what there is is seen and can be searched`, async () => {
        const opened = await suite.open('/', { width, javaScript });
        const { page } = opened;
        assert.match(
          (await page.getByText('repositories', { exact: true }).locator('..').textContent()) ?? '',
          /33/,
        );
        assert.equal(await page.locator('.changes li').count(), 8);
        await page.locator('.map-frame').scrollIntoViewIfNeeded();
        if (javaScript) await page.locator('.map-frame.ready').waitFor();
        await opened.screenshot(`home-${name}`);
        await page.getByLabel('Search repositories, works and people').fill('Place 05');
        await page.getByRole('button', { name: 'Search' }).click();
        await page.getByRole('heading', { name: '1 repository' }).waitFor();
        await opened.screenshot(`search-${name}`);
      });

      test(`when graphs are wanted at ${name}, then each facet has one and leads to its repositories`, async () => {
        const opened = await suite.open('/graphs', { width, javaScript });
        const { page } = opened;
        await opened.expectSound();
        await opened.screenshot(`graphs-${name}`);
        await page.getByLabel('Count by').selectOption({ label: 'Software' });
        await page.getByLabel('As', { exact: true }).selectOption('treemap');
        await page.getByRole('button', { name: 'Draw' }).click();
        await page.getByRole('group', { name: 'Repositories by Software' }).waitFor();
        await opened.expectSound();
        await opened.screenshot(`graph-${name}`);
        await page.getByRole('link', { name: 'EPrints' }).last().click();
        await page.getByRole('heading', { name: '10 repositories' }).waitFor();
      });
    }

    test(`when the page about it is read at ${width.name} in each language, then it is sound`, async () => {
      for (const [lang, heading] of [
        ['en', 'About this observatory'],
        ['es', 'Acerca de este observatorio'],
        ['fr', 'À propos de cet observatoire'],
        ['de', 'Über dieses Observatorium'],
      ] as const) {
        const opened = await suite.open(`/about?lang=${lang}`, { width });
        await opened.page.getByRole('heading', { name: heading }).waitFor();
        assert.equal(await opened.page.evaluate('document.documentElement.lang'), lang);
        await opened.expectSound();
        await opened.screenshot(`about-${lang}-${width.name}`);
      }
    });
  }

  test('when pages are read in each language, then script takes over what the server wrote', async () => {
    const { registry } = createClient({ baseUrl: suite.server.url });
    const [record] = (await registry.query({ size: 1 })).hits.hits;
    const { page, go, complaints } = await suite.open('/');
    const languages = ['es', 'fr', 'de', 'en'];
    const inAll = ['/', `/repositories/${record?._id}`];
    const inOne = ['/search?q=Place', '/repositories', '/repositories?view=table', '/graphs', '/statistics'];
    const inAnother = ['/statistics/country/DE', '/suggest', '/compliance', '/account'];
    const asked = [
      ...inAll.flatMap((path) => languages.map((lang) => ({ path, lang }))),
      ...[...inOne, ...inAnother].map((path, at) => ({ path, lang: languages[at % 4] })),
    ];
    for (const { path, lang } of asked) {
      await go(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
      assert.equal(await page.evaluate('document.documentElement.lang'), lang);
      const own = complaints.filter((text) => !text.includes('GPU stall'));
      assert.deepEqual(own, [], `${path} in ${lang}`);
    }
  });

  test('when dates were written by another version of a language, then the page keeps them as they were', async () => {
    const { page, complaints } = await suite.open('/about');
    await page.route('**/', async (route) => {
      const answer = await route.fetch();
      // As an older browser or server would write it.
      const body = (await answer.text()).replaceAll(/\b([A-Z][a-z]{2}) (\d{1,2}), (\d{4})\b/g, '$2 $1. $3');
      await route.fulfill({ response: answer, body });
    });
    await page.goto(`${suite.server.url}/`);
    await page.locator('.map-frame.ready').waitFor();
    assert.match(
      (await page.locator('.changes time').first().textContent()) ?? '',
      /^\d+ [A-Z][a-z]{2}\. \d{4}$/,
    );
    assert.deepEqual(
      complaints.filter((text) => !text.includes('GPU stall')),
      [],
    );
  });

  test('when the home page loads, then nothing moves and the largest paint comes within a second', async () => {
    const opened = await suite.open('/');
    await opened.page.locator('.map-frame.ready').waitFor();
    await opened.expectSound(['GPU stall']);
  });

  test('when nothing is at an address, then the page says so and leads home', async () => {
    const opened = await suite.open('/no/such/page');
    await opened.page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    await opened.page.getByRole('link', { name: 'To the start page' }).click();
    await opened.page.getByRole('heading', { name: 'The observatory of open access' }).waitFor();
  });

  test('when a graph is taken along, then it is a picture or numbers of its own', async () => {
    const svg = await (await suite.server.ask('/graphs/graph.svg?facet=software&top=3')).text();
    assert.match(svg, /^<svg xmlns=.*<title>Software<\/title>.*EPrints.*<\/svg>$/s);
    const csv = await (await suite.server.ask('/graphs/graph.csv?facet=country')).text();
    assert.match(csv, /^Country,Repositories\r\nFrance,8\r\nGermany,8\r\nBrazil,7\r\n/);
    const growth = await (await suite.server.ask('/graphs/graph.csv')).text();
    assert.match(growth, /^Year,Founded,In total\r\n2000,1,1\r\n2001,1,2\r\n/);
    const { page } = await suite.open('/graphs?facet=country&shape=donut');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'PNG' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'country.png');
  });
});

describe('given an observatory without any data', () => {
  const suite = browserSuite();

  for (const path of ['/', '/repositories', '/repositories?view=map', '/graphs', '/search?q=anything']) {
    test(`when ${path} is opened, then it says so`, async () => {
      const opened = await suite.open(path);
      await opened.page.getByRole('heading', { level: 1 }).waitFor();
      await opened.expectSound();
      await opened.screenshot(`empty${path.replaceAll(/\W+/g, '-')}`);
    });
  }
});
