import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestServer, type TestServer } from './testing/server.ts';

const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

describe('given a server with pages', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
  });
  after(() => server.stop());

  test('when a browser and a program ask for the same address, then each gets its own answer', async () => {
    const page = await server.ask('/suggest', { headers: html });
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
    assert.equal(page.status, 200);
    assert.equal((await server.ask('/suggest', { headers: { accept: 'application/json' } })).status, 401);
    assert.equal((await server.ask('/suggest')).status, 401);
  });

  test('when an unknown address is asked for, then a browser gets a page and a program a problem', async () => {
    const page = await server.ask('/no/such/thing', { headers: html });
    assert.equal(page.status, 404);
    assert.match(await page.text(), /<h1[^>]*>There is nothing here<\/h1>/);
    const problem = await server.ask('/no/such/thing');
    assert.equal(problem.status, 404);
    assert.match(problem.headers.get('content-type') ?? '', /^application\/problem\+json/);
  });

  test('when a page is sent, then only its own scripts may run in it, and each page has a nonce of its own', async () => {
    const policies = await Promise.all(
      [1, 2].map(async () => {
        const answer = await server.ask('/about', { headers: html });
        const policy = answer.headers.get('content-security-policy') ?? '';
        assert.doesNotMatch(policy, /unsafe|\*|https?:/);
        assert.match(policy, /^default-src 'none'; script-src 'self' 'nonce-([^']+)'; style-src 'self'/);
        const text = await answer.text();
        const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
        for (const [tag] of text.matchAll(/<script\b[^>]*>/g))
          assert.ok(tag.includes(`nonce="${nonce}"`), tag);
        assert.doesNotMatch(text, / style="| on[a-z]+="/);
        return policy;
      }),
    );
    assert.notEqual(policies[0], policies[1]);
  });

  test('when its files are asked for, then they are compressed, kept for good, and nothing beside them is given out', async () => {
    const page = await (await server.ask('/', { headers: html })).text();
    const script = /\/assets\/entry\.client-[\w-]+\.js/.exec(page)?.[0] ?? '';
    const answer = await server.ask(script, { headers: { 'accept-encoding': 'br' } });
    assert.equal(answer.headers.get('content-encoding'), 'br');
    assert.match(answer.headers.get('cache-control') ?? '', /immutable/);
    const plain = await server.ask(script, { headers: { 'accept-encoding': 'identity' } });
    assert.equal(plain.headers.get('content-encoding'), null);
    assert.equal(await plain.text(), await answer.text());
    for (const path of [
      '/assets/..%2fmade-of',
      '/assets/',
      '/assets/x.js',
      '/assets/..%2f..%2fserver%2findex.js',
    ]) {
      assert.equal((await server.ask(path)).status, 404, path);
    }
  });

  test('when a form of another site is sent, then it is refused before anything is done', async () => {
    const body = new URLSearchParams({ key: 'x'.repeat(40) });
    const send = (headers: Record<string, string>) =>
      server.ask('/account', { method: 'POST', body, headers: { ...html, ...headers }, redirect: 'manual' });
    assert.equal((await send({ origin: 'https://elsewhere.example' })).status, 403);
    assert.equal((await send({ 'sec-fetch-site': 'cross-site' })).status, 403);
    // Our own: the key is read, and is not known.
    const own = await send({ origin: server.url, 'sec-fetch-site': 'same-origin' });
    assert.match(own.headers.get('content-type') ?? '', /^text\/html/);
    assert.equal(own.headers.get('set-cookie'), null);
  });

  test('when a language is wished, then the page is in it and the choice is kept', async () => {
    const lang = async (path: string, headers: Record<string, string>) => {
      const answer = await server.ask(path, { headers: { ...html, ...headers } });
      return [/<html lang="(\w+)"/.exec(await answer.text())?.[1], answer.headers.get('set-cookie')];
    };
    assert.deepEqual(await lang('/about', { 'accept-language': 'fr-CA, en;q=0.5' }), ['fr', null]);
    assert.deepEqual(await lang('/about', { cookie: 'lang=es' }), ['es', null]);
    const [chosen, cookie] = await lang('/about?lang=de', { cookie: 'lang=es' });
    assert.equal(chosen, 'de');
    assert.match(String(cookie), /^lang=de; .*HttpOnly/);
  });

  test('when a page is asked for with HEAD, then there are the headers and no body', async () => {
    const answer = await server.ask('/about', { method: 'HEAD', headers: html });
    assert.equal(answer.status, 200);
    assert.equal(await answer.text(), '');
  });
});
