import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, before, type TestContext } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { startTestServer, type TestServer } from '../../src/server-tests/testing/server.ts';
import { launchBrowser } from '../../src/testing/index.ts';

const root = resolve(import.meta.dirname, '../..');
const screenshots = join(root, 'test-output');

export interface Width {
  name: 'desktop' | 'phone';
  viewport: { width: number; height: number };
}

export const phone: Width = { name: 'phone', viewport: { width: 390, height: 844 } };
export const widths: Width[] = [{ name: 'desktop', viewport: { width: 1280, height: 800 } }, phone];

export interface OpenOptions {
  /** Default: desktop. */
  width?: Width;
  /** Default: true. */
  javaScript?: boolean;
  /** A page that has no script of its own, so that there is none to wait for. Default: false. */
  isPlain?: boolean;
  /** How many times slower than this machine the reader's is. Default: 1. */
  slowdown?: number;
  /** Default: light. */
  colorScheme?: 'light' | 'dark';
  /** Default: English. */
  locale?: string;
}

/** What is under the pages: a whole server, or another one that answers like it. */
interface Served {
  url: string;
  stop(): unknown;
}

export interface BrowserSuite<Server extends Served = TestServer> {
  readonly server: Server;
  /** Opens a page in a browser of its own. What it complains of is collected until the test ends. */
  open(path: string, options?: OpenOptions): Promise<OpenedPage>;
}

export interface OpenedPage {
  page: Page;
  /** Goes to another page and waits until script has taken it over. */
  go(path: string): Promise<void>;
  /** Errors of the console and of scripts, answers that failed, requests to other servers. */
  complaints: string[];
  /** Keeps what is seen now as `test-output/<name>.png`, the whole page. */
  screenshot(name: string): Promise<void>;
  /**
   * Fails unless the page is quiet, accessible (axe: nothing serious), no wider than the screen, and does not move while
   * it loads.
   * @param but beginnings or parts of complaints that are the browser's own.
   */
  expectSound(but?: string[]): Promise<void>;
}

/**
 * In a `describe`: one server with `fill`'s data and one browser for its tests.
 * `const suite = browserSuite({ fill: async (server) => … })`.
 */
export function browserSuite<Server extends Served = TestServer>({
  fill,
  start = startTestServer as unknown as () => Promise<Server>,
}: {
  fill?: (server: Server) => Promise<void>;
  start?: () => Promise<Server>;
} = {}): BrowserSuite<Server> {
  const undo: (() => unknown)[] = [];
  let server: Server | undefined;
  let browser: Browser | undefined;
  before(async () => {
    server = await start();
    undo.push(server.stop);
    await fill?.(server);
    const context: Pick<TestContext, 'after'> = { after: (step) => void undo.push(step as () => unknown) };
    browser = await launchBrowser(context);
    await mkdir(screenshots, { recursive: true });
  });
  after(async () => {
    for (const step of undo.reverse()) await step();
  });
  const started = () => {
    assert.ok(server && browser, 'the suite has not started');
    return { server, browser };
  };
  return {
    get server() {
      return started().server;
    },
    async open(path, options = {}) {
      return openPage(started().browser, started().server.url, path, options);
    },
  };
}

async function openPage(
  browser: Browser,
  url: string,
  path: string,
  {
    width = widths[0],
    javaScript = true,
    isPlain = false,
    slowdown = 1,
    colorScheme = 'light',
    locale = 'en-GB',
  }: OpenOptions,
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: width?.viewport ?? null,
    javaScriptEnabled: javaScript,
    colorScheme,
    locale,
    // Nobody's server is there: what is written by the browser's clock shows.
    timezoneId: 'Pacific/Auckland',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  // Drawing a map without a graphics card takes its time when the machine has other things to do.
  page.setDefaultTimeout(60_000);
  if (slowdown > 1) {
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  }
  const complaints = watch(page, url);
  await page.addInitScript(observeLoading);
  const go = async (to: string) => {
    await page.goto(url + to);
    if (javaScript && !isPlain) await page.evaluate(untilReady);
  };
  await go(path);
  return {
    page,
    go,
    complaints,
    async screenshot(name) {
      await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
    },
    async expectSound(but = []) {
      const serious = complaints.filter((text) => !but.some((part) => text.includes(part)));
      assert.deepEqual(serious, []);
      // axe runs in the page, so this is asked of the page with script.
      if (!javaScript) return;
      assert.deepEqual(await seriousViolations(page), []);
      const beyond = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
      assert.ok(beyond <= 0, `the page is ${beyond} pixels wider than the screen`);
      // What moves after a reader has done something is no fault of the loading.
      if (page.url() !== url + path) return;
      const { shift, paint, most } = await bestLoading(page);
      assert.ok(shift < 0.01, `the page moved by ${shift} while it loaded`);
      assert.ok(paint < most, `the largest paint came after ${paint} ms`);
    },
  };
}

/** Waits in the page: Playwright's own waiting needs `eval`, which the pages refuse. */
const untilReady = `new Promise((done) => {
  const look = () =>
    window.__reactRouterDataRouter?.state.initialized === true ? done() : requestAnimationFrame(look);
  look();
})`;

interface Loading {
  /** Sum of layout shifts without a reader's doing. */
  shift: number;
  /** Milliseconds to the largest contentful paint. */
  paint: number;
}

/**
 * The page as it is; on a machine that has other things to do, the best of ten loadings, held against a page of one word
 * that this machine paints at the same time.
 */
async function bestLoading(page: Page): Promise<Loading & { most: number }> {
  let best = await page.evaluate<Loading>('window.loading');
  let most = 1_000;
  for (let again = 0; again < 9 && best.paint >= most; again++) {
    most = Math.max(most, wordsPerPage * (await paintOfOneWord(page)));
    await page.reload({ waitUntil: 'load' });
    const next = await page.evaluate<Loading>('window.loading');
    best = { shift: Math.max(best.shift, next.shift), paint: Math.min(best.paint, next.paint) };
  }
  return { ...best, most };
}

/** On an idle machine one word is there after 30 to 50 ms: a page may take twenty times that, a second. */
const wordsPerPage = 20;

async function paintOfOneWord(page: Page): Promise<number> {
  const other = await page.context().newPage();
  try {
    await other.addInitScript(observeLoading);
    await other.bringToFront();
    await other.goto('data:text/html,<h1>word</h1>');
    return await other.evaluate<number>(
      `new Promise((done) => {
        const look = () => (window.loading.paint > 0 ? done(window.loading.paint) : requestAnimationFrame(look));
        look();
      })`,
    );
  } finally {
    await other.close();
    await page.bringToFront();
  }
}

/** Runs in the page, before anything else. */
function observeLoading(): void {
  const loading: Loading = { shift: 0, paint: 0 };
  Object.assign(window, { loading });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
    })[])
      if (!entry.hadRecentInput) loading.shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) loading.paint = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
}

function watch(page: Page, url: string): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    const to = request.url();
    if (!/^(data|blob):/.test(to) && !to.startsWith(`${url}/`))
      complaints.push(`asked another server: ${to}`);
  });
  return complaints;
}

async function seriousViolations(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8'));
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
