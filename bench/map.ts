import type { Page } from 'playwright-core';
import { createRandom } from '../demo/random.ts';
import type { JsonObject } from '../src/client/index.ts';
import { launchBrowser } from '../src/testing/browser.ts';
import { percentile } from './percentiles.ts';
import { fillRegister } from './registry-fill.ts';
import { manyRegisters } from './registry-records.ts';
import type { Report } from './report.ts';
import type { Installation } from './server.ts';

/** No step of it takes longer on a machine that does anything at all. */
const PATIENCE_MS = 60_000;
/** A frame at 30 a second: what eyes take for a movement. */
const SMOOTH_MS = 34;
const NONE = JSON.stringify({ type: 'FeatureCollection', features: [] });

/** What the page tells of the time in which the map was moved. */
interface Movement {
  /** Milliseconds from one frame to the next. */
  frames: number[];
  /** Milliseconds of each task that held the page up for more than 50. */
  longTasks: number[];
}

/**
 * The map of the repositories in a real browser that draws without a graphics card (SwiftShader, on the cores that the
 * server has too): from asking to all points drawn, then frame by frame while it is moved and zoomed. The same without any
 * points shows what the land and the software drawing alone take.
 */
export async function measureMap(
  installation: Installation,
  { records, now }: { records: number; now: number },
  report: Report,
): Promise<void> {
  await (await installation.startServer()).stop();
  await fillRegister(installation, spread(manyRegisters(records, now)), now);
  const server = await installation.startServer();
  const undo: (() => unknown)[] = [];
  try {
    const browser = await launchBrowser({ after: (step) => void undo.push(step as () => unknown) });
    for (const points of [records, 0]) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      page.setDefaultTimeout(PATIENCE_MS);
      await page.addInitScript({ content: keepMap });
      if (points === 0) await page.route('**/points.json*', (route) => route.fulfill({ body: NONE }));
      const what = `map with ${points === 0 ? 'no' : points} points`;
      // The second time the server remembers the places, as it does until the register changes.
      for (const time of points === 0 ? [] : ['first', 'again']) {
        report.add(`${what}, asked for to drawn, ${time}`, await untilDrawn(page, server.url), 'ms');
      }
      if (points === 0) await untilDrawn(page, server.url);
      else report.add('… the file of its points', await pointsBytes(server.url), 'KiB');
      const { frames, longTasks } = await moved(page);
      const target = points === 0 ? undefined : { most: SMOOTH_MS };
      report.add(`${what}, moved: frame, p50`, percentile(frames, 0.5), 'ms', target);
      report.add('… p95', percentile(frames, 0.95), 'ms', target);
      report.add('… the longest', Math.max(...frames), 'ms');
      report.add('… tasks of more than 50 ms', longTasks.length, 'tasks');
      await page.close();
    }
  } finally {
    for (const step of undo.reverse()) await step();
    await server.stop();
  }
}

/** The sample's places come over and over: each record moves to a place of its own, within some degrees. */
function* spread(registers: Iterable<JsonObject>): Generator<JsonObject> {
  const random = createRandom('bench map');
  for (const register of registers) {
    for (const entry of [register.metadata].flat() as { record?: { lat?: number; lon?: number } }[]) {
      if (entry.record?.lat === undefined || entry.record.lon === undefined) continue;
      entry.record.lat += random.next() * 4 - 2;
      entry.record.lon += random.next() * 6 - 3;
    }
    yield register;
  }
}

/** Runs in the page: the map tells of itself when it starts. */
const keepMap = "addEventListener('mapstart', ({ detail }) => { window.map = detail; })";

async function untilDrawn(page: Page, url: string): Promise<number> {
  await page.goto(`${url}/repositories?view=map`);
  await page.locator('.map-frame.ready').waitFor();
  return page.evaluate<number>('performance.now()');
}

async function pointsBytes(url: string): Promise<number> {
  const answer = await fetch(`${url}/repositories/points.json`, {
    headers: { 'accept-encoding': 'identity' },
  });
  return (await answer.arrayBuffer()).byteLength / 1024;
}

/** Across Europe, close to it, along it, far away, and to another part of the world: ten seconds. */
const WAY = [
  { center: [10, 50], zoom: 4 },
  { center: [-3, 52], zoom: 6 },
  { center: [12, 48], zoom: 6 },
  { center: [10, 51], zoom: 9 },
  { center: [10, 25], zoom: 1.5 },
  { center: [138, 36], zoom: 5 },
  { center: [-95, 39], zoom: 3 },
];
const STEP_MS = 1_400;

function moved(page: Page): Promise<Movement> {
  return page.evaluate<Movement>(`(async () => {
    const frames = [];
    const longTasks = [];
    new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration)))
      .observe({ type: 'longtask' });
    let last = performance.now();
    let moving = true;
    const tick = (now) => {
      frames.push(now - last);
      last = now;
      if (moving) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    for (const place of ${JSON.stringify(WAY)}) {
      const over = new Promise((done) => window.map.once('moveend', () => done()));
      window.map.easeTo({ ...place, duration: ${STEP_MS}, essential: true });
      await over;
    }
    moving = false;
    return { frames: frames.slice(1), longTasks };
  })()`);
}
