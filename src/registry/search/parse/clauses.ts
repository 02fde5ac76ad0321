import {
  allOf,
  anyOf,
  type BoolClause,
  bool,
  type Clause,
  everything,
  fieldName,
  nothing,
} from '../clause.ts';
import { boundOf } from './bounds.ts';
import {
  booleanAt,
  deepest,
  fault,
  integerAt,
  isObject,
  type Json,
  numberAt,
  objectAt,
  onlyKeys,
  pointer,
  type Reading,
  spendClause,
  textAt,
  textsAt,
} from './faults.ts';
import { geoBox, geoDistance } from './geo.ts';
import { atLeast } from './text.ts';
import {
  fuzzy,
  match,
  multiMatch,
  prefix,
  queryString,
  simpleQueryString,
  term,
  terms,
  wildcard,
} from './word-clauses.ts';

type Reader = (reading: Reading, body: unknown, path: string, depth: number) => Clause;

/** Keys of any clause that change nothing here. */
export const idle = ['_cache', '_cache_key', '_name'];

/** Reads one clause: an object with one key, its name. Faults go to the reading. */
export function readClause(reading: Reading, value: unknown, path: string, depth = 0): Clause {
  if (depth > deepest) {
    fault(reading, path, `is more than ${deepest} clauses deep`);
    return nothing;
  }
  const object = objectAt(reading, value, path);
  if (object === null || !spendClause(reading, path)) return nothing;
  const names = Object.keys(object).filter((key) => !idle.includes(key));
  const [name] = names;
  if (name === undefined || names.length > 1) {
    fault(
      reading,
      path,
      names.length === 0 ? 'holds no clause' : `holds more than one clause: ${names.join(', ')}`,
    );
    return nothing;
  }
  const at = pointer(path, name);
  const reader = readers.get(name);
  if (reader === undefined) {
    fault(reading, at, `“${name}” is not supported`);
    return nothing;
  }
  return reader(reading, object[name], at, depth);
}

const readers = new Map<string, Reader>([
  ['match_all', matchAll],
  ['match_none', matchNone],
  ['term', term],
  ['terms', terms],
  ['match', (reading, body, path) => match(reading, body, path, 'boolean')],
  ['match_phrase', (reading, body, path) => match(reading, body, path, 'phrase')],
  ['match_phrase_prefix', (reading, body, path) => match(reading, body, path, 'phrase_prefix')],
  ['multi_match', multiMatch],
  ['query_string', queryString],
  ['simple_query_string', simpleQueryString],
  ['prefix', prefix],
  ['wildcard', wildcard],
  ['fuzzy', fuzzy],
  ['ids', ids],
  ['range', range],
  ['exists', exists],
  ['missing', missing],
  ['bool', boolean],
  ['filtered', filtered],
  ['constant_score', constantScore],
  ['and', (reading, body, path, depth) => allOf(filters(reading, body, path, depth))],
  ['or', (reading, body, path, depth) => anyOf(filters(reading, body, path, depth))],
  ['not', not],
  ['query', (reading, body, path, depth) => readClause(reading, body, path, depth + 1)],
  ['nested', nested],
  ['geo_distance', geoDistance],
  ['geo_distance_range', geoDistance],
  ['geo_bounding_box', geoBox],
]);

function matchAll(reading: Reading, body: unknown, path: string): Clause {
  const object = objectAt(reading, body, path);
  if (object === null) return nothing;
  onlyKeys(reading, object, path, ['boost', ...idle]);
  return { kind: 'all', boost: numberAt(reading, object, 'boost', path) ?? 1 };
}

function matchNone(reading: Reading, body: unknown, path: string): Clause {
  const object = objectAt(reading, body, path);
  if (object !== null) onlyKeys(reading, object, path, ['boost', ...idle]);
  return nothing;
}

