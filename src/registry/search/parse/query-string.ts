import { fold } from '../analysis.ts';
import { type Bound, bool, type Clause, everything, fieldName, nothing } from '../clause.ts';
import { editsFor } from '../edits.ts';
import { type GlobPart, many, one } from '../glob.ts';
import { boundOf } from './bounds.ts';
import { type Reading, spendClause, spendScan } from './faults.ts';
import { anyField, pattern, phrase, words } from './text.ts';

/** How to read a query string. */
export interface QueryStringOptions {
  /** Fields of words that name none. */
  names: readonly string[];
  /** Words without AND or OR between them are combined by AND. */
  every: boolean;
}

/** A syntax fault: `at` counts characters from 1. */
export interface SyntaxFault {
  at: number;
  message: string;
}

interface State {
  reading: Reading;
  path: string;
  text: string;
  at: number;
  depth: number;
  options: QueryStringOptions;
  fault: SyntaxFault | null;
}

const deepestGroup = 32;

/** Reads Lucene's classic query syntax. AND binds its neighbours, OR leaves them optional, as Lucene does it. */
export function readQueryString(
  reading: Reading,
  path: string,
  text: string,
  options: QueryStringOptions,
): { clause: Clause; fault: SyntaxFault | null } {
  const state: State = { reading, path, text, at: 0, depth: 0, options, fault: null };
  const clause = readGroup(state, options.names);
  if (state.fault === null && state.at < text.length) fail(state, `“${text[state.at]}” has no beginning`);
  return { clause, fault: state.fault };
}

function fail(state: State, message: string, at = state.at): Clause {
  state.fault ??= { at: at + 1, message };
  state.at = state.text.length;
  return nothing;
}

type Occurrence = 'must' | 'should' | 'not';

function readGroup(state: State, names: readonly string[]): Clause {
  const parts: { clause: Clause; occurs: Occurrence }[] = [];
  for (;;) {
    skipBlanks(state);
    if (done(state) || peek(state) === ')') break;
    const joined = readJoin(state);
    if (joined !== null && parts.length === 0) return fail(state, 'AND or OR has nothing before it');
    skipBlanks(state);
    const sign = readSign(state);
    skipBlanks(state);
    if (done(state) || peek(state) === ')') return fail(state, 'something is missing here');
    const clause = readClause(state, names);
    if (state.fault !== null) return nothing;
    const previous = parts.at(-1);
    if (previous !== undefined && previous.occurs !== 'not') {
      if (joined === 'and') previous.occurs = 'must';
      else if (joined === 'or' && state.options.every) previous.occurs = 'should';
    }
    const required = sign === '+' || (state.options.every ? joined !== 'or' : joined === 'and');
    // A word without a letter or digit asks for nothing.
    if (clause.kind !== 'none')
      parts.push({ clause, occurs: sign === '-' ? 'not' : required ? 'must' : 'should' });
    else if (previous === undefined && parts.length === 0) parts.push({ clause: nothing, occurs: 'should' });
  }
  return combine(parts);
}

function combine(parts: readonly { clause: Clause; occurs: Occurrence }[]): Clause {
  const of = (occurs: Occurrence) =>
    parts.filter((part) => part.occurs === occurs).map((part) => part.clause);
  const [must, should, mustNot] = [of('must'), of('should'), of('not')];
  if (parts.length === 0) return nothing;
  if (must.length === 0 && mustNot.length === 0 && should.length === 1 && should[0]) return should[0];
  if (should.length === 0 && mustNot.length === 0 && must.length === 1 && must[0]) return must[0];
  return bool({ must, should, mustNot, minimum: must.length === 0 && should.length > 0 ? 1 : 0 });
}

const done = (state: State) => state.at >= state.text.length;
const peek = (state: State) => state.text[state.at] ?? '';

function skipBlanks(state: State): void {
  while (/\s/.test(peek(state))) state.at++;
}

function take(state: State, shape: RegExp): string | null {
  shape.lastIndex = state.at;
  const match = shape.exec(state.text);
  if (match === null) return null;
  state.at += match[0].length;
  return match[0];
}

