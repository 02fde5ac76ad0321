import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FastifyRequest } from 'fastify';
import type { ComplianceRecord } from '../../../src/client/index.ts';
import { type App, mediaType, problem, uploadOf } from '../../../src/platform/http/index.ts';
import { browserSuite, widths } from '../../testing/browser-suite.ts';
import { pagesOver } from '../../testing/pages-over.ts';

const id = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
const hostile = '<img src=x onerror=alert(1)>\u202Eelttil';
const types = ['application/json', 'multipart/form-data'];

/** What the played API was sent, and how far its one list is. */
const played = { sent: [] as string[], done: 40, retried: 0 };

const record = (pos: number): ComplianceRecord => ({
  id: `r${pos}`,
  created_date: '2026-01-01T00:00:00Z',
  last_updated: '2026-01-01T00:00:00Z',
  upload: { id, pos },
  source: { article_title: `Report ${pos}`, Grant: hostile },
  identifiers: {
    pmcid: null,
    pmid: null,
    doi: `10.5555/${pos}`,
    title: pos === 1 ? hostile.repeat(100) : `Report ${pos}`,
  },
  supporting_info: { journal: 'Journal of Lichens', issn: ['1234-5679'] },
  compliance: {
    licence: { type: pos % 3 === 0 ? 'cc-by' : null },
    journal_type: pos % 2 === 0 ? 'oa' : 'hybrid',
    epmc_aam: pos % 5 === 0 ? true : null,
    in_epmc: true,
  },
  verdicts: {
    'plan-s': {
      compliant: pos % 3 === 0 ? 'yes' : 'no',
      applies: 'yes',
      because: [
        {
          criterion: 'the licence is one of cc-by',
          met: pos % 3 === 0 ? 'yes' : 'no',
          fact: 'licence',
          value: null,
        },
      ],
    },
  },
  provenance: [
    {
      by: 'doaj',
      when: '2026-01-01T00:00:00Z',
      note: `DOAJ knows the journal of ${pos}. ${hostile}`,
      code: 'doaj.listed',
    },
  ],
});

