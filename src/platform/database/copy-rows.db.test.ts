import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { testDatabase } from '../../testing/index.ts';
import { copyRows, listOf } from './copy-rows.ts';

const anyRow = fc.record({
  small: fc.integer({ min: -32_768, max: 32_767 }),
  usual: fc.integer(),
  wide: fc.maxSafeInteger(),
  id: fc.uuid(),
  text: fc
    .string({ unit: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) })
    .map((text) => text.replaceAll('\0', '')),
  letter: fc.constantFrom('l', 'd', 'm'),
  yes: fc.boolean(),
  at: fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
  json: fc.option(
    fc.dictionary(fc.string({ unit: 'grapheme' }), fc.oneof(fc.integer(), fc.string({ unit: 'grapheme' }))),
  ),
});

test('property: given rows of every type, when they are copied, then they are read as they were', async (t) => {
  const { sql } = await testDatabase(t, { max: 1 });
  await sql`
    create table public.copied (no integer, small smallint, usual integer, wide bigint, id uuid, text text, letter "char", yes boolean,
      at timestamptz, day date, json jsonb)`;
  await fc.assert(
    fc.asyncProperty(fc.array(anyRow, { maxLength: 300 }), async (rows) => {
      const found = await sql.begin(async (tx) => {
        await tx`truncate public.copied`;
        await copyRows(
          tx,
          'public.copied (no, small, usual, wide, id, text, letter, yes, at, day, json)',
          rows.map((row, no) => ({ no, ...row })),
          (out, row) => {
            out.int4(row.no);
            out.int2(row.small);
            out.int4(row.usual);
            out.int8(row.wide);
            out.uuid(row.id);
            out.text(row.text);
            out.char(row.letter);
            out.bool(row.yes);
            out.time(row.at.getTime());
            out.date(row.at.getTime());
            if (row.json === null) out.none();
            else out.jsonb(JSON.stringify(row.json).replaceAll('\\u0000', ''));
          },
        );
        return tx`select small, usual, wide, id, text, letter::text, yes, at, day::text, json from public.copied order by no`;
      });
      assert.deepEqual(
        [...found].map((row) => ({ ...row })),
        rows.map(({ json, ...row }) => ({
          ...row,
          day: row.at.toISOString().slice(0, 10),
          json: json === null ? null : JSON.parse(JSON.stringify(json).replaceAll('\\u0000', '')),
        })),
      );
    }),
    { numRuns: 40 },
  );
});

test('given a text larger than a piece, and a row that PostgreSQL refuses, then the first is kept whole and the second is an error', async (t) => {
  const { sql } = await testDatabase(t, { max: 1 });
  await sql`create table public.copied (no integer primary key, text text)`;
  const text = 'ä€😀'.repeat(100_000);
  const copy = (numbers: number[]) =>
    sql.begin((tx) =>
      copyRows(tx, 'public.copied (no, text)', numbers, (out, no) => {
        out.int4(no);
        out.text(text);
      }),
    );
  await copy([1, 2]);
  await assert.rejects(copy([3, 1]), /duplicate key/);
  const rows = await sql<{ no: number; is_whole: boolean }[]>`
    select no, text = ${text} as is_whole from public.copied where no = any(${listOf([1, 2, 3])}::integer[]) order by no`;
  assert.deepEqual(
    [...rows].map((row) => ({ ...row })),
    [
      { no: 1, is_whole: true },
      { no: 2, is_whole: true },
    ],
  );
});
