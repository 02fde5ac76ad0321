import assert from 'node:assert/strict';
import { test } from 'node:test';
import { preferredType } from './index.ts';

test('given what is accepted, then the type of the greatest weight is preferred, of like ones the first', () => {
  for (const [accept, preferred] of [
    [undefined, null],
    ['', null],
    ['*/*', null],
    ['text/*', null],
    ['text/csv', 'text/csv'],
    ['Text/CSV ; charset=utf-8', 'text/csv'],
    ['application/json, text/csv', 'application/json'],
    ['text/csv, application/json', 'text/csv'],
    ['text/csv;q=0.5, application/json', 'application/json'],
    ['application/json; q=0.2 , text/csv;q=0.5', 'text/csv'],
    ['application/json;q=0, text/csv;q=0.001', 'text/csv'],
    ['text/csv;q=0', null],
    ['text/csv;q=much', null],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', null],
  ] as const)
    assert.equal(preferredType(accept, ['application/json', 'text/csv']), preferred, String(accept));
});
