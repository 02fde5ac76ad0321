import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesOf, mustRead, readWhole } from './fixtures.ts';

const text = 'naam;stad\nRen\u00e9;Z\u00fcrich\n';
const files: [string, string, Buffer][] = [
  ['UTF-8', 'utf-8', bytesOf(text)],
  ['UTF-8 with a mark', 'utf-8', bytesOf(`\ufeff${text}`)],
  ['UTF-16LE with a mark', 'utf-16le', bytesOf(`\ufeff${text}`, 'utf16le')],
  ['UTF-16BE with a mark', 'utf-16be', bytesOf(`\ufeff${text}`, 'utf16le').swap16()],
  ['UTF-16LE without', 'utf-16le', bytesOf(text, 'utf16le')],
  ['UTF-16BE without', 'utf-16be', bytesOf(text, 'utf16le').swap16()],
  ['windows-1252', 'windows-1252', bytesOf(text, 'latin1')],
];
for (const [name, encoding, bytes] of files) {
  test(`given ${name}, when read in pieces, then the letters are right and the mark is gone`, async () => {
    const table = mustRead(await readWhole(bytes));
    assert.deepEqual(
      [table.encoding, table.header, table.rows[0]?.cells],
      [encoding, ['naam', 'stad'], ['René', 'Zürich']],
    );
  });
}

test('given one byte that is not UTF-8 late in the file, when read, then all of it is windows-1252 and nothing is U+FFFD', async () => {
  const table = mustRead(
    await readWhole(Buffer.concat([bytesOf(`a\n${'x\n'.repeat(500)}`), Buffer.from([0x80, 0x93, 0xe9])])),
  );
  assert.equal(table.encoding, 'windows-1252');
  assert.deepEqual(table.rows.at(-1)?.cells, ['€“é']);
});

const faults: [string, Buffer, string][] = [
  ['nothing', Buffer.alloc(0), 'empty'],
  ['only blank lines', bytesOf('\n , \n\n'), 'empty'],
  ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'old_xls'],
  ['a web page', bytesOf('\ufeff \n<!DOCTYPE html><html></html>'), 'web_page'],
  ['XML', bytesOf('<?xml version="1.0"?><a/>'), 'web_page'],
  ['NUL bytes', Buffer.concat([bytesOf('a,b\n1,2\n'.repeat(20)), Buffer.alloc(2)]), 'binary'],
  ['an archive that is no workbook', bytesOf('PK\x03\x04 and so on'), 'malformed'],
];
for (const [name, bytes, fault] of faults) {
  test(`given ${name}, when read, then the fault is ${fault}`, async () => {
    const table = await readWhole(bytes);
    assert.ok(!table.ok && table.fault === fault, JSON.stringify(table));
  });
}