/** Tables come as a stream, lists as JSON that is read already. */
async function textOf(request: FastifyRequest): Promise<string> {
  if (mediaType(request) === 'application/json') return JSON.stringify(request.body);
  const chunks: Uint8Array[] = [];
  for await (const chunk of uploadOf(request)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

const unreadable = 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee';

function addRoutes(app: App): void {
  const progress = () => ({
    progress_url: `http://server.example/api/compliancejob/progress/${id}`,
    pc: (played.done / 40) * 100,
    queue: 0,
    results_url: `http://server.example/download_progress/${id}`,
    status: played.done === 40 ? 'complete' : 'processing',
    counts: { rows: 41, records: 40, ignored: 1, done: played.done, unavailable: 2 },
    message: 'One row was ignored: 7.',
  });
  app.post('/api/compliancejob', { config: { upload: types } }, async (request) => {
    const text = await textOf(request);
    if (mediaType(request) !== 'application/json') {
      // As the real one: what cannot be taken apart is no upload.
      const boundary = /boundary=(.+)$/.exec(request.headers['content-type'] ?? '')?.[1];
      if (boundary === undefined || !text.includes(boundary))
        throw problem(415, 'A form with a boundary is needed.');
    }
    if (text.includes('unknown-policy')) {
      throw problem(400, 'One fault.', {
        errors: [{ path: '/policies/0', message: 'is no policy of this server' }],
      });
    }
    played.sent.push(text);
    return progress();
  });
  app.get<{ Params: { id: string } }>('/api/compliancejob/progress/:id', async (request) => {
    if (request.params.id === unreadable)
      return {
        ...progress(),
        status: 'error',
        pc: 0,
        counts: { rows: 0, records: 0, ignored: 0, done: 0, unavailable: 0 },
        message: 'This is a web page, not a table.',
      };
    if (request.params.id !== id) throw problem(404, 'There is no list with this id.');
    return progress();
  });
  app.get<{ Params: { id: string } }>(
    '/api/compliancejob/:id/records',
    { config: { anyParameters: true } },
    async (request) => {
      if (request.params.id === unreadable) return { total: 0, from: 0, size: 1000, records: [] };
      const { from = '0', size = '1000' } = request.query as Record<string, string>;
      const all = Array.from({ length: 40 }, (_, at) => record(at + 1));
      const records = all.slice(Number(from), Number(from) + Number(size));
      return { total: 40, from: Number(from), size: Number(size), records };
    },
  );
  app.get<{ Params: { pos: string } }>('/api/compliancejob/:id/records/:pos', async (request) =>
    record(Number(request.params.pos)),
  );
  app.post('/api/compliancejob/:id/retry', async () => {
    played.retried += 1;
    return progress();
  });
}

describe('given a server that checks lists of articles, in a browser', () => {
  const suite = browserSuite({ start: () => pagesOver(addRoutes) });

  for (const width of widths) {
    test(`then at ${width.name} width the form is sound`, async () => {
      const { screenshot, expectSound } = await suite.open('/compliance', { width });
      await screenshot(`compliance-${width.name}`);
      await expectSound();
    });

    test(`then at ${width.name} width a list's outcome and every reason are there, sound and harmless`, async () => {
      const { page, screenshot, expectSound } = await suite.open(`/compliance/${id}`, { width });
      await page.getByText('One row was ignored: 7.').waitFor();
      await page.getByRole('heading', { name: '40 articles' }).waitFor();
      await page.locator('summary').filter({ hasText: 'Row 2' }).first().click();
      await page.getByText('DOAJ knows the journal of 2.').waitFor();
      await screenshot(`compliance-job-${width.name}`);
      await expectSound();
    });
  }

  for (const javaScript of [true, false]) {
    const how = javaScript ? 'with script' : 'without script';
    test(`when a file is handed in ${how} and its results are filtered, then only what fits is shown`, async () => {
      const { page, complaints } = await suite.open('/compliance', { javaScript });
      await page.setInputFiles('#file', {
        name: 'grants.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('DOI,Grant\n10.5555/1,A\n'),
      });
      await page.getByRole('checkbox', { name: /^Plan S/ }).check();
      await page.getByRole('button', { name: 'Check the list' }).click();
      await page.waitForURL(`**/compliance/${id}`);
      const sent = played.sent.at(-1) ?? '';
      assert.match(sent, /filename="grants.csv"/);
      assert.match(sent, /10.5555\/1,A/);
      assert.match(sent, /"policies":\["plan-s"\]/);

      await page.getByRole('link', { name: 'yes: 13' }).click();
      await page.getByRole('heading', { name: '13 of 40 articles' }).waitFor();
      await page.getByRole('link', { name: 'hybrid', exact: true }).click();
      await page.getByRole('heading', { name: '7 of 40 articles' }).waitFor();
      const rows = await page.locator('.article-row td:first-child').allInnerTexts();
      assert.deepEqual(rows, ['3', '9', '15', '21', '27', '33', '39']);
      await page.getByRole('link', { name: 'Remove all filters' }).click();
      await page.getByRole('heading', { name: '40 articles', exact: true }).waitFor();
      await page.getByRole('link', { name: 'Next' }).click();
      await page.getByText('Report 40', { exact: true }).waitFor();
      assert.deepEqual(complaints, []);
    });

    test(`when a list is pasted ${how}, then each line is an article`, async () => {
      const { page } = await suite.open('/compliance', { javaScript });
      await page.locator('#list').fill('10.5555/a\nOn lichens');
      await page.getByRole('button', { name: 'Check the list' }).click();
      await page.waitForURL(`**/compliance/${id}`);
      const { articles } = JSON.parse(played.sent.at(-1) ?? '{}');
      assert.deepEqual(articles, [{ doi: '10.5555/a' }, { title: 'On lichens' }]);
    });

    test(`when nothing, or something wrong, is handed in ${how}, then the page says what`, async () => {
      const { page } = await suite.open('/compliance', { javaScript });
      await page.getByRole('button', { name: 'Check the list' }).click();
      await page.getByText('Choose a file or paste a list first.').waitFor();
      await page.locator('#list').fill('10.5555/a');
      await page.getByText('More options').click();
      await page.getByLabel('Other policies of this server').fill('unknown-policy');
      await page.getByRole('button', { name: 'Check the list' }).click();
      await page.getByText('/policies/0 is no policy of this server').waitFor();
    });
  }

  test('while a list is worked on, then its page follows by itself, with script and without', async () => {
    played.done = 10;
    const scripted = await suite.open(`/compliance/${id}`);
    const plain = await suite.open(`/compliance/${id}`, { javaScript: false });
    await scripted.page.getByText('10 of 40 articles, 25 %').waitFor();
    await plain.page.getByText('10 of 40 articles, 25 %').waitFor();
    played.done = 40;
    await scripted.page.getByText('Complete', { exact: true }).waitFor();
    await plain.page.getByText('Complete', { exact: true }).waitFor();
    assert.deepEqual(scripted.complaints, []);
  });

  test('when missing sources are to be tried again, then the server is told', async () => {
    const { page } = await suite.open(`/compliance/${id}`, { javaScript: false });
    await page.getByRole('button', { name: 'Try the missing sources again now' }).click();
    await page.getByText('Complete', { exact: true }).waitFor();
    assert.equal(played.retried, 1);
  });

  test('when a list was looked at, then this browser finds it again, and by its address anybody with it', async () => {
    const { page } = await suite.open(`/compliance/${id}`);
    await page.getByRole('link', { name: 'Compliance' }).first().click();
    await page.getByText('Those you handed in with this browser').waitFor();
    await page.getByLabel('Open a list by its address').fill(`${suite.server.url}/compliance/${id}`);
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.waitForURL(`**/compliance/${id}`);
  });

  test('when a list could not be read, then its page says why and offers nothing but what came', async () => {
    const { page, screenshot, expectSound } = await suite.open(`/compliance/${unreadable}`);
    await page.getByRole('alert').getByText('This is a web page, not a table.').waitFor();
    const downloads = page.getByText('Download', { exact: true }).locator('..').getByRole('link');
    assert.deepEqual(await downloads.allInnerTexts(), ['The list as it came']);
    await screenshot('compliance-unreadable');
    await expectSound();
  });

  test('when no list has the address, then the page is a 404 that says so', async () => {
    const response = await fetch(`${suite.server.url}/compliance/ffffffffffffffff`, {
      headers: { accept: 'text/html' },
    });
    assert.equal(response.status, 404);
    assert.match(await response.text(), /There is no list with this id/);
  });
});
