import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createJsonSplitter, JsonSplitFault } from './json-splitter.ts';

function itemsOf(text: string, cut = text.length): unknown[] {
  const items: unknown[] = [];
  const splitter = createJsonSplitter((json) => items.push(JSON.parse(json)));
  splitter.write(text.slice(0, cut));
  splitter.write(text.slice(cut));
  splitter.end();
  return items;
}

test('given both forms, when split, then the items are the same', () => {
  const items = [{ id: 'a', urls: [{ url: 'x' }] }, { id: 'b"]}' }];
  assert.deepEqual(itemsOf(JSON.stringify(items)), items);
  assert.deepEqual(itemsOf(JSON.stringify({ publications: items }, null, 2)), items);
  assert.deepEqual(itemsOf('{"publications":[]}'), []);
});

test('given another document, when split, then it is a fault', () => {
  assert.throws(() => itemsOf('{"works":[]}'), JsonSplitFault);
  assert.throws(() => itemsOf('{"a":{"publications":[]}}'), JsonSplitFault);
  assert.throws(() => itemsOf('{"publications":[{}'), JsonSplitFault);
  assert.throws(() => itemsOf('{}'), JsonSplitFault);
});

test('property: any list is read back wherever its text is cut', () => {
  const lists = fc.array(
    fc.record({ id: fc.string({ unit: 'binary' }), more: fc.jsonValue({ maxDepth: 3 }) }),
  );
  fc.assert(
    fc.property(lists, fc.boolean(), fc.nat(), (list, bare, cut) => {
      const text = JSON.stringify(bare ? list : { publications: list });
      assert.deepEqual(itemsOf(text, cut % (text.length + 1)), JSON.parse(JSON.stringify(list)));
    }),
  );
});
