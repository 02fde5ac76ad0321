import { createHash } from 'node:crypto';
import type { Sql } from '../../../platform/database/index.ts';
import type { Answer, Question } from '../../resolution-contract.ts';

/** An answer as it is kept: never that nobody answered. */
export type KeptAnswer = Exclude<Answer, { outcome: 'unavailable' }>;

export function nameOf({ source, question, key }: Question): string {
  return `${source}\u0001${question}\u0001${key}`;
}

/**
 * A key as it is kept. A title may be a megabyte or hold U+0000, and neither fits into an index: a question that could not be
 * looked up would be looked up for ever, and every other one behind it.
 */
function storedKey(key: string): string {
  const fits = key.length <= 500 && !key.includes('\u0000');
  return fits ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`;
}

const storedName = (asked: Question): string => nameOf({ ...asked, key: storedKey(asked.key) });

/** The answers of a UTC day to any number of questions, by `nameOf`; one round trip. */
export async function readAnswers(
  sql: Sql,
  questions: readonly Question[],
  day: string,
): Promise<Map<string, KeptAnswer>> {
  const rows = await sql<
    { source: string; question: string; key: string; outcome: string; value: unknown; answered_at: Date }[]
  >`
    select source, question, key, outcome, value, answered_at
    from almanac.compliance_answers
    where (source, question, key) in (
        select * from unnest(
          ${questions.map(({ source }) => source)}::text[],
          ${questions.map(({ question }) => question)}::text[],
          ${questions.map(({ key }) => storedKey(key))}::text[]
        )
      )
      and day = ${day}::date
  `;
  const kept = new Map<string, KeptAnswer>(
    rows.map(({ source, question, key, outcome, value, answered_at }) => {
      const at = secondsOf(answered_at);
      const name = nameOf({ source: source as Question['source'], question, key });
      return [name, outcome === 'found' ? { outcome, value, at } : { outcome: 'not_found', at }];
    }),
  );
  const answers = new Map<string, KeptAnswer>();
  for (const asked of questions) {
    const answer = kept.get(storedName(asked));
    if (answer !== undefined) answers.set(nameOf(asked), answer);
  }
  return answers;
}

/** Keeps answers for the day; the latest of two holds. Rows in key order, so that two writers never wait for each other. */
export async function writeAnswers(
  sql: Sql,
  answers: readonly { asked: Question; answer: KeptAnswer }[],
  day: string,
): Promise<void> {
  const rows = [...new Map(answers.map((one) => [storedName(one.asked), one])).entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, row]) => row);
  await sql`
    insert into almanac.compliance_answers (source, question, key, day, outcome, value, answered_at)
    select source, question, key, ${day}::date, outcome, value::json, answered_at::timestamptz
    from unnest(
      ${rows.map(({ asked }) => asked.source)}::text[],
      ${rows.map(({ asked }) => asked.question)}::text[],
      ${rows.map(({ asked }) => storedKey(asked.key))}::text[],
      ${rows.map(({ answer }) => answer.outcome)}::text[],
      ${rows.map(({ answer }) => (answer.outcome === 'found' ? JSON.stringify(answer.value) : null))}::text[],
      ${rows.map(({ answer }) => answer.at)}::text[]
    ) as kept (source, question, key, outcome, value, answered_at)
    on conflict (source, question, key, day) do update
    set outcome = excluded.outcome, value = excluded.value, answered_at = excluded.answered_at
  `;
}

/** Answers of other days decide nothing any more. */
export async function dropOldAnswers(sql: Sql, day: string): Promise<void> {
  await sql`delete from almanac.compliance_answers where day < ${day}::date`;
}

/** `YYYY-MM-DDTHH:MM:SSZ`. */
export function secondsOf(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}
