import assert from 'node:assert/strict';
import { test } from 'node:test';
import { together } from './together.ts';

test('given callers who come while a statement is under way, then they share the next one', async () => {
  const statements: string[][] = [];
  let go = () => {};
  const ask = together(async (questions: string[]) => {
    statements.push(questions);
    await new Promise<void>((resolve) => {
      go = resolve;
    });
    return questions.map((question) => question.toUpperCase());
  }, 2);
  const first = ask('a');
  const others = ['b', 'c', 'd'].map(ask);
  assert.deepEqual(statements, [['a']]);
  go();
  assert.equal(await first, 'A');
  go();
  assert.deepEqual(await Promise.all(others.slice(0, 2)), ['B', 'C']);
  go();
  assert.equal(await others[2], 'D');
  assert.deepEqual(statements, [['a'], ['b', 'c'], ['d']]);
});

test('given a question that the database does not take, then only its caller is told', async () => {
  const ask = together(async (questions: number[]) => {
    if (questions.includes(2)) throw new Error('no such number');
    return questions.map((question) => question * 10);
  });
  const answers = await Promise.allSettled([1, 2, 3, 4].map(ask));
  assert.deepEqual(
    answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : String(answer.reason))),
    [10, 'Error: no such number', 30, 40],
  );
});

test('given a database that is away, then all are told at once, and later callers are answered', async () => {
  let asked = 0;
  const ask = together(async (questions: number[]) => {
    asked++;
    if (asked === 2) throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
    return questions;
  });
  const answers = await Promise.allSettled([1, 2, 3].map(ask));
  assert.deepEqual(
    answers.map(({ status }) => status),
    ['fulfilled', 'rejected', 'rejected'],
  );
  assert.equal(asked, 2);
  assert.equal(await ask(4), 4);
});
