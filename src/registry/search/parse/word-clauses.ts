import { fold } from '../analysis.ts';
import { bool, type Clause, fieldName, nothing } from '../clause.ts';
import { editsFor } from '../edits.ts';
import { globParts, many } from '../glob.ts';
import type { Scalar } from '../order.ts';
import { fieldBody, idle, mostWords } from './clauses.ts';
import {
  booleanAt,
  fault,
  integerAt,
  isObject,
  type Json,
  numberAt,
  objectAt,
  oneOf,
  onlyKeys,
  pointer,
  type Reading,
  textAt,
  textsAt,
} from './faults.ts';
import { readQueryString, similarTo } from './query-string.ts';
import { anyField, freeText, pattern, phrase, phrasePrefix, words } from './text.ts';

const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value));

const mostTerms = 10_000;

/** `{field: value}` or `{field: {<key>: value, boost}}`. */
function single(
  reading: Reading,
  body: unknown,
  path: string,
  key: string,
  more: readonly string[] = [],
): { name: string; value: Scalar; at: string; options: Json; boost: number } | null {
  const field = fieldBody(reading, body, path, ['boost']);
  if (field === null) return null;
  const options = isObject(field.value) ? field.value : {};
  // 0.90 also called the value by the clause's own name.
  const alias = key === 'value' && options.value === undefined ? (path.split('/').at(-1) ?? key) : key;
  const value = isObject(field.value) ? options[alias] : field.value;
  const at = isObject(field.value) ? pointer(field.at, alias) : field.at;
  if (isObject(field.value)) onlyKeys(reading, options, field.at, [alias, 'boost', ...more, ...idle]);
  if (!isScalar(value)) {
    fault(reading, at, 'is not a string, number or boolean');
    return null;
  }
  return { name: field.name, value, at, options, boost: numberAt(reading, options, 'boost', field.at) ?? 1 };
}

export function term(reading: Reading, body: unknown, path: string): Clause {
  const given = single(reading, body, path, 'value');
  if (given === null) return nothing;
  return { kind: 'term', field: fieldName(given.name), values: [given.value], boost: given.boost };
}

export function terms(reading: Reading, body: unknown, path: string): Clause {
  const field = fieldBody(reading, body, path, ['execution', 'boost', 'minimum_should_match']);
  if (field === null || !isObject(body)) return nothing;
  if (body.minimum_should_match !== undefined) {
    fault(reading, pointer(path, 'minimum_should_match'), 'is not supported here');
  }
  const values = Array.isArray(field.value) ? field.value : null;
  if (values === null || !values.every(isScalar)) {
    fault(reading, field.at, 'is not a list of strings, numbers or booleans');
    return nothing;
  }
  if (values.length > mostTerms) fault(reading, field.at, `has more than ${mostTerms} values`);
  const name = fieldName(field.name);
  return {
    kind: 'constant',
    clause: { kind: 'term', field: name, values, boost: 1 },
    boost: numberAt(reading, body, 'boost', path) ?? 1,
  };
}

type MatchType = 'boolean' | 'phrase' | 'phrase_prefix';

export function match(reading: Reading, body: unknown, path: string, type: MatchType): Clause {
  const given = single(reading, body, path, 'query', ['operator', 'minimum_should_match', 'type']);
  if (given === null) return nothing;
  const at = given.at.endsWith('/query') ? given.at.slice(0, -6) : given.at;
  const kind = oneOf(reading, given.options, 'type', at, ['boolean', 'phrase', 'phrase_prefix']) ?? type;
  const options = matchOptions(reading, given.options, at);
  return matchIn(reading, given.at, given.name, String(given.value), kind, {
    ...options,
    boost: given.boost,
  });
}

function matchOptions(reading: Reading, object: Json, path: string) {
  return {
    every: oneOf(reading, object, 'operator', path, ['and', 'or']) === 'and',
    minimum: integerAt(reading, object, 'minimum_should_match', path, -mostWords, mostWords),
  };
}

function matchIn(
  reading: Reading,
  at: string,
  name: string,
  text: string,
  type: MatchType,
  options: { every: boolean; minimum: number | undefined; boost: number },
): Clause {
  if (type === 'phrase') return phrase(reading, at, name, text, options.boost);
  if (type === 'phrase_prefix') return phrasePrefix(reading, at, name, text, options.boost);
  return words(reading, at, name, text, options);
}

const multiTypes = ['best_fields', 'most_fields', 'cross_fields', 'phrase', 'phrase_prefix'] as const;

