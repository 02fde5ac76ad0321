import { fold, runsOf } from '../analysis.ts';
import { allOf, anyOf, bool, type Clause, everything, fieldName, nothing } from '../clause.ts';
import { compileGlob, type GlobPart, globFault, many } from '../glob.ts';
import { fault, type Reading, spendClause, spendScan } from './faults.ts';

/** One clause of a phrase or word; on the whole form the string itself. */
export function phrase(reading: Reading, at: string, name: string, text: string, boost = 1): Clause {
  const field = fieldName(name);
  if (!spendClause(reading, at)) return nothing;
  if (field.whole) return { kind: 'term', field, values: [text], boost };
  const tokens = runsOf(text).flat();
  if (tokens.length === 0) return nothing;
  const words: Clause = { kind: 'phrase', field, tokens, lastIsPrefix: false, boost };
  if (field.path === '_all') return words;
  return { kind: 'best', clauses: [words, { kind: 'value', field, text, boost }], boost: 1 };
}

/** A phrase whose last word is only begun. */
export function phrasePrefix(reading: Reading, at: string, name: string, text: string, boost = 1): Clause {
  const field = fieldName(name);
  if (!spendClause(reading, at) || !spendScan(reading, at)) return nothing;
  if (field.whole) return { kind: 'glob', field, glob: compileGlob([text, many]), boost };
  const tokens = runsOf(text).flat();
  return tokens.length === 0 ? nothing : { kind: 'phrase', field, tokens, lastIsPrefix: true, boost };
}

/**
 * The words of a text in a field: all of them, or at least `minimum` (default one). Numbers and booleans are found by
 * the text as a whole.
 */
export function words(
  reading: Reading,
  at: string,
  name: string,
  text: string,
  {
    every = false,
    minimum = undefined,
    boost = 1,
  }: { every?: boolean; minimum?: number | undefined; boost?: number },
): Clause {
  const field = fieldName(name);
  if (field.whole) {
    if (!spendClause(reading, at)) return nothing;
    return { kind: 'term', field, values: [text], boost };
  }
  const runs = runsOf(text);
  if (runs.length === 0 || !spendClause(reading, at, runs.length)) return nothing;
  const parts = runs.map((tokens): Clause => ({ kind: 'phrase', field, tokens, lastIsPrefix: false, boost }));
  const wanted = minimum === undefined ? undefined : atLeast(minimum, parts.length);
  const inText = every
    ? allOf(parts)
    : wanted === undefined
      ? anyOf(parts)
      : bool({ should: parts, minimum: wanted });
  if (field.path === '_all') return inText;
  return { kind: 'best', clauses: [inText, { kind: 'value', field, text, boost }], boost: 1 };
}

/** Below 0 it says how many may be missing. */
export const atLeast = (minimum: number, of: number): number =>
  minimum < 0 ? Math.max(0, of + minimum) : minimum;

/** A pattern against tokens (folded) or, on the whole form, against the value as it is. */
export function pattern(
  reading: Reading,
  at: string,
  name: string,
  parts: readonly GlobPart[],
  boost = 1,
): Clause {
  const field = fieldName(name);
  const wrong = globFault(parts);
  if (wrong !== null) fault(reading, at, wrong);
  if (wrong !== null || !spendClause(reading, at) || !spendScan(reading, at)) return nothing;
  const read = field.whole ? parts : parts.map((part) => (typeof part === 'string' ? fold(part) : part));
  return { kind: 'glob', field, glob: compileGlob(read), boost };
}

/**
 * Free text (`q`): words combined by AND (or OR), `"phrases"`, a trailing `*`; every other character is literal. Never
 * an error but for its length.
 */
export function freeText(
  reading: Reading,
  at: string,
  text: string,
  { names = ['_all'], every = true }: { names?: readonly string[]; every?: boolean } = {},
): Clause {
  if (text.trim() === '') return everything;
  const parts: Clause[] = [];
  for (const [whole, quoted, word = ''] of text.matchAll(/"([^"]*)"|([^\s"]+)|"/g)) {
    const clause = anyField(names, (name) =>
      quoted !== undefined ? phrase(reading, at, name, quoted) : freeWord(reading, at, name, word, every),
    );
    if (whole === '*') return everything;
    if (clause.kind !== 'none') parts.push(clause);
  }
  if (parts.length === 0) return nothing;
  return every ? allOf(parts) : anyOf(parts);
}

function freeWord(reading: Reading, at: string, name: string, word: string, every: boolean): Clause {
  const runs = runsOf(word);
  if (!word.endsWith('*') || runs.length === 0) return words(reading, at, name, word, { every });
  const parts = runs.map((tokens, i) =>
    i === runs.length - 1
      ? phrasePrefix(reading, at, name, tokens.join(' '))
      : phrase(reading, at, name, tokens.join(' ')),
  );
  return every ? allOf(parts) : anyOf(parts);
}

/** The clause for each of the fields, the best one counting; `*` in a name stands for every field that fits. */
export function anyField(names: readonly string[], build: (name: string, boost: number) => Clause): Clause {
  const clauses = names.map((each): Clause => {
    const [, name = each, boostText] = /^(.*?)\^(\d+(?:\.\d+)?)$/.exec(each) ?? [];
    const boost = boostText === undefined ? 1 : Number(boostText);
    if (!name.includes('*')) return build(name, boost);
    const field = fieldName(name);
    const ending = field.whole ? '.exact' : '';
    const parts: GlobPart[] = [...field.path].map((char) => (char === '*' ? many : char));
    return {
      kind: 'fields',
      names: compileGlob(parts),
      build: (path) => build(path + ending, boost),
      boost: 1,
    };
  });
  const [first, ...more] = clauses.filter((clause) => clause.kind !== 'none');
  if (first === undefined) return nothing;
  return more.length === 0 ? first : { kind: 'best', clauses: [first, ...more], boost: 1 };
}
