import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { readAll, readProgress, submitJson, submitTable, untilOver } from './testing/calls.ts';
import { found, type House, startHouse } from './testing/house.ts';

suite('lists that are handed in', () => {
  let house: House;
  const cleanup: (() => Promise<void>)[] = [];
  before(async () => {
    house = await startHouse({ after: (fn) => cleanup.push(fn as () => Promise<void>) });
  });
  after(async () => {
    for (const step of cleanup.reverse()) await step();
  });

  test('given articles as JSON, then all are records with what came in, and the job completes', async () => {
    const { id, ...progress } = await submitJson(house.url, {
      webhook_unknown: 1,
      articles: [
        { doi: 'https://doi.org/10.1234%2FABC.', pmid: 25061507, title: 'On moss', ref: 'A-1' },
        { title: '  ' },
        { article_title: 'Second' },
      ],
    });
    assert.equal(progress.progress_url, `${house.url}/api/compliancejob/progress/${id}`);
    assert.equal(progress.results_url, `${house.url}/download_progress/${id}`);
    const over = await untilOver(house.url, id);
    assert.deepEqual([over.status, over.pc, over.queue], ['complete', 100, 0]);
    assert.deepEqual(over.counts, { rows: 3, records: 2, ignored: 1, done: 2, unavailable: 0 });
    assert.match(over.message ?? '', /1 row was ignored .*\(position 2\)/);
    const [first, second] = await readAll(house.url, id);
    assert.deepEqual(first?.source, {
      pmcid: '',
      pmid: '25061507',
      doi: 'https://doi.org/10.1234%2FABC.',
      article_title: 'On moss',
      ref: 'A-1',
    });
    assert.deepEqual(first?.identifiers, {
      pmcid: null,
      pmid: '25061507',
      doi: '10.1234/abc',
      title: 'On moss',
    });
    assert.deepEqual(
      first?.provenance.map(({ code }) => code),
      ['id.normalised', 'epmc.found'],
    );
    assert.equal(first?.compliance.licence.type, 'cc-by');
    assert.equal(second?.upload.pos, 3);
    assert.equal(second?.identifiers.title, 'Second');
  });

  test('given a table in a form, then its results come back beside its own columns', async () => {
    const csv = 'PMCID,Ref,PubMed ID (please fill in)\r\npmc123456,=1+1,\r\n,,\r\nnone,x,PMID: 77\r\n';
    const { id } = await submitTable(house.url, csv, {
      filename: 'año/list.CSV',
      fields: { policies: 'plan-s' },
    });
    await untilOver(house.url, id);
    const answer = await fetch(`${house.url}/download_progress/${id}?bom=1`);
    assert.match(answer.headers.get('content-disposition') ?? '', /filename="processed_list\.csv"/);
    const bytes = Buffer.from(await answer.arrayBuffer());
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    const text = bytes.toString().slice(1);
    assert.ok(
      text.startsWith(
        'PMCID,PMID,DOI,Article title,ISSN,Publisher,Metadata in CORE?,Fulltext in EPMC?,XML Fulltext in EPMC?,AAM in EPMC?,Open Access?,Licence,Licence Source,Journal Type,Self-Archive Preprint,Preprint Embargo,Self-Archive Postprint,Postprint Embargo,Self-Archive Publisher Version,Publisher Version Embargo,Correct Article Confidence,Compliance Processing Output,plan-s,Ref\r\nPMC123456,,,,,,unknown,unknown,unknown,unknown,unknown,cc-by,,unknown,,,,,,,,"[',
      ),
      text,
    );
    const ends = [...text.matchAll(/epmc\] found",(.*)\r\n/g)].map(([, end]) => end);
    assert.deepEqual(ends, ["unknown,'=1+1", 'unknown,x']);
    const original = await fetch(`${house.url}/download_original/${id}`);
    assert.equal(await original.text(), csv);
    assert.equal((await fetch(`${house.url}/api/compliancejob/${id}/records/2`)).status, 404);
    assert.equal((await fetch(`${house.url}/api/compliancejob/${id}/records/3`)).status, 200);
  });

  test('given a form whose every part has a filename, then the first is the table, and JSON among the others is its options', async () => {
    const form = new FormData();
    form.set('a', new Blob(['PMID\n1\n']), 'list.csv');
    form.set('b', new Blob(['PMID\n1\n2\n']), 'other.csv');
    form.set('c', new Blob([' {"policies":["plan-s"]}']), 'options.json');
    const answer = await fetch(`${house.url}/api/compliancejob`, { method: 'POST', body: form });
    const { progress_url } = (await answer.json()) as { progress_url: string };
    const id = progress_url.split('/').at(-1) ?? '';
    const { counts } = await untilOver(house.url, id);
    assert.equal(counts.records, 1);
    const csv = await (await fetch(`${house.url}/download_progress/${id}`)).text();
    assert.match(csv, /^PMCID,.*,plan-s\r\n/);
  });

  test('given an empty list, then the job is complete at once', async () => {
    const progress = await submitJson(house.url, { articles: [] });
    assert.deepEqual([progress.status, progress.pc, progress.counts.records], ['complete', 100, 0]);
    const table = await submitTable(house.url, 'DOI,Title\n');
    assert.deepEqual([table.status, table.pc], ['complete', 100]);
  });

  test('given several faults, then a 400 names them all', async () => {
    const answer = await fetch(`${house.url}/api/compliancejob`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        articles: [3, { doi: {} }],
        webhook_callback: 'http://10.0.0.1/x',
        contact_email: 'nobody',
        policies: ['plan-s', 'plan-b'],
        panel: 'E',
        give_up_after: 0,
        publisher_pages: 'yes',
      }),
    });
    assert.equal(answer.status, 400);
    const { errors } = (await answer.json()) as { errors: { path: string }[] };
    assert.deepEqual(errors.map(({ path }) => path).sort(), [
      '/articles/0',
      '/articles/1/doi',
      '/contact_email',
      '/give_up_after',
      '/panel',
      '/policies/1',
      '/publisher_pages',
      '/webhook_callback',
    ]);
  });

  test('given a file that is no table, then the job says why, and the file can be had back', async () => {
    for (const [content, message] of [
      ['<html><body>Sign in</body></html>', /web page/],
      ['', /empty/],
      ['a,b\n1,2\n', /Headers found: "a", "b"/],
      ['DOI,Title\n10.1234/x,"never closed\n10.1234/y,z\n', /line 2/],
      ['\u00d0\u00cf\u0011\u00e0', /old \.xls/],
    ] as const) {
      const bytes = message.source.includes('xls') ? Buffer.from(content, 'latin1') : Buffer.from(content);
      const { id } = await submitTable(house.url, new Uint8Array(bytes));
      const over = await untilOver(house.url, id);
      assert.equal(over.status, 'error');
      assert.match(over.message ?? '', message);
      const original = await fetch(`${house.url}/download_original/${id}`);
      assert.deepEqual(Buffer.from(await original.arrayBuffer()), bytes);
    }
  });

  test('given a source that does not answer, then the job completes, and its answer is taken later', async () => {
    house.setUpstream(() => ({ outcome: 'unavailable', status: '503', at: '2026-01-01T00:00:00Z' }));
    const { id } = await submitJson(house.url, { articles: [{ pmid: 11 }, { pmid: 12 }] });
    const parked = await untilOver(house.url, id);
    assert.equal(parked.counts.unavailable, 2);
    assert.match(parked.message ?? '', /Europe PMC did not answer for 2 records; asked again from/);
    house.setUpstream(() => found({ licence: 'cc-by', pmcid: 'PMC5' }));
    const retried = await fetch(`${house.url}/api/compliancejob/${id}/retry`, {
      method: 'POST',
      body: new URLSearchParams(),
    });
    assert.equal(((await retried.json()) as { status: string }).status, 'complete');
    for (let left = 2; left > 0; left = (await readProgress(house.url, id)).counts.unavailable);
    const [first] = await readAll(house.url, id);
    assert.equal(first?.compliance.licence.type, 'cc-by');
    assert.deepEqual(
      first?.provenance.map(({ code }) => code).filter((code) => code.startsWith('epmc')),
      ['epmc.found', 'epmc.unavailable', 'epmc.recovered'],
    );
  });

  test('given a body of another type, then 415; given none of these ids, then 404', async () => {
    const answer = await fetch(`${house.url}/api/compliancejob/`, { method: 'POST', body: 'x' });
    assert.equal(answer.status, 415);
    for (const path of [
      '/api/compliancejob/progress/x',
      '/download_progress/x',
      '/download_original/x',
      '/api/compliancejob/x/records',
    ])
      assert.equal((await fetch(house.url + path)).status, 404, path);
  });
});
