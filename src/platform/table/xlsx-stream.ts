import { Readable } from 'node:stream';
import { asText, type OutCell } from './csv-write.ts';
import { type OutSheet, xlsxText } from './xlsx-write.ts';
import { writeZip } from './zip-write.ts';

/** Rows of a sheet (ECMA-376 part 1, 18.3.1.73 and the limits of Excel). */
const mostRows = 1_048_576;

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/**
 * A workbook as a stream, its rows asked for as it is read: no more than one row is in memory. All cells are strings, so nothing in
 * them is ever a formula. A sheet ends with a line that says so when there is more than it can hold.
 */
export function streamXlsx(sheets: readonly OutSheet[]): Readable {
  return Readable.from(
    writeZip([
      { name: '[Content_Types].xml', content: [contentTypes(sheets)] },
      {
        name: '_rels/.rels',
        content: [
          `${head}<Relationships xmlns="${packageRelations}"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
        ],
      },
      { name: 'xl/workbook.xml', content: [workbook(sheets)] },
      { name: 'xl/_rels/workbook.xml.rels', content: [workbookRelations(sheets)] },
      ...sheets.map((sheet, at) => ({ name: `xl/worksheets/sheet${at + 1}.xml`, content: sheetXml(sheet) })),
    ]),
  );
}

function contentTypes(sheets: readonly OutSheet[]): string {
  const parts = sheets.map(
    (_, at) =>
      `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${sheetType}.worksheet+xml"/>`,
  );
  return `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/>${parts.join('')}</Types>`;
}

function workbook(sheets: readonly OutSheet[]): string {
  const names = sheets.map(
    ({ name }, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  );
  return `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${names.join('')}</sheets></workbook>`;
}

function workbookRelations(sheets: readonly OutSheet[]): string {
  const parts = sheets.map(
    (_, at) =>
      `<Relationship Id="rId${at + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  );
  return `${head}<Relationships xmlns="${packageRelations}">${parts.join('')}</Relationships>`;
}

async function* sheetXml({ columns, rows }: OutSheet): AsyncGenerator<string> {
  yield `${head}<worksheet xmlns="${main}"><sheetData>${rowXml(columns, 1)}`;
  let number = 1;
  for await (const row of rows) {
    number += 1;
    if (number === mostRows) {
      yield rowXml(
        ['There is more than a sheet can hold; the CSV and JSON downloads have all of it'],
        number,
      );
      break;
    }
    yield rowXml(row, number);
  }
  yield '</sheetData></worksheet>';
}

function rowXml(cells: readonly OutCell[], number: number): string {
  const inside = cells.map((cell, at) => cellXml(asText(cell), `${columnLetters(at)}${number}`));
  return `<row r="${number}">${inside.join('')}</row>`;
}

function cellXml(text: string, address: string): string {
  if (text === '') return '';
  return `<c r="${address}" t="inlineStr"><is><t xml:space="preserve">${escaped(xlsxText(text))}</t></is></c>`;
}

/** 0 → A, 25 → Z, 26 → AA. */
function columnLetters(at: number): string {
  let letters = '';
  for (let rest = at + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
}
