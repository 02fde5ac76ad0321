import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { joinSamePeople } from './same-person.ts';

const person = (name: string, ids: string[], scholar = true) => ({ name, ids, scholar });

test('given names linked by a later one, when joined, then all are one, named as the first', () => {
  assert.deepEqual(
    joinSamePeople([person('A', ['1']), person('B', ['2']), person('C', []), person('D', ['2', '1'])]),
    [person('A', ['1', '2']), person('C', [])],
  );
});

test('given a promotor who is also an author, when joined, then the person is a scholar', () => {
  assert.deepEqual(joinSamePeople([person('A', ['1'], false), person('A.', ['1', '2'])]), [
    person('A', ['1', '2']),
  ]);
});

test('given any names, when joined, then no id stands twice, none is lost, and names without ids stay', () => {
  const people = fc.array(
    fc.record(
      {
        name: fc.string(),
        ids: fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 3 }),
        scholar: fc.boolean(),
      },
      { noNullPrototype: true },
    ),
  );
  fc.assert(
    fc.property(people, (given) => {
      const joined = joinSamePeople(given);
      const ids = joined.flatMap((each) => each.ids);
      assert.equal(new Set(ids).size, ids.length);
      assert.deepEqual(new Set(ids), new Set(given.flatMap((each) => each.ids)));
      const without = given.filter((each) => each.ids.length === 0);
      assert.deepEqual(
        joined.filter((each) => each.ids.length === 0),
        without,
      );
      for (const each of given.filter((one) => one.ids.length > 0)) {
        const holders = joined.filter((one) => one.ids.some((id) => each.ids.includes(id)));
        assert.equal(holders.length, 1);
      }
    }),
  );
});
