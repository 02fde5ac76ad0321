import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createClient, type JsonObject } from '../../../src/client/index.ts';
import { browserSuite, widths } from '../../testing/browser-suite.ts';

const hostile = '<script>document.title="taken over"</script>\u202Etxet desrever';
let repository = '';
let successor = '';
let gone = '';
let nasty = '';

const record = (fields: JsonObject, more: JsonObject = {}): { register: JsonObject } => ({
  register: { metadata: [{ lang: 'en', default: true, record: fields }], ...more },
});

describe('given a register with a repository that has changed, in a browser', () => {
  const suite = browserSuite({
    async fill({ url, keyOf }) {
      const api = async (name: string) =>
        createClient({ baseUrl: url, token: await keyOf(name, 'registry', 'statistics', 'admin') });
      const [anna, bert] = [await api('anna'), await api('bert')];
      const names: JsonObject[] = [
        {
          lang: 'en',
          default: true,
          record: {
            name: 'Veldhaven Repository',
            url: 'https://repository.veldhaven.example',
            description: 'Papers of the university.',
            country_code: 'NL',
            subject: ['Law'],
            lat: 52.1,
            lon: 4.9,
          },
        },
        { lang: 'nl', record: { name: 'Repositorium Veldhaven' } },
      ];
      const register = {
        operational_status: 'Trial',
        metadata: names,
        organisation: [{ role: ['host'], details: { name: 'Universiteit Veldhaven', country_code: 'NL' } }],
        contact: [
          { role: ['manager'], details: { name: 'Repository team', email: 'team@veldhaven.example' } },
        ],
        api: [{ api_type: 'oai-pmh', base_url: 'https://repository.veldhaven.example/oai' }],
        policy: [{ policy_type: 'Data', terms: ['Copies can be reused freely'] }],
      };
      ({ id: repository } = await anna.registry.create({ register }));
      await bert.registry.merge(repository, { register: { software: [{ name: 'DSpace', version: '7.6' }] } });
      await anna.registry.merge(repository, { register: { operational_status: 'Operational' } });
      for (const [date, value] of [
        ['2024-01-01', 900],
        ['2025-01-01', 1100],
        ['2026-01-01', 1500],
      ] as const)
        await anna.registry.addStatistic(repository, { type: 'item_count', value, date });
      await bert.registry.putAdmin(repository, { note: hostile });
      ({ id: successor } = await anna.registry.create(
        record({ name: 'New Home' }, { replaces: `info:oarr:${repository}` }),
      ));
      ({ id: gone } = await anna.registry.create(record({ name: 'Short lived' })));
      await anna.registry.delete(gone);
      ({ id: nasty } = await anna.registry.create({
        register: {
          metadata: [
            {
              record: {
                name: hostile,
                acronym: 'x'.repeat(5000),
                description: hostile.repeat(60),
                url: 'https://n.example',
              },
            },
          ],
          organisation: [{ details: { name: `${'w'.repeat(5000)}${hostile}` } }],
          contact: [{ details: { name: hostile, email: '"><img src=x onerror=alert(1)>@b' } }],
          software: [{ name: hostile }],
        },
      }));
    },
  });

  for (const width of widths) {
    test(`then at ${width.name} width the whole record is there, sound and quiet`, async () => {
      const { page, screenshot, expectSound } = await suite.open(`/repositories/${repository}`, { width });
      for (const text of [
        'Papers of the university.',
        'Universiteit Veldhaven',
        'DSpace 7.6',
        'Copies can be reused freely',
      ])
        assert.ok(await page.getByText(text).first().isVisible(), text);
      await page.getByRole('link', { name: 'New Home' }).waitFor();
      await screenshot(`repository-${width.name}`);
      await expectSound();
    });

    test(`then at ${width.name} width a hostile record is only text`, async () => {
      const { page, expectSound } = await suite.open(`/repositories/${nasty}`, { width });
      assert.match(await page.title(), /^<script>/);
      assert.match((await page.getByRole('heading', { level: 1 }).textContent()) ?? '', /^<script>document/);
      assert.equal(
        await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth'),
        false,
      );
      await expectSound();
    });
  }

  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with script' : 'without script';
    test(`when two versions are compared ${how}, then each differing field is told`, async () => {
      const { page, complaints } = await suite.open(`/repositories/${repository}`, { javaScript });
      const form = page.locator('form', { has: page.locator('select[name=from]') });
      await form.locator('select[name=from]').selectOption('1');
      await form.locator('select[name=to]').selectOption('3');
      await form.getByRole('button').click();
      const table = page.locator('table.differences');
      await table.waitFor();
      const rows = await table.locator('tbody tr').allInnerTexts();
      assert.equal(rows.length, 2);
      assert.match(rows.join('\n'), /operational status[\s\S]*Trial[\s\S]*Operational/);
      assert.match(rows.join('\n'), /software[\s\S]*added/);
      assert.deepEqual(complaints, []);
    });
  }

  test('when another language of the record is asked for, then its name is shown', async () => {
    const { page } = await suite.open(`/repositories/${repository}?lang=nl`);
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Repositorium Veldhaven');
  });

  test('when its successor is opened, then the page says what it replaces', async () => {
    const { page } = await suite.open(`/repositories/${successor}`);
    await page.getByRole('link', { name: 'Veldhaven Repository' }).waitFor();
  });

  test('when a removed repository is opened, then its page says when it was removed and keeps its history', async () => {
    const { page, expectSound } = await suite.open(`/repositories/${gone}`);
    await page.getByText('Removed from the register', { exact: true }).waitFor();
    await page.getByText('Version 1').first().waitFor();
    await expectSound();
  });

  test('when no such record exists, then the page is a 404 that says so', async () => {
    const response = await suite.server.ask(`/repositories/${'0'.repeat(32)}`, {
      headers: { accept: 'text/html' },
    });
    assert.equal(response.status, 404);
    assert.match(await response.text(), /There is no record with this id/);
  });

  test('when asked by a program, then headers say where the same is as data', async () => {
    const response = await suite.server.ask(`/repositories/${repository}`, {
      headers: { accept: 'text/html' },
    });
    const link = response.headers.get('link') ?? '';
    for (const relation of ['describedby', 'cite-as', 'webmention'])
      assert.match(link, new RegExp(`rel="${relation}"`));
  });
});
