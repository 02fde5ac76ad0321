import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { startFakeServer } from '../testing/fake-server.ts';
import { temporaryFiles } from '../testing/files.ts';
import { runAccessLog } from './index.ts';

function line(
  path: string,
  { method = 'GET', status = 200, time = '17/May/2015:10:05:03 +0000' } = {},
): string {
  return `192.0.2.7 - - [${time}] "${method} ${path} HTTP/1.1" ${status} 12 "-" "Agent/1"`;
}

const RULES = JSON.stringify({
  rules: [{ match: '^http://x\\.org/(\\w*)\\.pdf', item: 'pdf:$1', kind: 'request' }],
});
const OPTIONS = { source: 'log', baseUrl: 'http://x.org/' };

test('given one line of each class, when imported, then each is in exactly its class', async (t) => {
  const server = await startFakeServer(t, { result: { robot: 1, double_click: 1, counted: 0 } });
  const good = line('/a.pdf');
  const files = await temporaryFiles(t, {
    'a.log': [
      good,
      '',
      'rubbish',
      line('/image.png', { method: 'POST', status: 404 }),
      line('/a.pdf', { method: 'HEAD', status: 404 }),
      line('/a.pdf', { status: 206 }),
      line('/b.pdf#page=2', { status: 304, time: '18/May/2015:00:30:00 +0200' }),
      good,
      '   ',
      // The template gives `pdf:`, which is no identifier.
      line('/.pdf'),
    ].join('\n'),
    'rules.json': RULES,
  });
  const shown: string[] = [];
  const outcome = await runAccessLog({
    client: server.client,
    files: [files['a.log']],
    options: { ...OPTIONS, rules: files['rules.json'] },
    log: (text) => shown.push(text),
    now: () => 0,
  });
  assert.deepEqual(outcome, {
    ok: true,
    value: {
      files: 1,
      lines: 8,
      malformed: 1,
      unmatched: 2,
      excluded: { method: 1, status: 1, robot: 1, double_click: 1 },
      duplicates: 1,
      events: 2,
      counted: 0,
      first: '2015-05-17T10:05:03Z',
      last: '2015-05-17T22:30:00Z',
      seconds: 0,
    },
  });
  assert.deepEqual(server.events[0], {
    time: '2015-05-17T10:05:03.000Z',
    item: 'pdf:a',
    url: 'http://x.org/a.pdf',
    id: createHash('sha256').update(good).digest('hex'),
    kind: 'request',
    method: 'GET',
    status: 200,
    address: '192.0.2.7',
    user_agent: 'Agent/1',
  });
  assert.equal(server.events[1]?.url, 'http://x.org/b.pdf');
  assert.deepEqual(shown, [`${files['a.log']}:3: malformed, not a line of the combined format`]);
});

test('given no rules, when imported, then lines go without item and the server classes them', async (t) => {
  const server = await startFakeServer(t, { result: { unmatched: 1, method: 1, counted: 1 } });
  const files = await temporaryFiles(t, {
    'a.log': `${line('/a')}\n${line('/b', { method: 'HEAD' })}\n${line('/c')}\n${line('-').replace(/"GET[^"]*"/, '"-"')}\n`,
  });
  const outcome = await runAccessLog({ client: server.client, files: [files['a.log']], options: OPTIONS });
  assert.ok(outcome.ok);
  assert.deepEqual(server.received[0]?.query, { source: 'log', match: 'known' });
  assert.deepEqual(
    server.events.map(({ item, url, kind, method }) => ({ item, url, kind, method })),
    [
      { item: null, url: 'http://x.org/a', kind: undefined, method: 'GET' },
      { item: null, url: 'http://x.org/b', kind: undefined, method: 'HEAD' },
      { item: null, url: 'http://x.org/c', kind: undefined, method: 'GET' },
    ],
  );
  const { lines, unmatched, excluded, events, counted } = outcome.value;
  assert.deepEqual([lines, unmatched, excluded.method, events, counted], [4, 2, 1, 1, 1]);
});

test('given paths, neither rules nor base URL, when imported, then all is unmatched and the reason is shown', async (t) => {
  const server = await startFakeServer(t);
  const files = await temporaryFiles(t, { 'a.log': `${line('/a.pdf')}\n${line('http://[x/a.pdf')}\n` });
  const shown: string[] = [];
  const outcome = await runAccessLog({
    client: server.client,
    files: [files['a.log']],
    options: { source: 'log' },
    log: (text) => shown.push(text),
  });
  assert.ok(outcome.ok);
  assert.deepEqual([outcome.value.unmatched, outcome.value.malformed, server.events.length], [2, 0, 0]);
  assert.deepEqual(shown, ['no line holds a full URL: without rules a base URL is needed']);
});

test('given a counter line whose identifier is a dash, when imported, then it is unmatched', async (t) => {
  const server = await startFakeServer(t);
  const fields = (identifier: string, file: string) =>
    [
      '2018-05-01T00:00:40Z',
      '192.0.2.7',
      '-',
      '-',
      '-',
      'http://x.org/a',
      identifier,
      file,
      ...Array(11).fill('-'),
    ].join('\t');
  const files = await temporaryFiles(t, {
    'c.log': `#Version: 1\n${fields('-', '-')}\n${fields('doi:10.1234/x', '-')}\n${fields('doi:10.1234/x', 'x.csv')}\n`,
  });
  const outcome = await runAccessLog({ client: server.client, files: [files['c.log']], options: OPTIONS });
  assert.ok(outcome.ok);
  assert.deepEqual([outcome.value.lines, outcome.value.unmatched, outcome.value.events], [3, 1, 2]);
  assert.deepEqual(
    server.events.map((event) => event.kind),
    ['investigation', 'request'],
  );
});

