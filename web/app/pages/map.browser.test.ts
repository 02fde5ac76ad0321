import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { browserSuite } from '../../testing/browser-suite.ts';
import { pagesOver } from '../../testing/pages-over.ts';

const count = 10_000;

/** All over the world, none where another one is. */
const places = Array.from({ length: count }, (_, at) => ({
  id: at.toString(16).padStart(32, '0'),
  lon: ((at * 137.508) % 340) - 170,
  lat: ((at * 61.803) % 110) - 50,
}));

/** A register of 10,000 repositories, as the API answers: making them for real takes longer than the test. */
const start = () =>
  pagesOver((app) => {
    app.get('/vocabularies/:name', async () => ({ terms: [] }));
    app.post<{ Body: { from?: number | string; size?: number | string } }>('/query', async ({ body }) => {
      const [from, size] = [Number(body.from ?? 0), Number(body.size ?? 10)];
      const hits = places.slice(from, from + size).map(({ id, lat, lon }) => ({
        _id: id,
        _score: null,
        _source: {
          id,
          ver: 1,
          created_date: '2020-01-01T00:00:00Z',
          last_updated: '2020-01-01T00:00:00Z',
          register: { metadata: [{ default: true, record: { name: `Place ${id.slice(-4)}`, lat, lon } }] },
          admin: {},
        },
      }));
      return { took: 1, timed_out: false, hits: { total: count, max_score: null, hits }, facets: {} };
    });
  });

/** What of the library's map the test looks at. */
interface ShownMap {
  loaded(): boolean;
  getZoom(): number;
  once(event: 'idle', done: () => void): void;
  jumpTo(to: { center: [number, number]; zoom: number }): void;
  querySourceFeatures(
    source: string,
  ): { properties: { cluster_id?: number; point_count?: number; id?: string } }[];
  queryRenderedFeatures(
    at: undefined,
    options: { layers: string[] },
  ): { geometry: { coordinates: [number, number] } }[];
  project(at: [number, number]): { x: number; y: number };
}

const untilIdle = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((done) => {
        const { map } = document.querySelector('.map-slippy') as unknown as { map: ShownMap };
        if (map.loaded()) done();
        else map.once('idle', done);
      }),
  );

describe('given a register of 10,000 repositories that have a place', () => {
  const suite = browserSuite({ start });

  test('when the map is opened, then all are on it, clusters open and a point leads to its repository', async () => {
    const { page } = await suite.open('/repositories?view=map');
    await page.locator('.map-frame.ready').waitFor();
    await untilIdle(page);

    const shown = await page.evaluate(() => {
      const { map } = document.querySelector('.map-slippy') as unknown as { map: ShownMap };
      // Tiles overlap: what lies at their edge is in both.
      const all = map.querySourceFeatures('repositories').map(({ properties }) => properties);
      const once = new Map(all.map((one) => [one.cluster_id ?? one.id, one.point_count ?? 1]));
      return [...once.values()].reduce((sum, points) => sum + points, 0);
    });
    assert.equal(shown, count);

    const before = await page.evaluate(() => {
      const { map } = document.querySelector('.map-slippy') as unknown as { map: ShownMap };
      const [cluster] = map.queryRenderedFeatures(undefined, { layers: ['clusters'] });
      return { zoom: map.getZoom(), at: map.project(cluster?.geometry.coordinates ?? [0, 0]) };
    });
    await clickOn(page, before.at);
    await page.waitForFunction(zoomBeyond, before.zoom + 0.4);

    const [, wanted] = places;
    assert.ok(wanted);
    const at = await page.evaluate(
      async ({ lon, lat }) => {
        const { map } = document.querySelector('.map-slippy') as unknown as { map: ShownMap };
        map.jumpTo({ center: [lon, lat], zoom: 11 });
        await new Promise<void>((done) => map.once('idle', done));
        return map.project([lon, lat]);
      },
      { lon: wanted.lon, lat: wanted.lat },
    );
    await clickOn(page, at);
    const link = page.locator('.map-popup a');
    assert.equal(await link.getAttribute('href'), `/repositories/${wanted.id}`);
    assert.equal(await link.textContent(), `Place ${wanted.id.slice(-4)}`);
  });
});

const zoomBeyond = (zoom: number) => {
  const { map } = document.querySelector('.map-slippy') as unknown as { map: ShownMap };
  return map.getZoom() > zoom;
};

async function clickOn(page: Page, { x, y }: { x: number; y: number }): Promise<void> {
  await page.locator('.map-slippy canvas').click({ position: { x, y } });
}