function ids(reading: Reading, body: unknown, path: string): Clause {
  const object = objectAt(reading, body, path);
  if (object === null) return nothing;
  onlyKeys(reading, object, path, ['values', 'type', 'boost', ...idle]);
  return { kind: 'ids', ids: textsAt(reading, object.values, pointer(path, 'values')) };
}

/** The one field of `{field: …}` beside keys that change nothing. */
export function fieldBody(
  reading: Reading,
  body: unknown,
  path: string,
  ignored: readonly string[] = [],
): { name: string; value: unknown; at: string } | null {
  const object = objectAt(reading, body, path);
  if (object === null) return null;
  const names = Object.keys(object).filter((key) => !idle.includes(key) && !ignored.includes(key));
  const [name] = names;
  if (name === undefined || names.length > 1) {
    fault(
      reading,
      path,
      names.length === 0 ? 'names no field' : `names more than one field: ${names.join(', ')}`,
    );
    return null;
  }
  return { name, value: object[name], at: pointer(path, name) };
}

function range(reading: Reading, body: unknown, path: string): Clause {
  const field = fieldBody(reading, body, path, ['execution']);
  const object = field && objectAt(reading, field.value, field.at);
  if (!field || !object) return nothing;
  const { at } = field;
  onlyKeys(reading, object, at, [
    'gt',
    'gte',
    'lt',
    'lte',
    'from',
    'to',
    'include_lower',
    'include_upper',
    'boost',
  ]);
  const bound = (keys: readonly [string, boolean][]) => {
    const given = keys.filter(([key]) => object[key] !== undefined && object[key] !== null);
    const [first] = given;
    if (first === undefined) return null;
    const [key, inclusive] = first;
    const value = object[key];
    if (given.length > 1)
      fault(reading, at, `gives the same end twice: ${given.map(([each]) => each).join(', ')}`);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      return boundOf(value, inclusive, reading.now);
    }
    fault(reading, pointer(at, key), 'is not a string or number');
    return null;
  };
  const lower = booleanAt(reading, object, 'include_lower', at) ?? true;
  const upper = booleanAt(reading, object, 'include_upper', at) ?? true;
  const low = bound([
    ['gt', false],
    ['gte', true],
    ['from', lower],
  ]);
  const high = bound([
    ['lt', false],
    ['lte', true],
    ['to', upper],
  ]);
  const boost = numberAt(reading, object, 'boost', at) ?? 1;
  return { kind: 'range', field: fieldName(field.name), low, high, boost };
}

function exists(reading: Reading, body: unknown, path: string): Clause {
  const object = objectAt(reading, body, path);
  if (object === null) return nothing;
  onlyKeys(reading, object, path, ['field', 'boost', ...idle]);
  return existing(reading, object, path);
}

function existing(reading: Reading, object: Json, path: string): Clause {
  const name = textAt(reading, object, 'field', path);
  if (name === undefined && object.field === undefined) fault(reading, path, 'names no field');
  return name === undefined ? nothing : { kind: 'exists', path: fieldName(name).path };
}

/** `null` is nowhere stored as a value, so that `null_value` adds nothing and `existence:false` matches nothing. */
function missing(reading: Reading, body: unknown, path: string): Clause {
  const object = objectAt(reading, body, path);
  if (object === null) return nothing;
  onlyKeys(reading, object, path, ['field', 'existence', 'null_value', ...idle]);
  booleanAt(reading, object, 'null_value', path);
  const clause = existing(reading, object, path);
  if (booleanAt(reading, object, 'existence', path) === false) return nothing;
  return bool({ mustNot: [clause] });
}

/** An object or a list of them. */
function list(reading: Reading, value: unknown, path: string, depth: number): Clause[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [readClause(reading, value, path, depth + 1)];
  return value.map((each, i) => readClause(reading, each, pointer(path, i), depth + 1));
}

