import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type App, badInput, problem } from '../../../src/platform/http/index.ts';
import { browserSuite, widths } from '../../testing/browser-suite.ts';
import { pagesOver } from '../../testing/pages-over.ts';

const hostile = '<script>alert(1)</script>\u202Edesrever';
const known = ['doi:10.5555/lichens', '10.5555/lichens'];

const work = {
  id: 'doi:10.5555/lichens',
  identifiers: [
    { type: 'doi', value: '10.5555/lichens', url: 'https://doi.org/10.5555/lichens' },
    { type: 'oai', value: 'oai:a.example:1', url: null },
  ],
  title: 'On <i>lichens</i> and light',
  author: [
    { family: 'Berg', given: 'Ida', ORCID: 'https://orcid.org/0000-0002-1825-0097' },
    { literal: hostile },
  ],
  issued: '2024-05',
  container_title: 'Journal of Lichens',
  type: 'Article',
  publisher_id: null,
  registration_agency: 'crossref',
  results: { wikipedia: 30, webmention: 2 },
  usage: {
    total_item_requests: 11,
    unique_item_requests: 10,
    total_item_investigations: 17,
    unique_item_investigations: 16,
  },
  relations: { is_part_of: 1 },
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-02-01T00:00:00Z',
};

const event = (at: number) => ({
  id: `e${at}`,
  action: 'add',
  version: 1,
  changed_at: '2026-02-01T00:00:00Z',
  source_id: at % 15 === 0 ? 'webmention' : 'wikipedia',
  occurred_at: '2026-01-31T00:00:00Z',
  evidence: `evidence-${at}`,
  subj_id: at === 1 ? 'javascript:alert(1)' : `https://encyclopedia.example/${at}`,
  obj_id: 'https://doi.org/10.5555/lichens',
  relation_type_id: 'references',
  total: 1,
  provenance_url: null,
  subj: { title: at === 1 ? hostile : `Article ${at}` },
});

function addRoutes(app: App): void {
  app.get<{ Params: { id: string } }>('/api/works/:id', async (request) => {
    if (!known.includes(request.params.id)) throw problem(404, 'No work has this identifier.');
    return { work };
  });
  app.get('/api/sources', async () => ({
    sources: [
      {
        id: 'wikipedia',
        title: 'Wikipedia',
        stale: true,
        coverage: [{ from: '2025-01-01', until: '2026-01-31' }],
      },
      { id: 'webmention', title: 'Webmentions', stale: false, coverage: [] },
    ],
  }));
  app.get('/api/events', { config: { anyParameters: true } }, async (request) => {
    const { cursor = '0', size = '100', source_id: source } = request.query as Record<string, string>;
    if (!/^\d+$/.test(cursor)) throw badInput([{ path: 'cursor', message: 'cannot be read' }]);
    const all = Array.from({ length: 30 }, (_, at) => event(at + 1)).filter(
      ({ source_id: of }) => source === undefined || of === source,
    );
    const end = Number(cursor) + Number(size);
    return {
      meta: { next_cursor: String(end), more: end < all.length },
      events: all.slice(Number(cursor), end),
    };
  });
}

const path = `/works/${encodeURIComponent('10.5555/lichens')}`;

describe('given a work that is mentioned elsewhere, in a browser', () => {
  const suite = browserSuite({ start: () => pagesOver(addRoutes) });

  for (const width of widths) {
    test(`then at ${width.name} width the work, its use and its events are there, sound and harmless`, async () => {
      const { page, screenshot, expectSound } = await suite.open(path, { width });
      assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'On lichens and light');
      await page.getByRole('link', { name: 'Ida Berg' }).waitFor();
      assert.equal(await page.locator('a[href^="javascript:"]').count(), 0);
      // Events name this work by its DOI; only the other end is shown.
      assert.equal(await page.locator('#events').getByText('10.5555/lichens').count(), 0);
      const evidence = page.getByRole('link', { name: 'Evidence' }).first();
      assert.equal(await evidence.getAttribute('href'), '/api/evidence/evidence-1');
      await screenshot(`work-${width.name}`);
      await expectSound();
    });
  }

  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with script' : 'without script';
    test(`when a source and the next events are asked for ${how}, then they follow`, async () => {
      const { page, complaints } = await suite.open(path, { javaScript });
      await page.getByRole('link', { name: 'Next events' }).click();
      await page.getByText('Article 30').waitFor();
      await page.getByRole('link', { name: 'From the beginning' }).click();
      await page.getByText('Article 2', { exact: true }).waitFor();
      await page.getByRole('link', { name: 'Webmentions' }).click();
      await page.getByRole('heading', { name: 'Single events of Webmentions' }).waitFor();
      await page.getByText('Article 15').waitFor();
      assert.equal(await page.locator('#events tbody tr').count(), 2);
      assert.deepEqual(complaints, []);
    });
  }

  test('when a place in the list is no longer known, then its beginning is shown and said', async () => {
    const { page } = await suite.open(`${path}?cursor=old`, { javaScript: false });
    await page.getByText('The list has changed; this is its beginning.').waitFor();
  });

  test('when nobody knows the work, then its page is a 404 and mentions of known ones are taken', async () => {
    const html = { headers: { accept: 'text/html' } };
    assert.equal((await fetch(`${suite.server.url}/works/10.5555%2Fnothing`, html)).status, 404);
    const response = await fetch(suite.server.url + path, html);
    assert.match(response.headers.get('link') ?? '', /<http.*\/webmention>; rel="webmention"/);
  });
});
