import { fold, tokensOf } from '../analysis.ts';
import type { SearchRecord } from '../read-model.ts';

type Json = Record<string, unknown>;
type Scalar = string | number | boolean;

/** What the index has to agree with: query objects taken word for word over the records, one after the other. */
export function naiveMatches(records: readonly SearchRecord[], query: Json): string[] {
  return records
    .filter((record) => holds(record, query))
    .map((record) => record.id)
    .sort();
}

/** Terms facet of 0.90, ordered by count. */
export function naiveTerms(records: readonly SearchRecord[], query: Json, path: string) {
  const counts = new Map<Scalar, number>();
  let missing = 0;
  for (const record of records.filter((each) => holds(each, query))) {
    const values = new Set(leaves(record, path));
    if (values.size === 0) missing++;
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const terms = [...counts].map(([term, count]) => ({ term, count }));
  terms.sort((a, b) => b.count - a.count || (a.term < b.term ? -1 : 1));
  const total = terms.reduce((sum, { count }) => sum + count, 0);
  return { _type: 'terms', missing, total, other: 0, terms };
}

function holds(record: object, query: Json): boolean {
  const [[name, body] = ['', {}]] = Object.entries(query) as [string, Json][];
  const [[field, value] = ['', undefined]] = Object.entries(body);
  const values = leaves(record, field.replace(/\.exact$/, ''));
  const whole = field.endsWith('.exact');
  const strings = values.filter((each) => typeof each === 'string');
  const tokens = strings.flatMap(tokensOf);
  const texts = whole
    ? values.map(String)
    : [...tokens, ...values.filter((each) => typeof each !== 'string').map(String)];
  switch (name) {
    case 'match_all':
      return true;
    case 'term':
      return values.some((each) => isTerm(each, value as Scalar, whole));
    case 'terms':
      return (value as Scalar[]).some((wanted) => values.some((each) => isTerm(each, wanted, whole)));
    case 'match': {
      const { query: text, operator } = value as { query: string; operator: string };
      const words = tokensOf(text);
      const by = (word: string) => tokens.includes(word);
      const found = operator === 'and' ? words.length > 0 && words.every(by) : words.some(by);
      return (
        found ||
        (words.length > 0 && values.some((each) => typeof each !== 'string' && String(each) === text))
      );
    }
    case 'match_phrase': {
      const phrase = ` ${tokensOf(value as string).join(' ')} `;
      if (phrase.trim() === '') return false;
      return (
        strings.some((text) => ` ${tokensOf(text).join(' ')} `.includes(phrase)) ||
        values.some((each) => typeof each !== 'string' && String(each) === value)
      );
    }
    case 'prefix':
      return texts.some((each) => each.startsWith(whole ? (value as string) : fold(value as string)));
    case 'wildcard': {
      const pattern = (whole ? (value as string) : fold(value as string)).replace(/[.*?]/g, (char) =>
        char === '*' ? '.*' : char === '?' ? '.' : `\\${char}`,
      );
      return texts.some((each) => new RegExp(`^(?:${pattern})$`, 'su').test(each));
    }
    case 'range': {
      const { gte, lt } = value as { gte?: number | string; lt?: number | string };
      return values.some((each) => {
        if (typeof each === 'boolean') return false;
        const as = (end: number | string) => (typeof each === 'number' ? Number(end) : String(end));
        return (gte === undefined || each >= as(gte)) && (lt === undefined || each < as(lt));
      });
    }
    case 'exists':
      return leavesBelow(record, value as string).length > 0;
    case 'missing':
      return leavesBelow(record, value as string).length === 0;
    case 'ids':
      return (value as string[]).includes((record as { id: string }).id);
    case 'nested': {
      const { path, query: inner } = body as { path: string; query: Json };
      return members(record, path.split('.')).some((member) => holds(wrap(path, member), inner));
    }
    case 'bool': {
      const {
        must = [],
        should = [],
        must_not = [],
      } = body as { must?: Json[]; should?: Json[]; must_not?: Json[] };
      return (
        must.every((each) => holds(record, each)) &&
        (must.length > 0 || should.length === 0 || should.some((each) => holds(record, each))) &&
        !must_not.some((each) => holds(record, each))
      );
    }
    default:
      throw new Error(`no naive ${name}`);
  }
}

function isTerm(value: Scalar, wanted: Scalar, whole: boolean): boolean {
  if (typeof value !== 'string') return String(value) === String(wanted);
  return whole ? value === String(wanted) : tokensOf(value).includes(String(wanted).toLowerCase());
}

function leaves(value: unknown, path: string): Scalar[] {
  return members(value, path.split('.'))
    .flat()
    .filter((each) => each !== null && typeof each !== 'object') as Scalar[];
}

function leavesBelow(value: unknown, path: string): unknown[] {
  return members(value, path.split('.')).flatMap((each) =>
    typeof each === 'object' && each !== null
      ? Object.keys(each).flatMap((name) => leavesBelow(each, name))
      : [each],
  );
}

function members(value: unknown, names: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((each) => members(each, names));
  const [name, ...rest] = names;
  if (name === undefined) return value === null || value === undefined ? [] : [value];
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return [];
  return members((value as Json)[name], rest);
}

const wrap = (path: string, member: unknown): object =>
  path.split('.').reduceRight((inner, name) => ({ [name]: inner }), member) as object;
