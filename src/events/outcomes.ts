/** What became of an applied deposit, and the letter under which it is stored. */
const LETTERS = {
  added: 'a',
  edited: 'e',
  unchanged: 'u',
  duplicate: 'm',
  deleted: 'd',
  restored: 'r',
  ignored_deleted: 'i',
  not_found: 'n',
  held: 'h',
  failed: 'f',
} as const;

export type Outcome = keyof typeof LETTERS;

export const OUTCOMES = Object.keys(LETTERS) as Outcome[];

export function letterOf(outcome: Outcome): string {
  return LETTERS[outcome];
}

export function outcomeOf(letter: string): Outcome {
  return OUTCOMES.find((outcome) => LETTERS[outcome] === letter) ?? 'failed';
}