test('given replaceDays, when imported, then the days go first and nothing is sent before they are gone', async (t) => {
  const server = await startFakeServer(t);
  const files = await temporaryFiles(t, {
    'a.log': `${line('/a.pdf')}\nrubbish\n${line('/x', { time: '20/May/2015:01:00:00 +0200' })}\n`,
  });
  const outcome = await runAccessLog({
    client: server.client,
    files: [files['a.log']],
    options: { ...OPTIONS, replaceDays: true },
  });
  assert.ok(outcome.ok);
  const posts = server.received.filter((request) => request.method === 'POST');
  assert.deepEqual(
    posts.map(({ query, body }) => [query.replace_days, body.split('\n').length - 1]),
    [
      ['2015-05-17,2015-05-19', 0],
      [undefined, 2],
    ],
  );
});

test('given 12,001 lines in two files, one of them gzip, when imported, then they go 5,000 a request', async (t) => {
  const server = await startFakeServer(t);
  const text = Array.from({ length: 6000 }, (_, at) => `${line(`/${at}.pdf`)}\n`).join('');
  const files = await temporaryFiles(t, {
    'a.log': text,
    'b.log': gzipSync(`${text}${line('/last.pdf')}`),
    r: RULES,
  });
  const outcome = await runAccessLog({
    client: server.client,
    files: [files['a.log'], files['b.log']],
    options: { ...OPTIONS, rules: files.r },
  });
  assert.ok(outcome.ok);
  assert.deepEqual([outcome.value.files, outcome.value.lines], [2, 12_001]);
  assert.deepEqual([outcome.value.duplicates, outcome.value.events], [6000, 6001]);
  const sizes = server.received
    .filter(({ method }) => method === 'POST')
    .map(({ body }) => body.split('\n').length - 1);
  // Two are under way at once, so their order of arrival is open.
  assert.deepEqual(
    sizes.sort((a, b) => b - a),
    [5000, 5000, 2001],
  );
});

test('given a line the server refuses, when imported, then it is malformed and named by file and line', async (t) => {
  const server = await startFakeServer(t, { rejected: [{ position: 2, reason: 'in the future' }] });
  const files = await temporaryFiles(t, {
    'a.log': `rubbish\n${line('/a.pdf')}\n${line('/b.pdf')}\n`,
    r: RULES,
  });
  const shown: string[] = [];
  const outcome = await runAccessLog({
    client: server.client,
    files: [files['a.log']],
    options: { ...OPTIONS, rules: files.r },
    log: (text) => shown.push(text),
  });
  assert.ok(outcome.ok);
  assert.deepEqual([outcome.value.malformed, outcome.value.events], [2, 1]);
  assert.ok(shown.includes(`${files['a.log']}:3: not taken, in the future`));
});

const faults = [
  [
    'a missing file',
    (files: Record<string, string>) => ({ log: `${files['a.log']}.gone` }),
    /\.gone: no such file/,
  ],
  [
    'a cut-off gzip file',
    (files: Record<string, string>) => ({ log: files['cut.gz'] }),
    /cut\.gz: its gzip data is/,
  ],
  [
    'a folder',
    (files: Record<string, string>) => ({ log: files['a.log']?.replace(/\/a\.log$/, '') }),
    /is a folder/,
  ],
  [
    'a bad pattern',
    (files: Record<string, string>) => ({ rules: files['bad.json'] }),
    /rule 1: bad pattern \(/,
  ],
  ['missing rules', () => ({ rules: '/nonexistent/rules.json' }), /rules \/nonexistent\/rules\.json/],
  ['a bad base URL', () => ({ baseUrl: 'x.org' }), /base URL x\.org: must be/],
] as const;
for (const [what, change, message] of faults) {
  test(`given ${what}, when imported, then the run fails and nothing is sent`, async (t) => {
    const server = await startFakeServer(t);
    const files = await temporaryFiles(t, {
      'a.log': line('/a.pdf'),
      'cut.gz': gzipSync(line('/a.pdf').repeat(50)).subarray(0, -12),
      'bad.json': '{"rules":[{"match":"(","item":"x:1","kind":"request"}]}',
    });
    const { log = files['a.log'], ...options } = change(files) as { log?: string };
    const outcome = await runAccessLog({
      client: server.client,
      files: [files['a.log'], log],
      options: { ...OPTIONS, ...options },
    });
    assert.ok(!outcome.ok);
    assert.match(outcome.message, message);
    assert.deepEqual(server.received, []);
  });
}

test('given a server that refuses, when imported, then its reason is the message', async (t) => {
  const server = await startFakeServer(t, {
    refuse: () => ({
      status: 403,
      body: { title: 'Forbidden', detail: 'the source belongs to another account' },
    }),
  });
  const files = await temporaryFiles(t, { 'a.log': line('/a.pdf') });
  const outcome = await runAccessLog({ client: server.client, files: [files['a.log']], options: OPTIONS });
  assert.deepEqual(outcome, {
    ok: false,
    message: 'the server did not take it: 403 Forbidden; the source belongs to another account',
  });
});

test('given evidence that was set aside, when imported, then the run fails with the reason', async (t) => {
  const server = await startFakeServer(t, { state: 'failed', result: { error: 'it cannot be read' } });
  const files = await temporaryFiles(t, { 'a.log': line('/a.pdf') });
  const outcome = await runAccessLog({ client: server.client, files: [files['a.log']], options: OPTIONS });
  assert.deepEqual(outcome, { ok: false, message: 'evidence evidence-1 was not counted: it cannot be read' });
});
