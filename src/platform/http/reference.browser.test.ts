import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launchBrowser } from '../../testing/index.ts';
import { exampleApp } from './testing/example-app.ts';

test('given /docs in a browser, then the reference is drawn, its policy is kept and nothing else is asked', async (t) => {
  const { app } = await exampleApp(t);
  app.get('/things', { schema: { summary: 'All the things', tags: ['Things'] } }, async () => []);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });

  const browser = await launchBrowser(t);
  const page = await browser.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));

  await page.goto(`${url}/docs`);
  await page.getByText('All the things').first().waitFor();
  assert.deepEqual(
    asked.filter((one) => !one.startsWith(url) && !/^(data|blob):/.test(one)),
    [],
  );
  assert.deepEqual(complaints, []);
});
