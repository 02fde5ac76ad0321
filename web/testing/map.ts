import type { Page } from 'playwright-core';

/** Milliseconds for any single step of a map that is drawn without a graphics card. */
const patience = 20_000;

/** A pixel of the window. */
export interface Pixel {
  x: number;
  y: number;
}

/** The map of a page, asked what it shows: nothing is guessed from pictures, and no step waits for ever. */
export interface OpenedMap {
  /** The value of an expression in which `map` is the map. */
  ask<T>(expression: string): Promise<T>;
  /** Moves at once, and waits until all of it is drawn. */
  jump(center: [lon: number, lat: number], zoom: number): Promise<void>;
  /** Clicks there; resolves when the map that moves for it has been drawn. */
  clickToMove(at: Pixel): Promise<void>;
  /** Where in the window a place is. */
  pixelOf(lonLat: [number, number]): Promise<Pixel>;
}

/** Opens a page with a map and waits until its points are drawn. */
export async function openMap(page: Page, url: string): Promise<OpenedMap> {
  await page.addInitScript({
    content: "addEventListener('mapstart', ({ detail }) => { window.map = detail; })",
  });
  await page.goto(url);
  return mapOf(page);
}

/** The map of the page that is open now. */
export async function mapOf(page: Page): Promise<OpenedMap> {
  await page.locator('.map-frame.ready').waitFor({ timeout: patience });
  // What is beyond the window takes no click.
  await page.evaluate("window.map.getCanvas().scrollIntoView({ block: 'center' })");
  const map: OpenedMap = {
    ask: (expression) => page.evaluate(within(`(async (map) => ${expression})(window.map)`)),
    async jump(center, zoom) {
      await page.evaluate(
        within(`new Promise((done) => {
          // Not the event, which holds the whole map: it would be written out for the answer.
          window.map.once('idle', () => done());
          window.map.jumpTo(${JSON.stringify({ center, zoom })});
        })`),
      );
    },
    async clickToMove({ x, y }) {
      // Listened for before the click: with reduced motion the map is there at once.
      await page.evaluate(`void (window.moved = new Promise((done) => {
        window.map.once('moveend', () => window.map.once('idle', () => done()));
      }))`);
      await page.mouse.click(x, y);
      await page.evaluate(within('window.moved'));
    },
    async pixelOf(lonLat) {
      const at = await map.ask<Pixel>(`{
        const { x, y } = map.project(${JSON.stringify(lonLat)});
        const { left, top } = map.getCanvas().getBoundingClientRect();
        return { x: left + x, y: top + y };
      }`);
      return at;
    },
  };
  return map;
}

const within = (promise: string) => `Promise.race([
  ${promise},
  new Promise((_, fail) => setTimeout(() => fail(new Error('the map took too long')), ${patience})),
])`;
