import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { together } from './together.ts';

test('given callers who come while a statement is under way, then they share the next one', async () => {
  const statements: { questions: string[]; finish(): void }[] = [];
  const ask = together(
    (questions: string[]) =>
      new Promise<string[]>((resolve) => {
        const finish = () => resolve(questions.map((question) => question.toUpperCase()));
        statements.push({ questions, finish });
      }),
    2,
  );
  const answers = ['a', 'b', 'c', 'd'].map(ask);
  const asked: string[][] = [];
  while (asked.length < 3) {
    const statement = statements.shift();
    if (statement === undefined) {
      await setImmediate();
      continue;
    }
    asked.push(statement.questions);
    statement.finish();
  }
  assert.deepEqual(await Promise.all(answers), ['A', 'B', 'C', 'D']);
  assert.deepEqual(asked, [['a'], ['b', 'c'], ['d']]);
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

test('given questions that weigh too much together, then each statement takes what it can, and at least one', async () => {
  const asked: number[][] = [];
  const ask = together(
    async (weights: number[]) => {
      asked.push(weights);
      return weights;
    },
    10,
    (weight) => weight,
  );
  await Promise.all([1, 25, 4, 6, 1].map(ask));
  assert.deepEqual(asked, [[1], [25], [4, 6], [1]]);
});
