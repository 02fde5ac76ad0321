import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startTestServer } from '../../src/server-tests/testing/server.ts';
import { startSite } from '../../src/server-tests/testing/site.ts';
import { browserSuite, widths } from './browser-suite.ts';

const target = 'https://doi.org/10.5555/lichens';
const colours = [
  'paper',
  'paper-raised',
  'ink',
  'ink-soft',
  'rule',
  'rule-strong',
  'accent',
  'accent-strong',
  'on-accent',
  'good',
  'warn',
];

/** The colours of a page, and the chapters it leads to. */
const lookOf = (page: Page) =>
  page.evaluate<{ colours: string[]; chapters: string[][] }>(`(() => {
    const style = getComputedStyle(document.documentElement);
    return {
      colours: ${JSON.stringify(colours)}.map((name) => name + ' ' + style.getPropertyValue('--' + name).trim()),
      chapters: [...document.querySelectorAll('header nav a')].map((a) => [a.getAttribute('href'), a.textContent]),
    };
  })()`);

describe('given somebody who tells of a page by hand, in a browser', async () => {
  const site = await startSite();
  after(site.stop);
  const suite = browserSuite({
    start: () => startTestServer({ env: { ALLOW_PRIVATE_ADDRESSES: '127.0.0.1' } }),
  });

  for (const width of widths) {
    const colorScheme = width.name === 'phone' ? 'dark' : 'light';
    test(`then at ${width.name} width the form, what is wrong and what becomes of it are pages like the others`, async () => {
      const opened = await suite.open(`/webmention?target=${encodeURIComponent(target)}`, {
        width,
        colorScheme,
        isPlain: true,
      });
      const { page, complaints, screenshot, expectSound } = opened;
      assert.equal(await page.getByLabel('What it mentions').inputValue(), target);
      await screenshot(`webmention-form-${width.name}`);
      await expectSound();
      const others = await suite.open('/about', { width, colorScheme });
      const look = await lookOf(page);
      assert.deepEqual(look, await lookOf(others.page));
      assert.ok(
        look.colours.every((colour) => / #\p{Hex_Digit}{3,6}$/u.test(colour)),
        look.colours.join(),
      );

      await page.getByLabel('The page that mentions').fill(target);
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByText('must not be the target itself').waitFor();
      assert.equal(await page.getByLabel('The page that mentions').inputValue(), target);
      await screenshot(`webmention-faults-${width.name}`);
      await expectSound(['400']);

      const source = site.page(
        `/on-lichens-${width.name}`,
        `<title>On lichens</title><a href="${target}">lichens</a>`,
      );
      await page.getByLabel('The page that mentions').fill(source);
      complaints.length = 0;
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByText('The page will be looked at soon.').waitFor();
      await screenshot(`webmention-queued-${width.name}`);
      const counted = page.getByText('The page links to what it mentions, and is counted.');
      while (!(await counted.isVisible())) {
        await page.getByRole('link', { name: 'Look again' }).click();
        await page.getByRole('link', { name: source }).waitFor();
      }
      await screenshot(`webmention-accepted-${width.name}`);
      await expectSound();
    });
  }
});
