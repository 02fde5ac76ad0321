import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { createClient } from '../../../src/client/index.ts';
import { browserSuite, widths } from '../../testing/browser-suite.ts';

let key = '';
let known = '';

describe('given a register and somebody who knows better, in a browser', () => {
  const suite = browserSuite({
    async fill({ url, keyOf }) {
      key = await keyOf('reviewer', 'registry');
      const api = createClient({ baseUrl: url, token: key });
      const record = { name: 'Known Archive', url: 'https://known.example/archive', country_code: 'DE' };
      ({ id: known } = await api.registry.create({ register: { metadata: [{ record }] } }));
    },
  });

  for (const width of widths) {
    test(`then at ${width.name} width the form, the page to sign in and their likes are sound`, async () => {
      for (const [path, name] of [
        ['/suggest', 'suggest'],
        [`/suggest?about=${known}`, 'suggest-change'],
        ['/account', 'account'],
      ] as const) {
        const { screenshot, expectSound } = await suite.open(path, { width });
        await screenshot(`${name}-${width.name}`);
        await expectSound();
      }
    });
  }

  test('when a known address is typed, then the form warns before it is sent', async () => {
    const { page, complaints } = await suite.open('/suggest');
    await page.getByLabel('Address of the repository').fill('http://www.known.example/archive/index.html');
    await page.getByText('Already in the register:').waitFor();
    await page.getByRole('link', { name: 'Known Archive' }).waitFor();
    assert.deepEqual(complaints, []);
  });

  test('when the address is checked without script, then the same is said and nothing typed is lost', async () => {
    const { page } = await suite.open('/suggest', { javaScript: false });
    await page.getByLabel('Address of the repository').fill('https://known.example/archive');
    await page.getByLabel('Name', { exact: true }).fill('My archive');
    await page.getByRole('button', { name: 'Check the address' }).click();
    await page.getByText('Already in the register:').waitFor();
    assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'My archive');
  });

  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with script' : 'without script';
    const site = `https://${javaScript ? 'scripted' : 'plain'}.example/`;
    const name = `Archive ${how}`;

    test(`when a repository is suggested ${how} and accepted, then it is in the register`, async () => {
      const { page, complaints, screenshot } = await suite.open('/suggest', { javaScript });
      await page.getByLabel('Address of the repository').fill(site);
      await page.getByLabel('Name', { exact: true }).fill(name);
      await page.getByLabel('Country').selectOption('NL');
      await page.getByLabel('Your e-mail address').fill('finder@example.org');
      await page.getByRole('button', { name: 'Send the suggestion' }).click();
      await page.getByRole('heading', { name: 'Thank you' }).waitFor();
      await screenshot(`suggestion-${javaScript ? 'script' : 'plain'}`);
      const followUp = page.url();
      assert.equal((await page.content()).includes('finder@example.org'), false);

      await signIn(page, suite.server.url);
      const suggestion = page.locator('section.reviewed', { has: page.getByRole('heading', { name }) });
      await suggestion.getByText('finder@example.org').waitFor();
      await screenshot(`review-${javaScript ? 'script' : 'plain'}`);
      await suggestion.getByRole('button', { name: 'Accept as a new repository' }).click();
      await page.getByText('Accepted.').waitFor();

      await page.goto(followUp);
      await page.getByRole('link', { name: 'See the record' }).click();
      await page.getByRole('heading', { name, level: 1 }).waitFor();
      await signOut(page, suite.server.url);
      assert.deepEqual(complaints, []);
    });

    test(`when a correction is suggested ${how}, then it shows what would change and is rejected with a reason`, async () => {
      const { page } = await suite.open(`/suggest?about=${known}`, { javaScript });
      await page.getByLabel('Name', { exact: true }).fill(`Renamed ${how}`);
      await page.getByRole('button', { name: 'Send the suggestion' }).click();
      await page.getByRole('heading', { name: 'Thank you' }).waitFor();
      const followUp = page.url();
      await signIn(page, suite.server.url);
      const suggestion = page.locator('section.reviewed', {
        has: page.getByRole('heading', { name: `Renamed ${how}` }),
      });
      await suggestion.locator('table.differences').waitFor();
      await suggestion.getByLabel('Reason').fill('The old name is on its door.');
      await suggestion.getByRole('button', { name: 'Reject' }).click();
      await page.getByText('Rejected, and the reason is on its page.').waitFor();
      await page.goto(followUp);
      await page.getByText('The old name is on its door.').waitFor();
      await signOut(page, suite.server.url);
    });

    test(`when nothing of a record is changed ${how}, then nothing is suggested`, async () => {
      const { page } = await suite.open(`/suggest?about=${known}`, { javaScript });
      await page.getByRole('button', { name: 'Send the suggestion' }).click();
      await page.getByText('Nothing was changed').waitFor();
    });
  }

  test('when a field is wrong, then it is told at the field and everything stays typed', async () => {
    const { page } = await suite.open('/suggest', { javaScript: false });
    await page.getByLabel('Address of the repository').fill('ftp://files.example/');
    await page.getByLabel('Name', { exact: true }).fill('Files');
    await page.getByRole('button', { name: 'Send the suggestion' }).click();
    await page.locator('#url-fault').waitFor();
    assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Files');
  });

  test('given a wrong key, when signing in, then the page says so; the cookie of a right one is out of reach', async () => {
    const { page } = await suite.open('/account');
    await page.getByLabel('Key of your account').fill('almanac_0123456789abcdef0123456789');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('No account has this key.').waitFor();
    await signIn(page, suite.server.url);
    assert.equal(await page.evaluate('document.cookie'), '');
    const [cookie] = (await page.context().cookies()).filter(({ value }) => value === key);
    assert.equal(cookie?.httpOnly, true);
    assert.equal(cookie?.sameSite, 'Strict');
  });

  test('given a form of another site, when it is sent with the cookie, then it is refused', async () => {
    const response = await suite.server.ask('/review', {
      method: 'POST',
      redirect: 'manual',
      headers: { accept: 'text/html', origin: 'https://evil.example', cookie: `almanac-key=${key}` },
      body: new URLSearchParams({ intent: 'reject', id: 'x', reason: 'x' }),
    });
    assert.equal(response.status, 403);
  });

  test('given nobody signed in, when the review is asked for, then the way leads to where one signs in', async () => {
    const { page } = await suite.open('/review');
    await page.getByLabel('Key of your account').waitFor();
  });

  test('given a page of somebody else, when the form is embedded there, then it reaches the register', async (t) => {
    const { page } = await suite.open('/account');
    const elsewhere = await startSite(
      t,
      `<!doctype html><title>Elsewhere</title><script src="${suite.server.url}/suggest.js?lang=de"></script>`,
    );
    await page.goto(elsewhere);
    await page.getByLabel('Adresse des Repositoriums').fill('https://embedded.example/');
    await page.getByRole('button', { name: 'Vorschlag absenden' }).click();
    await page.getByText('Vielen Dank').waitFor();
    assert.match((await page.getByRole('link').getAttribute('href')) ?? '', /\/suggest\/[0-9a-f]{32}$/);
  });
});

/** A site of somebody else, with one page. */
async function startSite(t: TestContext, page: string): Promise<string> {
  const site = createServer((_, response) => response.setHeader('content-type', 'text/html').end(page));
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  t.after(() => site.close());
  return `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/account`);
  await page.getByLabel('Key of your account').fill(key);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Suggestions' }).waitFor();
}

async function signOut(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/account`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Key of your account').waitFor();
}
