import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { writeCsv } from './csv-write.ts';
import { bytesOf, faultOf, mustRead, readWhole } from './fixtures.ts';

const cellsOf = async (text: string) => {
  const table = mustRead(await readWhole(bytesOf(text)));
  return [table.header, ...table.rows.map(({ cells }) => cells)];
};

for (const [name, delimiter] of [
  ['comma', ','],
  ['semicolon', ';'],
  ['tab', '\t'],
  ['bar', '|'],
] as const) {
  test(`given a ${name} between the cells, when read, then it is found`, async () => {
    const table = mustRead(await readWhole(bytesOf(`PMCID${delimiter}DOI\n1${delimiter}"a${delimiter}b"\n`)));
    assert.equal(table.delimiter, delimiter);
    assert.deepEqual(table.rows, [{ position: 1, cells: ['1', `a${delimiter}b`] }]);
  });
}

test('given headers that the caller knows, when delimiters compete, then the one that yields most of them wins, comma at a tie', async () => {
  const options = { recognise: (header: string) => ['PMID', 'DOI'].includes(header) };
  const read = async (text: string) => mustRead(await readWhole(bytesOf(text), options)).delimiter;
  assert.equal(await read('PMID;DOI;a,b,c,d,e\n'), ';');
  assert.equal(await read('"PMID","DOI;x;y;z"\n'), ',');
  assert.equal(await read('only\n'), ',');
});

test('given line ends of all kinds and line breaks in quotes, when read, then rows are rows', async () => {
  assert.deepEqual(await cellsOf('a,b\r\n1,"x\ny"\n2,"he said ""no"""\r3,z'), [
    ['a', 'b'],
    ['1', 'x\ny'],
    ['2', 'he said "no"'],
    ['3', 'z'],
  ]);
});

test('given a stray quote inside a cell, when read, then it is kept', async () => {
  assert.deepEqual(await cellsOf('a,b\n5" disk,x\n'), [
    ['a', 'b'],
    ['5" disk', 'x'],
  ]);
});

test('given short, long and blank rows, when read, then each keeps its cells and its position; a line without a character is no row', async () => {
  const table = mustRead(await readWhole(bytesOf('\n,\na,b,c\n1\n\n,,\n1,2,3,4\n')));
  assert.deepEqual(table.header, ['a', 'b', 'c']);
  assert.deepEqual(table.rows, [
    { position: 1, cells: ['1'] },
    { position: 2, cells: ['', '', ''] },
    { position: 3, cells: ['1', '2', '3', '4'] },
  ]);
});

test('given a quote that is never closed, when read, then the fault names the line where it opened', async () => {
  const open = await faultOf(bytesOf('a,b\n1,2\n3,"four\n5,6\n7,8\n'));
  assert.deepEqual([open?.fault, open?.line], ['open_quote', 3]);
  const later = await faultOf(bytesOf('a,b\n1,"2\n2"\n\n3,"four\n5,6\n'));
  assert.deepEqual([later?.fault, later?.line], ['open_quote', 5]);
  const inTheRow = await faultOf(bytesOf('a,b\r\n"x\r\n""y"",\r\n","z\r\n1\r\n'));
  assert.deepEqual([inTheRow?.fault, inTheRow?.line], ['open_quote', 4]);
});

test('given more rows, columns or characters than allowed, when read, then it is too large', async () => {
  const text = bytesOf('a,b\n1,2\n3,4\n');
  assert.equal(await faultOf(text, { limits: { rows: 2, columns: 2, bytes: text.length } }), null);
  const faults = [
    await faultOf(text, { limits: { rows: 1 } }),
    await faultOf(text, { limits: { bytes: 11 } }),
    await faultOf(bytesOf('a\n1,2,3\n'), { limits: { columns: 2 } }),
    await faultOf(bytesOf(`a\n${'x'.repeat(200)}\n`), { limits: { rowCharacters: 100 } }),
  ];
  assert.deepEqual(
    faults.map((fault) => fault?.fault),
    Array.from({ length: 4 }, () => 'too_large'),
  );
});

test('given any cells, when written and read back, then they are the same but for the formula guard', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', '\r', ' ', '\u{1f600}') });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { maxLength: 8 }), async (rows) => {
      const written = await writeCsv(['x1', 'x2', 'x3'], rows).toArray();
      const table = mustRead(await readWhole(Buffer.concat(written.map((part) => Buffer.from(part)))));
      const guarded = rows.map((row) => row.map((text) => (text.startsWith('\r') ? `'${text}` : text)));
      assert.deepEqual(
        table.rows.map(({ cells }) => cells),
        guarded,
      );
    }),
    { numRuns: 50 },
  );
});