function readJoin(state: State): 'and' | 'or' | null {
  const word = take(state, /(?:AND|OR)(?=[\s(")]|$)|&&|\|\|/y);
  return word === null ? null : word === 'AND' || word === '&&' ? 'and' : 'or';
}

function readSign(state: State): '+' | '-' | null {
  const sign = take(state, /NOT(?=[\s("]|$)|[+\-!](?=\S)/y);
  return sign === null ? null : sign === '+' ? '+' : '-';
}

function readClause(state: State, names: readonly string[]): Clause {
  const field = readFieldName(state);
  if (state.fault !== null) return nothing;
  if (field === '_exists_') {
    const path = take(state, /[^\s()"^~:]+/y);
    if (path === null) return fail(state, '_exists_ names no field');
    return spendClause(state.reading, state.path)
      ? { kind: 'exists', path: fieldName(withoutBackslashes(path)).path }
      : nothing;
  }
  if (field === '*' && take(state, /\*(?=[\s)]|$)/y) !== null) return everything;
  const own = field === null ? names : [field];
  const clause = readValue(state, own, field !== null);
  take(state, /\^\d+(?:\.\d+)?/y);
  if (peek(state) === '^') return fail(state, '^ is not followed by a number');
  return clause;
}

const fieldShape = /((?:\\[\s\S]|[^\s:()[\]{}"^~\\])+):/y;

function readFieldName(state: State): string | null {
  const start = state.at;
  const name = take(state, fieldShape);
  if (name === null) return null;
  if (done(state) || /[\s)]/.test(peek(state))) {
    fail(state, `the field “${name.slice(0, -1)}” has no value`, start);
    return null;
  }
  return withoutBackslashes(name.slice(0, -1));
}

const withoutBackslashes = (text: string) => text.replace(/\\([\s\S])/g, '$1');

function readValue(state: State, names: readonly string[], named: boolean): Clause {
  const start = state.at;
  const first = peek(state);
  if (first === '(') {
    if (++state.depth > deepestGroup) return fail(state, `parentheses are more than ${deepestGroup} deep`);
    state.at++;
    const clause = readGroup(state, names);
    if (state.fault !== null) return nothing;
    if (peek(state) !== ')') return fail(state, '“(” is not closed', start);
    state.at++;
    state.depth--;
    return clause;
  }
  if (first === '"') {
    const quoted = take(state, /"(?:\\[\s\S]|[^"\\])*"/y);
    if (quoted === null) return fail(state, 'the quotation is not closed');
    if (peek(state) === '~') return fail(state, 'distance between the words of a phrase is not supported');
    const text = withoutBackslashes(quoted.slice(1, -1));
    return anyField(names, (name, boost) => phrase(state.reading, state.path, name, text, boost));
  }
  if (first === '[' || first === '{') return readRange(state, names);
  const sign = take(state, /[<>]=?/y);
  if (sign !== null) return readComparison(state, names, sign);
  return readWord(state, names, named);
}

const rangeEnd = String.raw`("(?:\\[\s\S]|[^"\\])*"|(?:\\[\s\S]|[^\s\]}"\\])+)`;
const rangeShape = new RegExp(String.raw`([[{])\s*${rangeEnd}\s+TO\s+${rangeEnd}\s*([\]}])`, 'y');

function readRange(state: State, names: readonly string[]): Clause {
  rangeShape.lastIndex = state.at;
  const match = rangeShape.exec(state.text);
  if (match === null) return fail(state, 'this is no range [from TO to]');
  state.at += match[0].length;
  const [, open, from = '', to = '', close] = match;
  return range(state, names, end(state, from, open === '['), end(state, to, close === ']'));
}

function end(state: State, text: string, inclusive: boolean): Bound | null {
  if (text === '*') return null;
  return boundOf(
    withoutBackslashes(text.startsWith('"') ? text.slice(1, -1) : text),
    inclusive,
    state.reading.now,
  );
}

function readComparison(state: State, names: readonly string[], sign: string): Clause {
  const text = take(state, /"(?:\\[\s\S]|[^"\\])*"|(?:\\[\s\S]|[^\s()"\\])+/y);
  if (text === null) return fail(state, `${sign} is not followed by a value`);
  const bound = end(state, text, sign.endsWith('='));
  return sign.startsWith('>') ? range(state, names, bound, null) : range(state, names, null, bound);
}

function range(state: State, names: readonly string[], low: Bound | null, high: Bound | null): Clause {
  return anyField(names, (name, boost) =>
    spendClause(state.reading, state.path)
      ? { kind: 'range', field: fieldName(name), low, high, boost }
      : nothing,
  );
}

const wordShape = /(?:\\[\s\S]|[^\s()[\]{}"^~:\\])+/y;

function readWord(state: State, names: readonly string[], named: boolean): Clause {
  const start = state.at;
  const raw = take(state, wordShape);
  if (raw === null) return fail(state, `“${peek(state)}” is not expected here`, start);
  const parts = partsOf(raw);
  const text = parts.filter((part) => typeof part === 'string').join('');
  const fuzzy = take(state, /~(?:\d+(?:\.\d+)?)?/y);
  if (fuzzy !== null) {
    const edits = fuzzy === '~' ? editsFor(text) : Math.floor(Number(fuzzy.slice(1)));
    if (edits > 2) return fail(state, 'a fuzzy word allows at most 2 edits', start);
    return anyField(names, (name, boost) => similarTo(state, name, text, edits, boost));
  }
  if (parts.every((part) => typeof part === 'string')) {
    return anyField(names, (name, boost) =>
      words(state.reading, state.path, name, text, { every: state.options.every, boost }),
    );
  }
  if (parts.every((part) => part === many)) {
    return named ? anyField(names, (name) => ({ kind: 'exists', path: fieldName(name).path })) : everything;
  }
  return anyField(names, (name, boost) => pieces(state, name, parts, boost));
}

export function similarTo(
  state: Pick<State, 'reading' | 'path'>,
  name: string,
  text: string,
  edits: number,
  boost: number,
  prefix = 0,
): Clause {
  if (!spendClause(state.reading, state.path) || !spendScan(state.reading, state.path)) return nothing;
  const field = fieldName(name);
  return { kind: 'fuzzy', field, text: field.whole ? text : fold(text), edits, prefix, boost };
}

function partsOf(raw: string): GlobPart[] {
  const parts: GlobPart[] = [];
  for (let i = 0; i < raw.length; i++) {
    const char = raw[i] ?? '';
    if (char === '\\') parts.push(raw[++i] ?? '');
    else parts.push(char === '*' ? many : char === '?' ? one : char);
  }
  return parts;
}

/** Tokens hold no punctuation: `*e-prints*` asks for `*e` and `prints*`. */
function pieces(state: State, name: string, parts: readonly GlobPart[], boost: number): Clause {
  if (fieldName(name).whole) return pattern(state.reading, state.path, name, parts, boost);
  const groups: GlobPart[][] = [[]];
  for (const part of parts) {
    if (typeof part === 'string' && !/[\p{L}\p{N}\p{M}]/u.test(part) && !/[\ud800-\udfff]/.test(part))
      groups.push([]);
    else groups.at(-1)?.push(part);
  }
  const asked = groups.filter((group) => group.some((part) => part !== many));
  const clauses = asked.map((group) => pattern(state.reading, state.path, name, group, boost));
  return clauses.length === 1 && clauses[0] ? clauses[0] : bool({ must: clauses });
}
