import assert from 'node:assert/strict';
import { test } from 'node:test';
import { archive, workbook } from '../../testing/index.ts';
import { mustRead, readWhole } from './fixtures.ts';
import { streamXlsx } from './xlsx-stream.ts';
import { writeXlsx } from './xlsx-write.ts';

test('given numbers, strings, booleans and blanks, when read, then they are text as shown', async () => {
  const bytes = workbook(`
    <row r="1"><c r="A1" t="inlineStr"><is><t>PMID</t></is></c><c r="B1" t="inlineStr"><is><t>Title</t></is></c><c r="C1" t="inlineStr"><is><t>OA</t></is></c></row>
    <row r="2"><c r="A2"><v>25061507.0</v></c><c r="B2" t="str"><f>1+1</f><v>cached</v></c><c r="C2" t="b"><v>1</v></c></row>
    <row r="3"><c r="A3"><v>2.5061507E7</v></c><c r="C3"><v>0.30000000000000004</v></c></row>`);
  const table = mustRead(await readWhole(bytes, {}, 1000));
  assert.deepEqual([table.kind, table.sheet, table.header], ['xlsx', 'One', ['PMID', 'Title', 'OA']]);
  assert.deepEqual(table.rows, [
    { position: 1, cells: ['25061507', 'cached', 'TRUE'] },
    { position: 2, cells: ['25061507', '', '0.3'] },
  ]);
});

test('given enormous numbers and moments that are no whole seconds as they are stored, when read, then they are as shown', async () => {
  const bytes = workbook(
    `<row r="1"><c r="A1" t="inlineStr"><is><t>PMID</t></is></c><c r="B1" t="inlineStr"><is><t>When</t></is></c></row>
    <row r="2"><c r="A2"><v>1E+21</v></c><c r="B2" s="1"><v>43894.212581018517</v></c></row>
    <row r="3"><c r="A3"><v>-2.5E-3</v></c><c r="B3" s="1"><v>43894</v></c></row>`,
    [
      {
        name: 'xl/styles.xml',
        text: '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>',
      },
    ],
  );
  const table = mustRead(await readWhole(bytes, {}, 1000));
  assert.deepEqual(
    table.rows.map(({ cells }) => cells),
    [
      ['1000000000000000000000', '2020-03-04T05:06:07Z'],
      ['-0.0025', '2020-03-04'],
    ],
  );
});

test('given sheets written, when read back, then text is the same, formulas are text, and the sheet with known headers is chosen', async () => {
  const bytes = await writeXlsx([
    { name: 'Notes', columns: ['what'], rows: [['x']] },
    {
      name: 'Results',
      columns: ['DOI', 'Title'],
      rows: [
        ['10.1/x', '=1+1'],
        [null, 'é <&> \u0001"'],
      ],
    },
  ]);
  const table = mustRead(await readWhole(bytes, { recognise: (header) => header === 'DOI' }, 1000));
  assert.equal(table.sheet, 'Results');
  assert.deepEqual(
    table.rows.map(({ cells }) => cells),
    [
      ['10.1/x', '=1+1'],
      ['', 'é <&> "'],
    ],
  );
});

test('given formulas that were never calculated, when read, then their cells are blank and their places are told', async () => {
  const bytes = workbook(`
    <row r="2"><c r="B2" t="inlineStr"><is><t>PMID</t></is></c><c r="C2" t="inlineStr"><is><t>DOI</t></is></c></row>
    <row r="3"><c r="B3"><f>A1+1</f></c><c r="C3" t="str"><f>"x"</f><v>x</v></c></row>
    <row r="5"><c r="B5" s="1"><f t="shared" si="0"/><v/></c><c r="C5"><f>CONCAT("&lt;",A1)</f><v></v></c></row>`);
  const table = mustRead(await readWhole(bytes, {}, 1000));
  assert.deepEqual(table.rows, [
    { position: 1, cells: ['', '', 'x'], formulas: [1] },
    { position: 2, cells: [] },
    { position: 3, cells: [], formulas: [1, 2] },
  ]);
});

test('given a workbook written as a stream, when read back, then sheets, text and addresses are right', async () => {
  const columns = Array.from({ length: 30 }, (_, at) => (at === 0 ? 'DOI' : `c${at}`));
  const rows = Array.from({ length: 3_000 }, (_, at) =>
    columns.map((_, column) => (column % 7 === 3 ? null : `${at}:${column}`)),
  );
  rows.push(['=1+1', 'é <&>\u0001"', '_x0041_', 'two\r\nlines', ...Array.from({ length: 26 }, () => '')]);
  const parts: Buffer[] = [];
  for await (const part of streamXlsx([
    { name: 'Results', columns, rows },
    { name: 'A & B', columns: ['x'], rows: [['y']] },
  ]))
    parts.push(part);
  const table = mustRead(
    await readWhole(Buffer.concat(parts), { recognise: (header) => header === 'DOI' }, 100_000),
  );
  assert.deepEqual([table.sheet, table.header.length, table.rows.length], ['Results', 30, 3_001]);
  assert.deepEqual(table.rows[2_999]?.cells[29], '2999:29');
  assert.equal(table.rows[7]?.cells[3], '');
  assert.deepEqual(table.rows[3_000]?.cells.slice(0, 3), ['=1+1', 'é <&>"', '_x0041_']);
});

const tiny = '<row r="1"><c r="A1"><v>1</v></c></row>';
const bombs: [string, Buffer, string][] = [
  [
    'a part that unpacks to a thousand times its size',
    workbook(tiny, [{ name: 'xl/x.xml', text: ' '.repeat(3_000_000) }]),
    'too_large',
  ],
  [
    'a part that claims to be smaller than it is',
    workbook(tiny, [{ name: 'xl/x.xml', text: ' '.repeat(3_000_000), claims: 10 }]),
    'too_large',
  ],
  [
    'a cell in the farthest row',
    workbook('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
    'too_large',
  ],
  ['a cell in the farthest column', workbook('<row r="1"><c r="XFD1"><v>1</v></c></row>'), 'too_large'],
  [
    'a cell whose address is disguised',
    workbook('<row r="1"><c r="&#88;FD1"><v>1</v></c></row>'),
    'malformed',
  ],
  ['more rows than allowed, without numbers', workbook('<row/>'.repeat(100_002)), 'too_large'],
  [
    'an entity',
    workbook(tiny, [{ name: 'xl/sharedStrings.xml', text: '<!DOCTYPE x [<!ENTITY a "b">]><sst/>' }]),
    'malformed',
  ],
  [
    'a part the directory does not name',
    workbook(tiny, [{ name: 'xl/x.xml', text: 'hidden away', hidden: true }]),
    'malformed',
  ],
  [
    'too many parts',
    workbook(
      tiny,
      Array.from({ length: 1_000 }, (_, i) => ({ name: `xl/${i}.xml`, text: '' })),
    ),
    'too_large',
  ],
  ['no workbook inside', archive([{ name: 'a.txt', text: 'x' }]), 'malformed'],
  ['a workbook cut in half', workbook(tiny).subarray(0, 400), 'malformed'],
];
for (const [name, bytes, fault] of bombs) {
  test(`given ${name}, when read, then it is refused as ${fault} before it is unpacked`, async () => {
    const table = await readWhole(bytes, {}, 64 * 1024);
    assert.ok(!table.ok && table.fault === fault, JSON.stringify(table));
  });
}
