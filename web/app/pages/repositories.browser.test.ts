import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { browserSuite, phone, widths } from '../../testing/browser-suite.ts';
import { mapOf, openMap } from '../../testing/map.ts';
import { fillRegister, hostile, manyPoints } from '../../testing/repositories.ts';

describe('given a register in a browser', () => {
  const suite = browserSuite({ fill: fillRegister });

  for (const width of widths) {
    for (const javaScript of [true, false]) {
      const name = `${width.name}${javaScript ? '' : '-plain'}`;

      test(`when a repository is looked for at ${name}, then it is found by country and software`, async () => {
        const opened = await suite.open('/repositories', { width, javaScript });
        const { page } = opened;
        await page.getByRole('heading', { name: '33 repositories' }).waitFor();
        await opened.expectSound();
        await opened.screenshot(`repositories-${name}`);
        await page
          .getByRole('link', { name: /^Germany/ })
          .first()
          .click();
        await page.getByRole('heading', { name: '8 repositories' }).waitFor();
        const software = page.locator('#facet-software');
        if ((await software.getAttribute('open')) === null) await software.locator('summary').click();
        await software.getByRole('link', { name: /^DSpace/ }).click();
        await page.getByRole('heading', { name: '3 repositories' }).waitFor();
        assert.equal(new URL(page.url()).search, '?country=Germany&software=DSpace');
        await page.getByRole('link', { name: 'Remove Country: Germany' }).click();
        await page.getByRole('heading', { name: '10 repositories' }).waitFor();
        await opened.expectSound();
      });

      test(`when words are looked for at ${name}, then those with them are shown and a fault is named`, async () => {
        const opened = await suite.open('/repositories?in=advanced', { width, javaScript });
        const { page } = opened;
        await page
          .getByLabel('Search the repositories')
          .fill('register.software.name:EPrints AND "Place 01"');
        await page.getByRole('button', { name: 'Search' }).click();
        await page.getByRole('heading', { name: '1 repository' }).waitFor();
        await page.getByLabel('Search the repositories').fill('(never closed');
        await page.getByRole('button', { name: 'Search' }).click();
        await page.getByRole('alert').waitFor();
        await opened.expectSound();
      });

      test(`when the table is wanted at ${name}, then its columns can be chosen`, async () => {
        const opened = await suite.open('/repositories?view=table&country=Brazil', { width, javaScript });
        const { page } = opened;
        await page.locator('summary', { hasText: 'Columns' }).click();
        await page.getByRole('checkbox', { name: 'Established' }).check();
        await page.getByRole('button', { name: 'Apply' }).last().click();
        await page.getByRole('columnheader', { name: 'Established' }).waitFor();
        assert.equal(await page.getByRole('row').count(), 8);
        await opened.expectSound();
        await opened.screenshot(`repositories-table-${name}`);
      });
    }

    test(`when the map is wanted at ${width.name}, then a drawing is there at once and gives way to one to move in`, async () => {
      const plain = await suite.open('/repositories?view=map', { width, javaScript: false });
      await plain.page.getByRole('group', { name: /^Map of the world/ }).waitFor();
      await plain.screenshot(`repositories-map-${width.name}-plain`);
      const opened = await suite.open('/repositories?view=map', { width });
      await opened.page.locator('.map-frame.ready').waitFor();
      assert.deepEqual(
        opened.complaints.filter((text) => !text.includes('GPU stall')),
        [],
      );
      await opened.screenshot(`repositories-map-${width.name}`);
    });
  }

  test('given 10,000 points, when the map is used, then all are counted, clusters open, a point leads to its record, and back leads here', async () => {
    const { page } = await suite.open('/repositories?country=Japan');
    const [record = ''] = await page
      .locator('.results h3 a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    const alone: [number, number] = [-30, -45];
    const points = manyPoints(9_999, { id: record.split('/').at(-1) ?? '', at: alone });
    await page.route('**/repositories/points.json*', (route) =>
      route.fulfill({ body: points, contentType: 'application/geo+json' }),
    );
    const map = await openMap(page, `${suite.server.url}/repositories?view=map`);

    const counted = await map.ask<number>(`{
      const seen = new Map(map.querySourceFeatures('repositories').map(({ properties }) =>
        [properties.cluster_id ?? properties.id, properties.point_count ?? 1]));
      return [...seen.values()].reduce((sum, count) => sum + count, 0);
    }`);
    assert.equal(counted, 10_000);

    const largest = await map.ask<{ at: [number, number]; count: number }>(`{
      const [first] = map.queryRenderedFeatures({ layers: ['clusters'] })
        .sort((one, other) => other.properties.point_count - one.properties.point_count);
      return { at: first.geometry.coordinates, count: first.properties.point_count };
    }`);
    const before = await map.ask<number>('map.getZoom()');
    await map.clickToMove(await map.pixelOf(largest.at));
    assert.ok(
      (await map.ask<number>('map.getZoom()')) > before,
      `a cluster of ${largest.count} stays closed`,
    );

    await map.jump(alone, 8);
    const { x, y } = await map.pixelOf(alone);
    await page.mouse.click(x, y);
    await page.locator('.map-popup a', { hasText: 'Alone' }).click();
    await page.waitForURL(`**${record}`);
    await page.goBack();
    const again = await mapOf(page);
    assert.deepEqual(
      await again.ask('[Math.round(map.getCenter().lng), Math.round(map.getZoom())]'),
      [-30, 8],
    );
  });

  test('when records mean harm, then their texts are shown and do nothing', async () => {
    const opened = await suite.open('/repositories?country=New+Zealand');
    const { page } = opened;
    await page.getByRole('heading', { name: '3 repositories' }).waitFor();
    await page.getByRole('link', { name: hostile.name }).first().waitFor();
    assert.equal(await page.evaluate('window.harmed'), undefined);
    assert.equal(await page.evaluate('document.documentElement.scrollWidth > innerWidth'), false);
    await opened.expectSound();
    await opened.screenshot('repositories-hostile');
    const organisation = encodeURIComponent(`Organisation of ${hostile.long}`);
    const chosen = await suite.open(`/repositories?organisation=${organisation}`, { width: phone });
    await chosen.page.getByRole('heading', { name: '1 repository' }).waitFor();
    const chip = await chosen.page.getByRole('link', { name: /^Remove Organisation/ }).boundingBox();
    assert.ok(chip !== null && chip.height < 60 && chip.x + chip.width <= 390, JSON.stringify(chip));
    await chosen.expectSound();
    for (const path of [
      '/',
      '/repositories?view=table&country=New+Zealand',
      '/graphs?country=New+Zealand',
      '/search?q=Place',
    ]) {
      const other = await suite.open(path);
      assert.equal(await other.page.evaluate('window.harmed'), undefined, path);
    }
  });

  test('when a slow phone loads the list, then nothing moves while more of it comes', async () => {
    const { page } = await suite.open('/repositories', { width: phone, slowdown: 8 });
    const { shift } = await page.evaluate<{ shift: number }>('window.loading');
    assert.ok(shift < 0.01, `the page moved by ${shift}`);
  });

  test('when the browser prefers dark, then the page is dark', async () => {
    const opened = await suite.open('/repositories', { colorScheme: 'dark' });
    const colour = await opened.page.evaluate<string>(
      'getComputedStyle(document.documentElement).backgroundColor',
    );
    assert.equal(colour, 'rgb(25, 23, 20)');
    await opened.expectSound();
    await opened.screenshot('repositories-dark');
  });

  test('when only keys are used, then the first one leads to the content and the search is reached', async () => {
    const { page } = await suite.open('/repositories');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate('document.activeElement.textContent'), 'Skip to the content');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate('document.activeElement.id'), 'content');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Place 07');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '1 repository' }).waitFor();
  });

  test('when downloads are asked for, then they hold what was found', async () => {
    const csv = await (
      await suite.server.ask('/repositories.csv?country=Japan&column=name&column=country')
    ).text();
    const lines = csv.trim().split('\r\n');
    assert.equal(lines[0], 'name,Country');
    assert.equal(lines.length, 8);
    assert.equal(lines[1], 'Repository of Place 03,Japan');
    const ndjson = await (await suite.server.ask('/repositories.ndjson?country=Japan')).text();
    assert.equal(ndjson.trim().split('\n').length, 7);
    const points = (await (await suite.server.ask('/repositories/points.json?country=Japan')).json()) as {
      features: { geometry: { coordinates: number[] } }[];
    };
    assert.deepEqual(
      points.features.map(({ geometry }) => geometry.coordinates.length),
      [2, 2, 2, 2, 2, 2, 2],
    );
  });

  test('when pages without a map are opened, then their scripts are at most 120 KB compressed', async () => {
    for (const path of ['/repositories', '/graphs', '/about', '/repositories?view=table']) {
      const { page } = await suite.open(path);
      const scripts = await page.evaluate<string[]>(
        "performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname).filter((name) => name.endsWith('.js'))",
      );
      let bytes = 0;
      for (const name of new Set(scripts)) {
        bytes += (await readFile(new URL(`../../build/client${name}.br`, import.meta.url))).length;
      }
      const inline = await page.evaluate<string[]>(
        "[...document.querySelectorAll('script:not([src])')].map((one) => one.textContent)",
      );
      const total = bytes + brotliCompressSync(inline.join('')).length;
      assert.ok(bytes > 20_000 && total <= 120 * 1024, `${path}: ${total} bytes of script`);
    }
  });
});
