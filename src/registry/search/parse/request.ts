import { everything } from '../clause.ts';
import type { Question } from '../question.ts';
import { readAggregations } from './aggregations.ts';
import { readClause } from './clauses.ts';
import { readFacets } from './facets.ts';
import {
  booleanAt,
  fault,
  integerAt,
  isObject,
  type Json,
  numberAt,
  onlyKeys,
  pointer,
  type Reading,
  type SearchFault,
  startReading,
  textsAt,
} from './faults.ts';
import { readSort } from './sort.ts';
import { readHighlight, readPartialFields, readSource } from './source.ts';
import { freeText } from './text.ts';

/** Parameters of `/query`, as they came; `source` (or `es`) is JSON text or the object itself. */
export interface SearchInput {
  q?: string | undefined;
  es?: unknown;
  source?: unknown;
  fields?: string | undefined;
  from?: string | number | undefined;
  size?: string | number | undefined;
}

export type ParsedQuery = { ok: true; query: Question } | { ok: false; errors: SearchFault[] };

const topLevel = ['id', 'created_date', 'last_updated', 'version_created', 'ver', 'register', 'admin'];
const mostHits = 10_000;
const mostFrom = 100_000;
const longestText = 10_000;

/**
 * Reads a search request, or names every fault of it: `path` is a JSON pointer into the query object, or the name of the
 * parameter.
 * @param now what `now` means in dates, epoch ms.
 */
export function parseQuery(input: SearchInput, now: number = Date.now()): ParsedQuery {
  const reading = startReading(now);
  const body = bodyOf(reading, input);
  const question = readBody(reading, body);
  if (input.es === undefined && input.source === undefined && input.q !== undefined) {
    if (input.q.length > longestText) fault(reading, 'q', `is longer than ${longestText} characters`);
    else question.query = freeText(reading, 'q', input.q);
  }
  const parameters: Json = { from: input.from, size: input.size };
  question.from = pageNumber(reading, parameters, 'from', mostFrom, '') ?? question.from;
  question.size = pageNumber(reading, parameters, 'size', mostHits, '') ?? question.size;
  question.topLevel = readTopLevel(reading, input.fields);
  return reading.faults.length > 0 ? { ok: false, errors: reading.faults } : { ok: true, query: question };
}

function bodyOf(reading: Reading, input: SearchInput): Json {
  const [name, given] = input.source === undefined ? ['es', input.es] : ['source', input.source];
  if (given === undefined) return {};
  let value = given;
  if (typeof given === 'string') {
    try {
      value = JSON.parse(given);
    } catch (error) {
      fault(
        reading,
        name,
        `is not JSON: ${error instanceof Error ? error.message.slice(0, 200) : 'unreadable'}`,
      );
      return {};
    }
  }
  if (isObject(value)) return value;
  fault(reading, typeof given === 'string' ? name : '', 'is not an object');
  return {};
}

const bodyKeys = [
  'query',
  'filter',
  'post_filter',
  'from',
  'size',
  'sort',
  '_source',
  'fields',
  'partial_fields',
  'facets',
  'aggs',
  'aggregations',
  'min_score',
  'highlight',
  'track_total_hits',
  'version',
  'explain',
  'timeout',
  'preference',
];

function readBody(reading: Reading, body: Json): Question {
  onlyKeys(reading, body, '', bodyKeys);
  if (booleanAt(reading, body, 'explain', '') === true) fault(reading, '/explain', 'is not supported');
  const clause = (key: string) =>
    body[key] === undefined ? null : readClause(reading, body[key], pointer('', key));
  if (body.filter !== undefined && body.post_filter !== undefined) {
    fault(reading, '/post_filter', 'is given beside filter, which means the same');
  }
  const aggregations = ['aggs', 'aggregations'].filter((key) => body[key] !== undefined);
  return {
    query: clause('query') ?? everything,
    postFilter: clause('filter') ?? clause('post_filter'),
    from: pageNumber(reading, body, 'from', mostFrom, '/') ?? 0,
    size: pageNumber(reading, body, 'size', mostHits, '/') ?? 10,
    sort: readSort(reading, body.sort, '/sort'),
    minScore: numberAt(reading, body, 'min_score', '') ?? null,
    source: readSource(reading, body._source, '/_source'),
    topLevel: null,
    fields: body.fields === undefined ? null : textsAt(reading, body.fields, '/fields'),
    partialFields: readPartialFields(reading, body.partial_fields, '/partial_fields'),
    highlight: readHighlight(reading, body.highlight, '/highlight'),
    facets: readFacets(reading, body.facets, '/facets'),
    aggregations:
      aggregations.length === 0
        ? null
        : aggregations.flatMap((key) => readAggregations(reading, body[key], pointer('', key))),
    now: reading.now,
  };
}

function pageNumber(
  reading: Reading,
  object: Json,
  key: string,
  most: number,
  prefix: '' | '/',
): number | undefined {
  const before = reading.faults.length;
  const number = integerAt(reading, object, key, '', 0, most);
  if (prefix === '') for (const each of reading.faults.slice(before)) each.path = key;
  return number;
}

function readTopLevel(reading: Reading, fields: string | undefined): string[] | null {
  if (fields === undefined || fields.trim() === '') return null;
  const names = fields.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !topLevel.includes(name));
  if (unknown.length > 0)
    fault(reading, 'fields', `has no ${unknown.join(', ')}; known: ${topLevel.join(', ')}`);
  return names;
}
