import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../src/testing/index.ts';
import { percentile } from './percentiles.ts';
import { fillRegister } from './registry-fill.ts';
import { manyRegisters } from './registry-records.ts';
import type { Report } from './report.ts';
import type { Installation } from './server.ts';

const ANSWERS = 20;

interface Moving {
  /** Milliseconds between frames. */
  frames: number[];
  /** Milliseconds of tasks longer than 50 ms, as the browser tells them. */
  longTasks: number[];
}

/**
 * The map of a register in a real browser. Here the browser draws without a graphics card: frames are as slow as two
 * cores draw them, and say less than the tasks of the page's own thread.
 */
export async function measureMap(
  installation: Installation,
  { records, now }: { records: number; now: number },
  report: Report,
): Promise<void> {
  await (await installation.startServer()).stop();
  // Before now: what changed in this very second may change again and is not kept.
  await fillRegister(installation, manyRegisters(records, now), now - 60_000);
  const server = await installation.startServer();
  const size = `${records.toLocaleString('en-GB')} points`;
  await measureAnswer(server.url, size, report);
  const undo: (() => unknown)[] = [];
  const browser = await launchBrowser({ after: (step) => void undo.push(step as () => unknown) });
  try {
    await measureMoving(browser, server.url, size, report);
  } finally {
    for (const step of undo) await step();
    await server.stop();
  }
}

async function measureAnswer(url: string, size: string, report: Report): Promise<void> {
  const times: number[] = [];
  let bytes = 0;
  for (let at = 0; at <= ANSWERS; at++) {
    const began = performance.now();
    const answer = await fetch(`${url}/repositories/points.json`, { headers: { 'accept-encoding': 'br' } });
    const text = await answer.text();
    times.push(performance.now() - began);
    bytes = text.length;
  }
  report.add(`${size}, not compressed`, bytes / 1024, 'KiB');
  report.add(`${size}, the first answer after a start`, times[0] ?? Number.NaN, 'ms');
  report.add(`${size}, answers after it, p95`, percentile(times.slice(1), 0.95), 'ms');
}

async function measureMoving(browser: Browser, url: string, size: string, report: Report): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const began = performance.now();
  await page.goto(`${url}/repositories?view=map`);
  await page.locator('.map-frame.ready').waitFor({ timeout: 120_000 });
  await page.evaluate(untilIdle);
  report.add(`${size}, from asking for the page to a map with all of them`, performance.now() - began, 'ms');
  await page.locator('.map-slippy').scrollIntoViewIfNeeded();
  await page.evaluate(watchFrames);
  await moveAbout(page);
  const { frames, longTasks } = await page.evaluate<Moving>('window.moving');
  report.add(`${size}, moved about: frames drawn`, frames.length, '');
  report.add(`${size}, between frames, p50`, percentile(frames, 0.5), 'ms');
  report.add(`${size}, between frames, p95`, percentile(frames, 0.95), 'ms');
  report.add(`${size}, tasks over 50 ms`, longTasks.length, '');
  report.add(`${size}, the longest of them`, Math.max(0, ...longTasks), 'ms');
}

/** Pulls the map to and fro and turns the wheel, as a reader does. */
async function moveAbout(page: Page): Promise<void> {
  const box = await page.locator('.map-slippy').boundingBox();
  if (box === null) throw new Error('there is no map');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  for (const turn of [-400, -400, -400, 300, 300]) {
    await page.mouse.wheel(0, turn);
    await page.mouse.down();
    await page.mouse.move(x + 150, y + 60, { steps: 15 });
    await page.mouse.move(x - 100, y - 40, { steps: 15 });
    await page.mouse.up();
    await page.mouse.move(x, y);
  }
}

const untilIdle = `new Promise((done) => {
  const { map } = document.querySelector('.map-slippy');
  map.loaded() && map.areTilesLoaded() ? done() : map.once('idle', () => done());
})`;

const watchFrames = `(() => {
  const moving = { frames: [], longTasks: [] };
  window.moving = moving;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) moving.longTasks.push(duration);
  }).observe({ entryTypes: ['longtask'] });
  let last = performance.now();
  const frame = (now) => {
    moving.frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})()`;
