import assert from 'node:assert/strict';
import { test } from 'node:test';
import { disarm, writeCsv } from './csv-write.ts';

test('given cells that a spreadsheet would run, when written, then a quote stands before them; plain numbers stay', () => {
  const armed = [
    '=1+1',
    '+cmd',
    '-x',
    '@a',
    '\tx',
    '\rx',
    '\uff1d1',
    '\uff0bx',
    '\uff0dx',
    '\uff20x',
    '-',
    '+1+1',
    '-1-1',
    '=1',
    '- 1',
  ];
  for (const text of armed) assert.equal(disarm(text), `'${text}`);
  for (const text of ['', 'a=1', '-1', '+1.5', '-2.5e10', ' =1', '10.1/x']) assert.equal(disarm(text), text);
});

test('given rows, when written, then it is RFC 4180 in UTF-8 with CRLF and quotes where needed', async () => {
  const rows = [
    ['é', true, null],
    [-1, 'a,"b"\nc', false],
    ['\r', ' x ', "it's"],
  ];
  const parts = await writeCsv(['A', '=B', 'C'], rows).toArray();
  const text = Buffer.concat(parts.map((part) => Buffer.from(part))).toString();
  assert.equal(text, `A,'=B,C\r\né,True,\r\n-1,"a,""b""\nc",False\r\n"'\r", x ,it's\r\n`);
});

test('given rows without an end, when the reader stops, then no more are made', async () => {
  let made = 0;
  let ended = false;
  async function* rows() {
    try {
      for (;;) {
        made += 1;
        yield ['x'.repeat(1000)];
      }
    } finally {
      ended = true;
    }
  }
  const out = writeCsv(['a'], rows());
  for await (const _ of out) break;
  await new Promise((resolve) => setImmediate(resolve));
  assert.ok(ended);
  assert.ok(made < 1000);
});
