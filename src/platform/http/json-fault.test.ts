import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { jsonFaultOffset, lineAndColumn } from './json-fault.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test('given any text, then a fault is found exactly when the engine finds one', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"',
    '1',
    '-',
    '0',
    '.5',
    'e3',
    'true',
    ' ',
    '\n',
    '\\',
    'x',
  );
  const texts = fc.oneof(
    fc.json(),
    fc.string(),
    fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => (jsonFaultOffset(text) === null) === isJson(text)),
    { numRuns: 2000 },
  );
});

test('given JSON that is cut anywhere, then the fault is where it was cut or in the token before', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), fc.nat(), (value, place) => {
      const text = JSON.stringify(value);
      const cut = text.slice(0, place % text.length);
      const at = jsonFaultOffset(cut);
      return at !== null && at <= cut.length && !isJson(cut);
    }),
  );
});

test('given faults, then the offset is that of the first character that cannot be', () => {
  assert.equal(jsonFaultOffset('{"a": x}'), 6);
  assert.equal(jsonFaultOffset('[1,,2]'), 3);
  assert.equal(jsonFaultOffset('[1 2]'), 3);
  assert.equal(jsonFaultOffset('{"a":1'), 6);
  assert.equal(jsonFaultOffset('{} {}'), 3);
  assert.equal(jsonFaultOffset(''), 0);
});

test('given nesting a million deep, then it is judged without running out of stack', () => {
  assert.equal(jsonFaultOffset('['.repeat(1_000_000)), 1_000_000);
});

test('given an offset, then line and column count from 1', () => {
  assert.deepEqual(lineAndColumn('{\n  "a": x', 9), { line: 2, column: 8 });
  assert.deepEqual(lineAndColumn('x', 0), { line: 1, column: 1 });
});
