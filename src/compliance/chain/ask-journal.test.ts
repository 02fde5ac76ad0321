import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, Asking } from '../resolution-contract.ts';
import { askJournalType } from './ask-journal.ts';
import { createInquiry } from './inquiry.ts';

const at = '2026-01-01T00:00:00Z';
const journal = { title: 'Moor', publisher: 'Heather House', openSince: 2015, discontinued: null };
const listed: Answer = { outcome: 'found', value: [journal], at };
const unlisted: Answer = { outcome: 'not_found', at };
const away: Answer = { outcome: 'unavailable', status: 'HTTP 503', at };

async function ask(published: string | null, answers: Record<string, Answer>) {
  const asking: Asking = { ask: async <T>({ key }: { key: string }) => (answers[key] ?? away) as Answer<T> };
  const inquiry = createInquiry(asking);
  const { type, notes } = await askJournalType(Object.keys(answers), published, inquiry, at);
  return [type, notes.map(({ code }) => code), inquiry.parked.map(({ key }) => key)];
}

test('given one ISSN that is listed and one without an answer, then the journal is open and nothing is left to ask', async () => {
  assert.deepEqual(await ask('2020-01-01', { one: away, other: listed }), ['oa', ['doaj.listed'], []]);
});

test('given one ISSN that is not listed and one without an answer, then the type is not known', async () => {
  assert.deepEqual(await ask('2020-01-01', { one: unlisted, other: away }), [
    null,
    ['doaj.unavailable'],
    ['other'],
  ]);
});

test('given a journal that became open after the article, or none that is listed, then it is taken for hybrid, as an assumption', async () => {
  assert.deepEqual(await ask('2014-12-31', { one: listed, other: unlisted }), [
    'hybrid',
    ['doaj.not_listed'],
    [],
  ]);
  assert.deepEqual(await ask('2015-06-01', { one: unlisted }), ['hybrid', ['doaj.not_listed'], []]);
});

test('given an article of an unknown day, or no ISSN, then the list decides, or nothing does', async () => {
  assert.deepEqual(await ask(null, { one: listed }), ['oa', ['doaj.listed'], []]);
  assert.deepEqual(await ask('2020-01-01', {}), [null, ['doaj.no_issn'], []]);
});
