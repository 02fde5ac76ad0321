import type { Answer, Asking, Question } from '../resolution-contract.ts';

export interface RememberedAnswers {
  asking: Asking;
  /** What was found and not found, by question; to be handed in again when the rest is asked. */
  answers(): Record<string, unknown>;
  /** Whether a question has its answer. */
  knows(question: Question): boolean;
}

/**
 * A door that gives what it was told before. When a parked question has got its answer, all others keep theirs: an upstream
 * that is away by then takes nothing back, and a new day of the cache changes nothing.
 */
export function rememberAnswers(asking: Asking, before: Record<string, unknown> | null): RememberedAnswers {
  const known = new Map(Object.entries(before ?? {})) as Map<string, Answer>;
  return {
    asking: {
      async ask<T>(question: Question): Promise<Answer<T>> {
        const name = nameOf(question);
        const kept = known.get(name);
        if (kept !== undefined) return kept as Answer<T>;
        const answer = await asking.ask<T>(question);
        if (answer.outcome !== 'unavailable') known.set(name, answer);
        return answer;
      },
    },
    answers: () => Object.fromEntries(known),
    knows: (question) => known.has(nameOf(question)),
  };
}

const nameOf = ({ source, question, key }: Question): string => JSON.stringify([source, question, key]);
