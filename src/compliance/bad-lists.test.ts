import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, suite, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { archive, workbook } from '../testing/index.ts';
import { readAll, submitJson, submitTable, until, untilOver } from './testing/calls.ts';
import { type House, startHouse } from './testing/house.ts';

suite('lists that are wrong, huge or hostile', () => {
  const cleanup: (() => Promise<void>)[] = [];
  let house: House;
  before(async () => {
    house = await startHouse({ after: (fn) => cleanup.push(fn as () => Promise<void>) });
  });
  after(async () => {
    for (const step of cleanup.reverse()) await step();
  });

  type Content = string | Uint8Array<ArrayBuffer>;
  const bytesOf = (buffer: Buffer) => new Uint8Array(buffer);

  async function messageOf(content: Content, filename = 'list.csv'): Promise<string> {
    const { id } = await submitTable(house.url, content, { filename });
    const { status, message = '', counts } = await untilOver(house.url, id);
    assert.equal(status, 'error', message);
    assert.equal(counts.records, 0);
    assert.deepEqual(await readAll(house.url, id), []);
    return message;
  }

  async function rowsOf(content: Content): Promise<Record<string, string>[]> {
    const { id } = await submitTable(house.url, content);
    const { status, message } = await untilOver(house.url, id);
    assert.equal(status, 'complete', message);
    const text = await (await fetch(`${house.url}/download_progress/${id}`)).text();
    assert.ok(!text.includes('\ufffd'));
    return parse(text, { columns: true }) as Record<string, string>[];
  }

  async function post(body: string | Uint8Array<ArrayBuffer>, type = 'application/json'): Promise<Response> {
    return fetch(`${house.url}/api/compliancejob`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
  }

  const faultsOf = async (answer: Response) => {
    assert.equal(answer.headers.get('content-type')?.split(';')[0], 'application/problem+json');
    return ((await answer.json()) as { errors: { path: string; message: string }[] }).errors;
  };

  test('given bodies that are no JSON object with articles, then 400 says where', async () => {
    for (const [body, path, message] of [
      ['{"articles":[', '', /./],
      ['[]', '', /object/],
      ['"x"', '', /object/],
      ['{}', '/articles', /required/],
      ['{"articles":{}}', '/articles', /list/],
      ['{"articles":[{},null]}', '/articles/1', /object/],
      ['{"articles":[{"pmid":[1]}]}', '/articles/0/pmid', /string or a number/],
      [`{"articles":[{"a/b":${'['.repeat(5_000)}${']'.repeat(5_000)}}]}`, '/articles/0/a~1b', /nested/],
      ['', '', /empty/],
    ] as const) {
      const answer = await post(body);
      assert.equal(answer.status, 400, body);
      const errors = await faultsOf(answer);
      assert.ok(
        errors.some((error) => error.path === path && message.test(error.message)),
        `${body}: ${JSON.stringify(errors)}`,
      );
    }
  });

  test('given more than 10 MiB of JSON or more than 100,000 articles, then 413; given 100,001 rows, then an error that says what to do', async () => {
    const large = await post(JSON.stringify({ articles: [{ title: 'x'.repeat(10 * 1024 * 1024) }] }));
    assert.equal(large.status, 413);
    const many = await post(`{"articles":[${Array.from({ length: 100_001 }, () => '{}').join(',')}]}`);
    assert.equal(many.status, 413);
    assert.match(((await many.json()) as { detail: string }).detail, /100000 articles; send them in parts/);
    assert.match(await messageOf(`PMID\n${'" "\n'.repeat(100_001)}`), /rows.*split the list/is);
  });

  test('given a form of more than 100 MiB, then 413, and nothing of it is kept', async () => {
    const part = Buffer.from(
      '--b\r\ncontent-disposition: form-data; name="f"; filename="f.csv"\r\n\r\nPMID\r\n',
    );
    const megabyte = Buffer.alloc(1024 * 1024, '1\n');
    let left = 102;
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(part),
      pull(controller) {
        left -= 1;
        if (left > 0) controller.enqueue(megabyte);
        else controller.close();
      },
    });
    const answer = await fetch(`${house.url}/api/compliancejob`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body,
      duplex: 'half',
    } as RequestInit);
    assert.equal(answer.status, 413);
    const kept = await house.sql`
      select from almanac.compliance_originals as o
      where not exists (select from almanac.compliance_jobs as j where j.id = o.job_id)`;
    assert.equal(kept.length, 0);
  });

  test('given a client that goes away in the middle of its file, then nothing of it is kept', async () => {
    const originals = () =>
      house.sql`select from almanac.compliance_originals where job_id not in (select id from almanac.compliance_jobs)`;
    const { hostname, port } = new URL(house.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      'POST /api/compliancejob HTTP/1.1\r\nhost: a\r\ncontent-type: multipart/form-data; boundary=b\r\ncontent-length: 9000000\r\n\r\n' +
        `--b\r\ncontent-disposition: form-data; name="f"; filename="f.csv"\r\n\r\nPMID\r\n${'1\n'.repeat(1_500_000)}`,
    );
    await until(originals, (rows) => rows.length > 0);
    socket.destroy();
    await until(originals, (rows) => rows.length === 0);
  });

  test('given forms that are cut off, without a boundary or without a list, then 400 says so', async () => {
    const cut = '--b\r\ncontent-disposition: form-data; name="f"; filename="f.csv"\r\n\r\nPMID\r\n1\r\n';
    const empty = '--b\r\ncontent-disposition: form-data; name="policies"\r\n\r\nplan-s\r\n--b--\r\n';
    for (const [body, type, message] of [
      [cut, 'multipart/form-data; boundary=b', /cut off/],
      [cut, 'multipart/form-data', /boundary/],
      [empty, 'multipart/form-data; boundary=b', /no file/],
    ] as const) {
      const answer = await post(body, type);
      assert.equal(answer.status, 400);
      assert.match((await faultsOf(answer)).map((error) => error.message).join(' '), message);
    }
  });

  test('given files that are no tables, then the job is in error and says what to do', async () => {
    const cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>PMID</t></is></c></row>';
    const bomb = workbook(cells, [{ name: 'xl/bomb.xml', text: ' '.repeat(30_000_000) }]);
    for (const [content, name, message] of [
      ['<html><body>Please sign in</body></html>', 'list.csv', /web page.*sign-in page/i],
      [' \ufeff<table><tr><td>PMID</td></tr></table>', 'list.xls', /web page/],
      [bytesOf(bomb), 'list.xlsx', /too large/],
      [bytesOf(archive([{ name: 'a.txt', text: 'x' }])), 'list.xlsx', /save it as XLSX or CSV/],
      [bytesOf(Buffer.concat([Buffer.from('PMID\n1\n2\n3\n4\n5\n6\n'), Buffer.alloc(1)])), 'a.csv', /binary/],
      [`PMID,Title\n1,${'x'.repeat(10 * 1024 * 1024)}\n`, 'cell.csv', /line 2.*megabyte/is],
      ['PMID,Title\n1,a\n2,"b\n3,c\n', 'quote.csv', /line 3.*quote/is],
      [`PMID,Title\n${'1,a\n'.repeat(1_500)}2,"b\n`, 'late.csv', /line 1502.*quote/is],
      ['Author,Year\nA,2020\n', 'other.csv', /Headers found: "Author", "Year"/],
    ] as const)
      assert.match(await messageOf(content, name), message, name);
  });

  test('given a header alone, or one column, then that is a list too', async () => {
    assert.deepEqual(await rowsOf('PMID,Title\n'), []);
    const rows = await rowsOf('\ufeffDOI\r10.1234/a\r10.1234/b');
    assert.deepEqual(
      rows.map((row) => row.DOI),
      ['10.1234/a', '10.1234/b'],
    );
  });

  test('given a list in the encodings people have, then its letters are right', async () => {
    const text = 'Title;Überschrift\nÉtude;“ß”\n';
    const latin = Buffer.from(text.replace('“', '\u0093').replace('”', '\u0094'), 'latin1');
    const wide = Buffer.from(text, 'utf16le');
    for (const bytes of [latin, Buffer.from(text), wide, Buffer.from(`\ufeff${text}`, 'utf16le').swap16()]) {
      const [row] = await rowsOf(bytesOf(bytes));
      assert.deepEqual([row?.['Article title'], row?.Überschrift], ['Étude', '“ß”']);
    }
  });

  test('given formulas, then none is run: a workbook gives what was calculated, and what comes back is text', async () => {
    const sheet = workbook(
      '<row r="1"><c r="A1" t="inlineStr"><is><t>PMID</t></is></c><c r="B1" t="inlineStr"><is><t>Title</t></is></c><c r="C1" t="inlineStr"><is><t>=Sum</t></is></c></row>' +
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2"><f>HYPERLINK("http://x")</f></c><c r="C2" t="inlineStr"><is><t>@cmd</t></is></c></row>',
    );
    const { id } = await submitTable(house.url, bytesOf(sheet), { filename: 'list.xlsx' });
    await untilOver(house.url, id);
    const [record] = await readAll(house.url, id);
    assert.deepEqual(record?.source, { pmcid: '', pmid: '2', doi: '', article_title: '', '=Sum': '@cmd' });
    assert.deepEqual(
      record?.provenance.filter(({ code }) => code === 'cell.formula').map(({ params }) => params),
      [{ column: 'Title' }],
    );
    const text = await (await fetch(`${house.url}/download_progress/${id}`)).text();
    const [header = [], row = []] = parse(text) as string[][];
    assert.deepEqual([header.at(-1), row.at(-1)], ["'=Sum", "'@cmd"]);
  });

  test('given a webhook that is not to be called, then 400 on the webhook alone', async () => {
    for (const webhook_callback of [
      'http://10.0.0.1/',
      'http://167772161/',
      'http://0x0a.1/',
      'http://012.0.0.1/',
      'http://[::ffff:10.0.0.1]/',
      'http://192.168.1.1:8080/a',
      'http://172.16.0.1',
      'http://169.254.169.254/latest/meta-data/',
      'http://100.64.0.1/',
      'http://[fc00::1]/',
      'http://[fe80::1]/',
      'http://[::1]/',
      'http://[::]/',
      'http://0.0.0.0/',
      'http://224.0.0.1/',
      'http://user:pass@hook.example.org/',
      'ftp://hook.example.org/',
      'javascript:alert(1)',
      'hook.example.org/x',
      '//hook.example.org/x',
    ]) {
      const answer = await post(JSON.stringify({ articles: [], webhook_callback }));
      assert.equal(answer.status, 400, webhook_callback);
      assert.deepEqual(
        (await faultsOf(answer)).map(({ path }) => path),
        ['/webhook_callback'],
      );
    }
  });

  test('given articles with U+0000, lone surrogates and enormous numbers, then each is a record', async () => {
    const { id } = await submitJson(house.url, {
      articles: [{ title: 'a\u0000b' }, { title: 'x\ud800' }, { pmid: 1e300 }, { doi: '10.1234/\u0000' }],
    });
    const over = await untilOver(house.url, id);
    assert.deepEqual([over.status, over.counts.records, over.counts.done], ['complete', 4, 4]);
  });

  test('given more lists in a minute than are allowed, then 429 says when to come back', async () => {
    // The lists above came from the same address, and a minute may end meanwhile.
    let refused: Response | null = null;
    for (let sent = 0; sent <= 400 && refused === null; sent += 1) {
      const answer = await post('{"articles":[]}');
      if (answer.status === 429) refused = answer;
      else assert.equal(answer.status, 200);
      await answer.bytes();
    }
    assert.match(refused?.headers.get('retry-after') ?? '', /^[1-9]\d?$/);
  });
});
