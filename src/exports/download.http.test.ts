import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byteRange } from './byte-range.ts';
import { shelveRegister } from './register/register-files.ts';
import { exportsApp, registerOf } from './testing/exports-app.ts';

test('given a download, then it can be checked, continued and need not be repeated', async (t) => {
  const app = await exportsApp(t);
  await app.post(registerOf('One'));
  const [entry] = await shelveRegister(app.parts, ['csv']);
  assert.ok(entry);
  const path = `/exports/${entry.file}`;
  const whole = await app.get(path);
  const text = await whole.text();
  const head = Object.fromEntries(whole.headers);
  assert.equal(head.etag, `"${entry.sha256}"`);
  assert.equal(head['content-length'], String(entry.bytes));
  assert.equal(head['content-type'], 'text/csv; charset=utf-8');
  assert.equal(head['content-disposition'], `attachment; filename="${entry.file}"`);
  assert.equal(head['accept-ranges'], 'bytes');

  assert.equal((await app.get(path, { 'if-none-match': `"${entry.sha256}"` })).status, 304);
  const rest = await app.get(path, { range: 'bytes=10-' });
  assert.equal(rest.status, 206);
  assert.equal(rest.headers.get('content-range'), `bytes 10-${entry.bytes - 1}/${entry.bytes}`);
  assert.equal(await rest.text(), text.slice(10));
  const changed = await app.get(path, { range: 'bytes=10-', 'if-range': '"other"' });
  assert.deepEqual([changed.status, await changed.text()], [200, text]);
  const beyond = await app.get(path, { range: `bytes=${entry.bytes}-` });
  assert.deepEqual([beyond.status, beyond.headers.get('content-range')], [416, `bytes */${entry.bytes}`]);
  const asked = await fetch(whole.url, { method: 'HEAD' });
  assert.deepEqual([asked.status, asked.headers.get('content-length')], [200, String(entry.bytes)]);
});

test('given a Range header, then it means what RFC 9110 says', () => {
  const cases: [string | undefined, ReturnType<typeof byteRange>][] = [
    [undefined, null],
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=5-', { start: 5, end: 9 }],
    ['bytes=5-99', { start: 5, end: 9 }],
    ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=-99', { start: 0, end: 9 }],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=10-', 'unsatisfiable'],
    ['bytes=5-4', null],
    ['bytes=-', null],
    ['bytes=0-1,3-4', null],
    ['items=0-1', null],
  ];
  for (const [header, meant] of cases) assert.deepEqual(byteRange(header, 10), meant, header);
});
