import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { browserSuite, widths } from './browser-suite.ts';

const target = 'https://doi.org/10.5555/lichens';

describe('given somebody who tells of a page by hand, in a browser', () => {
  const suite = browserSuite();

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

      await page.getByLabel('The page that mentions').fill(target);
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByText('must not be the target itself').waitFor();
      assert.equal(await page.getByLabel('The page that mentions').inputValue(), target);
      await screenshot(`webmention-faults-${width.name}`);
      await expectSound(['400']);

      await page.getByLabel('The page that mentions').fill('https://pages.example/on-lichens');
      complaints.length = 0;
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByText('The page will be looked at soon.').waitFor();
      await screenshot(`webmention-status-${width.name}`);
      await expectSound();
      await page.getByRole('link', { name: 'Look again' }).click();
      await page.waitForURL('**/webmention/*');
      await page.getByText('https://pages.example/on-lichens').waitFor();
      await expectSound();
    });
  }
});
