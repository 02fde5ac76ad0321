import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createLineSplitter, LONGEST_LINE_BYTES } from './line-splitter.ts';

function linesOf(chunks: Buffer[]): string[] {
  const lines: string[] = [];
  const splitter = createLineSplitter((text) => lines.push(text));
  for (const chunk of chunks) splitter.write(chunk);
  splitter.end();
  return lines;
}

test('given LF, CRLF and a last line without end, when split, then all are lines', () => {
  assert.deepEqual(linesOf([Buffer.from('a\r\nb\n\nc')]), ['a', 'b', '', 'c']);
});

test('given bytes that are not UTF-8, when split, then the line is read as Latin-1', () => {
  assert.deepEqual(linesOf([Buffer.from('caf\xe9\ncaf\u00e9\n', 'latin1')]), ['café', 'café']);
  assert.deepEqual(linesOf([Buffer.from('café\n')]), ['café']);
});

test('given a line without end, when it is too long, then it is given out cut and the next line is whole', () => {
  const chunk = Buffer.alloc(100_000, 'x');
  const lines = linesOf([chunk, chunk, chunk, chunk, Buffer.from('end\nnext\n')]);
  assert.deepEqual(
    lines.map((line) => line.length),
    [LONGEST_LINE_BYTES, 4],
  );
});

test('property: where the chunks are cut does not matter', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'é', '\n', '\r', 'bc'), { maxLength: 40 }),
      fc.nat(60),
      (parts, cut) => {
        const bytes = Buffer.from(parts.join(''));
        assert.deepEqual(linesOf([bytes.subarray(0, cut), bytes.subarray(cut)]), linesOf([bytes]));
      },
    ),
  );
});
