import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, suite, test } from 'node:test';
import { startUpstreams } from '../../../../demo/upstreams/start.ts';
import type { ComplianceRecord } from '../../record.ts';
import { readAll, submitJson, untilOver } from '../../testing/calls.ts';
import type { House } from '../../testing/house.ts';
import { startSourcesHouse } from '../../testing/sources-house.ts';

// Publishers' pages behind a resolver of DOIs, all on the loopback. Each DOI leads to another kind of page.

type Page = { status: number; body?: string; location?: string };
const licensed =
  '<html><a rel="license" href="https://creativecommons.org/licenses/by-nc/4.0/">terms</a></html>';
const pages: Record<string, Page> = {
  '/doi/10.5555/open': { status: 302, location: '/journal/open' },
  '/journal/open': { status: 200, body: licensed },
  '/doi/10.5555/silent': { status: 302, location: '/journal/silent' },
  '/journal/silent': { status: 200, body: '<html>All rights reserved</html>' },
  '/doi/10.5555/forbidden': { status: 302, location: '/private/page' },
  '/private/page': { status: 200, body: licensed },
  '/doi/10.5555/gone': { status: 404 },
  '/doi/10.5555/circle': { status: 302, location: '/circle/a' },
  '/circle/a': { status: 302, location: '/circle/b' },
  '/circle/b': { status: 302, location: '/circle/a' },
  '/doi/10.5555/inside': { status: 302, location: 'http://10.0.0.1/page' },
  '/doi/10.5555/broken': { status: 503 },
  '/doi/10.5555/large': { status: 302, location: '/journal/large' },
  '/journal/large': { status: 200, body: `${licensed}${'x'.repeat(3 * 1024 * 1024)}` },
  '/robots.txt': { status: 200, body: 'User-agent: *\nDisallow: /private\n' },
};

suite('publisher pages that a list asks for', () => {
  const cleanup: (() => unknown)[] = [];
  const seen: string[] = [];
  let house: House;

  before(async () => {
    const site = createServer((request, response) => {
      seen.push(request.url ?? '');
      const { status, body = '', location } = pages[request.url ?? ''] ?? { status: 404 };
      response.writeHead(status, { 'content-type': 'text/html', ...(location && { location }) }).end(body);
    });
    site.listen(0, '127.0.0.1');
    await once(site, 'listening');
    cleanup.push(() => site.close());
    const upstreams = await startUpstreams([]);
    cleanup.push(upstreams.close);
    const after = (fn: unknown) => void cleanup.push(fn as () => unknown);
    const doiResolver = `http://127.0.0.1:${(site.address() as AddressInfo).port}/doi`;
    house = await startSourcesHouse({ after }, upstreams, { doiResolver });
  });
  after(async () => {
    for (const step of cleanup.reverse()) await step();
  });

  async function recordOf(doi: string, publisher_pages = true): Promise<ComplianceRecord> {
    // Only what is away for good is given up soon: the others may need a second try, whenever it comes.
    const patience = doi === '10.5555/broken' ? { give_up_after: 60 } : {};
    const { id } = await submitJson(house.url, { articles: [{ doi }], publisher_pages, ...patience });
    await untilOver(house.url, id);
    const [record] = await readAll(house.url, id);
    return record ?? assert.fail('no record');
  }

  const outcomeOf = ({ compliance, supporting_info, provenance }: ComplianceRecord) => [
    supporting_info.oag_doi,
    compliance.licence.type,
    provenance.find(({ code }) => code.startsWith('licence.') || code === 'publisher.unavailable')?.code,
  ];

  test('given a page that names a licence, then it is taken, with the page as its source', async () => {
    const record = await recordOf('10.5555/open');
    assert.deepEqual(outcomeOf(record), ['success', 'cc-by-nc', 'licence.publisher_page']);
    assert.equal(record.compliance.licence_source, 'publisher');
    assert.deepEqual(
      [record.supporting_info.oag_pmid, record.supporting_info.oag_pmcid],
      ['not_sent', 'not_sent'],
    );
  });

  test('given a list that does not ask for pages, then none is fetched', async () => {
    const before = seen.length;
    assert.deepEqual(outcomeOf(await recordOf('10.5555/gone', false)), ['not_sent', null, 'licence.none']);
    assert.equal(seen.length, before);
  });

  test('given a page without a licence, one that is not to be read, and one that is not there, then each is told apart', async () => {
    const cases: [doi: string, outcome: unknown[], why: RegExp][] = [
      ['10.5555/silent', ['fto', null, 'licence.none'], /page was read/],
      ['10.5555/forbidden', ['error', null, 'licence.none'], /robots\.txt forbids it/],
      ['10.5555/gone', ['error', null, 'licence.none'], /HTTP 404/],
      ['10.5555/circle', ['error', null, 'licence.none'], /redirects go in a circle/],
      ['10.5555/inside', ['error', null, 'licence.none'], /address is not allowed/],
      ['10.5555/broken', ['error', null, 'publisher.unavailable'], /did not answer \(HTTP 503\)/],
    ];
    for (const [doi, outcome, why] of cases) {
      const record = await recordOf(doi);
      assert.deepEqual(outcomeOf(record), outcome, doi);
      assert.match(record.provenance.map(({ note }) => note).join(' '), why);
    }
    assert.ok(!seen.includes('/private/page'));
  });

  test('given a page of more than two megabytes, then what comes first is read', async () => {
    assert.deepEqual(outcomeOf(await recordOf('10.5555/large')), [
      'success',
      'cc-by-nc',
      'licence.publisher_page',
    ]);
  });
});