export function multiMatch(reading: Reading, body: unknown, path: string): Clause {
  const object = objectAt(reading, body, path);
  if (object === null) return nothing;
  onlyKeys(reading, object, path, [
    'query',
    'fields',
    'type',
    'operator',
    'minimum_should_match',
    'use_dis_max',
    'boost',
    ...idle,
  ]);
  const text = object.query;
  if (!isScalar(text)) {
    fault(reading, pointer(path, 'query'), 'is not a string');
    return nothing;
  }
  const names =
    object.fields === undefined ? ['_all'] : textsAt(reading, object.fields, pointer(path, 'fields'));
  const type = oneOf(reading, object, 'type', path, multiTypes) ?? 'best_fields';
  const options = matchOptions(reading, object, path);
  const own = numberAt(reading, object, 'boost', path) ?? 1;
  const at = pointer(path, 'query');
  if (type === 'cross_fields') {
    // Each word may stand in another field.
    const parts = String(text)
      .split(/\s+/)
      .filter((word) => word !== '')
      .map((word) =>
        anyField(names, (name, boost) => words(reading, at, name, word, { every: true, boost: boost * own })),
      );
    const minimum = options.every ? parts.length : (options.minimum ?? 1);
    return bool({ should: parts, minimum });
  }
  const kind = type === 'phrase' || type === 'phrase_prefix' ? type : 'boolean';
  return anyField(names, (name, boost) =>
    matchIn(reading, at, name, String(text), kind, { ...options, boost: boost * own }),
  );
}

function stringOptions(reading: Reading, body: unknown, path: string, ignored: readonly string[]) {
  const object = objectAt(reading, body, path);
  if (object === null) return null;
  onlyKeys(reading, object, path, [
    'query',
    'default_field',
    'fields',
    'default_operator',
    'lenient',
    'boost',
    ...ignored,
    ...idle,
  ]);
  const text = object.query;
  if (!isScalar(text)) {
    fault(reading, pointer(path, 'query'), 'is not a string');
    return null;
  }
  if (String(text).length > mostText) {
    fault(reading, pointer(path, 'query'), `is longer than ${mostText} characters`);
    return null;
  }
  const names =
    object.fields === undefined
      ? [textAt(reading, object, 'default_field', path) ?? '_all']
      : textsAt(reading, object.fields, pointer(path, 'fields'));
  const every = oneOf(reading, object, 'default_operator', path, ['OR', 'AND']) === 'AND';
  booleanAt(reading, object, 'lenient', path);
  const boost = numberAt(reading, object, 'boost', path) ?? 1;
  return { text: String(text), options: { names, every }, at: pointer(path, 'query'), boost };
}

const mostText = 10_000;

const boosted = (clause: Clause, boost: number): Clause =>
  boost === 1 ? clause : bool({ must: [clause], boost });

export function queryString(reading: Reading, body: unknown, path: string): Clause {
  const given = stringOptions(reading, body, path, ['use_dis_max', 'analyze_wildcard']);
  if (given === null) return nothing;
  const { clause, fault: wrong } = readQueryString(reading, given.at, given.text, given.options);
  if (wrong !== null) fault(reading, given.at, `${wrong.message} (at character ${wrong.at})`);
  return boosted(clause, given.boost);
}

/** The same syntax; a text that does not follow it is read as plain words. */
export function simpleQueryString(reading: Reading, body: unknown, path: string): Clause {
  const given = stringOptions(reading, body, path, ['flags', 'analyze_wildcard', 'use_dis_max']);
  if (given === null) return nothing;
  const text = given.text.replace(/(^|\s)\|(?=\s|$)/g, '$1OR');
  const { clause, fault: wrong } = readQueryString(reading, given.at, text, given.options);
  return boosted(
    wrong === null ? clause : freeText(reading, given.at, given.text, given.options),
    given.boost,
  );
}

export function prefix(reading: Reading, body: unknown, path: string): Clause {
  const given = single(reading, body, path, 'value');
  if (given === null) return nothing;
  return pattern(reading, given.at, given.name, [...String(given.value).split(''), many], given.boost);
}

export function wildcard(reading: Reading, body: unknown, path: string): Clause {
  const given = single(reading, body, path, 'value');
  if (given === null) return nothing;
  return pattern(reading, given.at, given.name, globParts(String(given.value)), given.boost);
}

export function fuzzy(reading: Reading, body: unknown, path: string): Clause {
  const given = single(reading, body, path, 'value', ['fuzziness', 'prefix_length']);
  if (given === null) return nothing;
  const whole = fieldName(given.name).whole;
  const text = whole ? String(given.value) : fold(String(given.value));
  const fieldPath = given.at.endsWith('/value') ? given.at.slice(0, -6) : given.at;
  const { fuzziness } = given.options;
  const automatic = fuzziness === undefined || fuzziness === 'AUTO' || fuzziness === 'auto';
  const edits = automatic
    ? editsFor(text)
    : (integerAt(reading, given.options, 'fuzziness', fieldPath, 0, 2) ?? 0);
  const start = integerAt(reading, given.options, 'prefix_length', fieldPath, 0, 100) ?? 0;
  return similarTo({ reading, path: given.at }, given.name, text, edits, given.boost, start);
}