function boolean(reading: Reading, body: unknown, path: string, depth: number): Clause {
  const object = objectAt(reading, body, path);
  if (object === null) return nothing;
  onlyKeys(reading, object, path, [
    'must',
    'should',
    'must_not',
    'filter',
    'minimum_should_match',
    'boost',
    ...idle,
  ]);
  const read = (key: string) => list(reading, object[key], pointer(path, key), depth);
  const [must, should, mustNot, filter] = [read('must'), read('should'), read('must_not'), read('filter')];
  const minimum = integerAt(reading, object, 'minimum_should_match', path, -mostWords, mostWords);
  const alone = must.length + filter.length === 0 && should.length > 0 ? 1 : 0;
  const clause: BoolClause = bool({
    must,
    should,
    mustNot,
    filter,
    minimum: minimum === undefined ? alone : atLeast(minimum, should.length),
    boost: numberAt(reading, object, 'boost', path) ?? 1,
  });
  return clause;
}

export const mostWords = 1024;

function filtered(reading: Reading, body: unknown, path: string, depth: number): Clause {
  const object = objectAt(reading, body, path);
  if (object === null) return nothing;
  onlyKeys(reading, object, path, ['query', 'filter', 'boost', 'strategy', ...idle]);
  const query =
    object.query === undefined
      ? everything
      : readClause(reading, object.query, pointer(path, 'query'), depth + 1);
  if (object.filter === undefined) return query;
  const filter = readClause(reading, object.filter, pointer(path, 'filter'), depth + 1);
  return bool({ must: [query], filter: [filter], boost: numberAt(reading, object, 'boost', path) ?? 1 });
}

function constantScore(reading: Reading, body: unknown, path: string, depth: number): Clause {
  const object = objectAt(reading, body, path);
  if (object === null) return nothing;
  onlyKeys(reading, object, path, ['query', 'filter', 'boost', ...idle]);
  const key = object.filter === undefined ? 'query' : 'filter';
  if (object.filter !== undefined && object.query !== undefined) {
    fault(reading, path, 'has both a query and a filter');
  }
  const clause = readClause(reading, object[key], pointer(path, key), depth + 1);
  return { kind: 'constant', clause, boost: numberAt(reading, object, 'boost', path) ?? 1 };
}

/** The 0.90 forms: a list, or `{filters:[…]}`. */
function filters(reading: Reading, body: unknown, path: string, depth: number): Clause[] {
  const wrapped = isObject(body) && body.filters !== undefined;
  if (wrapped) onlyKeys(reading, body, path, ['filters', ...idle]);
  const members = wrapped ? body.filters : body;
  const at = wrapped ? pointer(path, 'filters') : path;
  if (Array.isArray(members)) return list(reading, members, at, depth);
  fault(reading, at, 'is not a list of filters');
  return [];
}

function not(reading: Reading, body: unknown, path: string, depth: number): Clause {
  if (Array.isArray(body) || (isObject(body) && body.filters !== undefined)) {
    return bool({ mustNot: filters(reading, body, path, depth) });
  }
  if (isObject(body) && body.filter !== undefined) {
    onlyKeys(reading, body, path, ['filter', ...idle]);
    return bool({ mustNot: [readClause(reading, body.filter, pointer(path, 'filter'), depth + 1)] });
  }
  return bool({ mustNot: [readClause(reading, body, path, depth + 1)] });
}

function nested(reading: Reading, body: unknown, path: string, depth: number): Clause {
  const object = objectAt(reading, body, path);
  if (object === null) return nothing;
  onlyKeys(reading, object, path, ['path', 'query', 'filter', 'score_mode', '_scope', 'boost', ...idle]);
  const list = textAt(reading, object, 'path', path);
  if (list === undefined) {
    if (object.path === undefined) fault(reading, path, 'names no path');
    return nothing;
  }
  const clauses = ['query', 'filter']
    .filter((key) => object[key] !== undefined)
    .map((key) => readClause(reading, object[key], pointer(path, key), depth + 1));
  if (clauses.length === 0) fault(reading, path, 'has neither query nor filter');
  return { kind: 'nested', path: list, clause: allOf(clauses) };
}
