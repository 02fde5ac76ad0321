import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { startServer } from '../app.ts';
import { loadConfig } from '../platform/config/index.ts';
import { launchBrowser, quietLog, testDatabase } from '../testing/index.ts';

const root = resolve(import.meta.dirname, '../..');
const screenshots = join(root, 'test-output');
const widths = [
  { name: 'desktop', viewport: { width: 1280, height: 800 } },
  { name: 'phone', viewport: { width: 390, height: 844 } },
];

/** A route as the reference links to it: opens the page scrolled there. */
const route = '#tag/usage/GET/api/usage/statistics/{type}/{id}';

describe('given the API reference of a whole server in a browser', () => {
  const { context, close } = lifetime();
  let browser: Browser;
  let url: string;

  before(async () => {
    const { url: databaseUrl, dataDir } = await testDatabase(context);
    const loaded = loadConfig({ PORT: '0', DATABASE_URL: databaseUrl, DATA_DIR: dataDir });
    assert.ok(loaded.ok);
    const server = await startServer(loaded.config, quietLog);
    context.after(() => server.stop());
    url = server.url;
    browser = await launchBrowser(context);
    await mkdir(screenshots, { recursive: true });
  });
  after(close);

  for (const { name, viewport } of widths) {
    test(`then at ${name} width a route is shown, no other server is asked and nothing is complained of`, async () => {
      const page = await browser.newPage({ viewport });
      const { asked, complaints } = watch(page);
      await page.goto(`${url}/docs${route}`);
      await page.getByRole('heading', { name: /^Statistics of a publication/ }).waitFor();
      await page.screenshot({ path: join(screenshots, `docs-${name}.png`) });
      assert.deepEqual(
        asked.filter((one) => !one.startsWith(`${url}/`)),
        [],
      );
      assert.deepEqual(complaints, []);
      assert.deepEqual(await seriousViolations(page), []);
    });
  }
});

/** Collects what is to be undone after a suite: a suite's hooks have no `after` of their own. */
function lifetime() {
  const steps: (() => unknown)[] = [];
  const context: Pick<TestContext, 'after'> = {
    after(step) {
      steps.push(step as () => unknown);
    },
  };
  async function close(): Promise<void> {
    for (const step of steps.reverse()) await step();
  }
  return { context, close };
}

function watch(page: Page): { asked: string[]; complaints: string[] } {
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url())) asked.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { asked, complaints };
}

/** Of the page we make. Inside `#app` everything is the reference's own: its faults are named in docs/api.md. */
async function seriousViolations(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8'));
  const { violations } = await page.evaluate<AxeResults>("axe.run({ exclude: ['#app'] })");
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}
