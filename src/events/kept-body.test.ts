import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bodyOfTombstone, keptBody, readBody } from './kept-body.ts';

const id = fc.constantFrom('https://pages.example/1', '10.1234/x', 'doi:10.1234/x');
const end = fc.option(
  fc.dictionary(
    fc.constantFrom('pid', 'URL', 'title', 'DOI', 'free'),
    fc.oneof(id, fc.string(), fc.integer(), fc.constant(null), fc.array(fc.string())),
    { minKeys: 1 },
  ),
  { nil: undefined },
);

test('property: given any deposit, then what is kept of it reads as it was deposited', () => {
  fc.assert(
    fc.property(id, id, end, end, fc.string(), (subject, object, subj, obj, license) => {
      const fields = {
        subj_id: subject,
        obj_id: object,
        ...(subj && { subj }),
        ...(obj && { obj }),
        license,
      };
      const body = keptBody(fields, ['license']);
      assert.deepEqual(readBody(body), JSON.parse(JSON.stringify(fields)));
      assert.deepEqual(JSON.parse(bodyOfTombstone(body)), { subj_id: subject, obj_id: object });
    }),
  );
});

test('given an end that repeats its identifier, then the repetition takes no room', () => {
  const address = `https://pages.example/${'a'.repeat(500)}`;
  const fields = {
    subj_id: address,
    obj_id: '10.1234/x',
    subj: { pid: address, title: 'A page', URL: address },
  };
  const body = keptBody(fields, []);
  assert.ok(body.length < 700, body);
  assert.deepEqual(readBody(body), fields);
});
