import { isTransient } from './errors.ts';

interface Waiting<Question, Answer> {
  question: Question;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * One statement for what many callers ask one by one: those who come while a statement is under way wait for the next and
 * share it. So an answer is never older than its question, and with one caller at a time nothing is different.
 * What the database does not take fails only for whoever asked it.
 * @param ask gives an answer for each question, in their order
 * @param most questions of one statement, or what they may weigh together; one alone may weigh more
 */
export function together<Question, Answer>(
  ask: (questions: Question[]) => Promise<Answer[]>,
  most = 100,
  weigh: (question: Question) => number = () => 1,
): (question: Question) => Promise<Answer> {
  const waiting: Waiting<Question, Answer>[] = [];
  let isRunning = false;

  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    while (waiting.length > 0) await answer(waiting.splice(0, howMany()));
    isRunning = false;
  }

  function howMany(): number {
    let weight = 0;
    for (const [at, { question }] of waiting.entries()) {
      weight += weigh(question);
      if (weight > most) return Math.max(at, 1);
    }
    return waiting.length;
  }

  async function answer(turn: Waiting<Question, Answer>[]): Promise<void> {
    try {
      const answers = await ask(turn.map(({ question }) => question));
      if (answers.length !== turn.length)
        throw new Error('as many answers are needed as there are questions');
      for (const [at, { resolve }] of turn.entries()) resolve(answers[at] as Answer);
    } catch (error) {
      if (turn.length === 1 || isTransient(error)) for (const { reject } of turn) reject(error);
      else for (const one of turn) await answer([one]);
    }
  }

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      void run();
    });
}
