import { fieldName } from '../clause.ts';
import type { Scalar } from '../order.ts';
import type { Aggregation, NamedAggregation } from '../question.ts';
import { readClause } from './clauses.ts';
import { calendarAt, intervalAt, intervals, mostBuckets, regexpAt, scalars } from './facets.ts';
import {
  booleanAt,
  fault,
  integerAt,
  isObject,
  type Json,
  objectAt,
  oneOf,
  onlyKeys,
  pointer,
  type Reading,
  textAt,
} from './faults.ts';
import { metresOf, pointAt, unitNames } from './geo.ts';
import { readSort } from './sort.ts';
import { readSource } from './source.ts';

const deepest = 5;
const mostAggregations = 100;

type Reader = (reading: Reading, body: Json, path: string) => Aggregation | null;

/** Reads `aggs`; `total` counts them over all levels. */
export function readAggregations(
  reading: Reading,
  value: unknown,
  path: string,
  depth = 1,
  total = { count: 0 },
): NamedAggregation[] {
  const object = objectAt(reading, value, path);
  if (object === null) return [];
  if (depth > deepest) {
    fault(reading, path, `is more than ${deepest} aggregations deep`);
    return [];
  }
  return Object.entries(object).flatMap(([name, body]) => {
    total.count++;
    if (total.count === mostAggregations + 1)
      fault(reading, path, `makes more than ${mostAggregations} aggregations`);
    if (total.count > mostAggregations) return [];
    return readOne(reading, name, body, pointer(path, name), depth, total);
  });
}

function readOne(
  reading: Reading,
  name: string,
  value: unknown,
  path: string,
  depth: number,
  total: { count: number },
): NamedAggregation[] {
  const object = objectAt(reading, value, path);
  if (object === null) return [];
  const types = Object.keys(object).filter((key) => !['aggs', 'aggregations', 'meta'].includes(key));
  const [type] = types;
  if (type === undefined || types.length > 1) {
    fault(
      reading,
      path,
      types.length === 0 ? 'names no kind of aggregation' : `names more than one kind: ${types.join(', ')}`,
    );
    return [];
  }
  const below = ['aggs', 'aggregations']
    .filter((key) => object[key] !== undefined)
    .flatMap((key) => readAggregations(reading, object[key], pointer(path, key), depth + 1, total));
  const reader = readers.get(type);
  if (reader === undefined) {
    fault(reading, pointer(path, type), `“${type}” is not a supported aggregation`);
    return [];
  }
  const at = pointer(path, type);
  // `filter` and `filters` may be lists; all others are objects.
  const body = objectAt(reading, object[type], at);
  const aggregation = body && reader(reading, body, at);
  if (aggregation?.type === 'terms') {
    for (const { by } of aggregation.order) {
      const [first = ''] = by.split(/[.>]/);
      if (by === '_count' || by === '_key' || below.some((each) => each.name === first)) continue;
      fault(reading, pointer(at, 'order'), `“${by}” is neither _count, _key nor an aggregation below`);
    }
  }
  if (metrics.has(type) && below.length > 0) fault(reading, path, 'a metric cannot hold aggregations');
  return aggregation ? [{ name, aggregation, below }] : [];
}

const metric =
  (
    type: (Aggregation & { field: unknown })['type'] &
      ('min' | 'max' | 'avg' | 'sum' | 'stats' | 'value_count' | 'cardinality'),
  ): Reader =>
  (reading, body, path) => {
    onlyKeys(reading, body, path, type === 'cardinality' ? ['field', 'precision_threshold'] : ['field']);
    return { type, field: fieldName(fieldAt(reading, body, path)) };
  };

const metrics = new Set(['min', 'max', 'avg', 'sum', 'stats', 'value_count', 'cardinality', 'top_hits']);

function fieldAt(reading: Reading, body: Json, path: string): string {
  const name = textAt(reading, body, 'field', path);
  if (name === undefined && body.field === undefined) fault(reading, path, 'names no field');
  return name ?? '';
}

const readers = new Map<string, Reader>([
  ['terms', terms],
  ['filter', (reading, body, path) => ({ type: 'filter', clause: readClause(reading, body, path) })],
  ['filters', filters],
  ['missing', missing],
  ['range', (reading, body, path) => range(reading, body, path, false)],
  ['date_range', (reading, body, path) => range(reading, body, path, true)],
  ['histogram', histogram],
  ['date_histogram', dateHistogram],
  ['geo_distance', geoDistance],
  ['global', global],
  ['nested', nested],
  ['reverse_nested', reverseNested],
  ['min', metric('min')],
  ['max', metric('max')],
  ['avg', metric('avg')],
  ['sum', metric('sum')],
  ['stats', metric('stats')],
  ['value_count', metric('value_count')],
  ['cardinality', metric('cardinality')],
  ['top_hits', topHits],
]);

function terms(reading: Reading, body: Json, path: string): Aggregation {
  onlyKeys(reading, body, path, [
    'field',
    'size',
    'order',
    'min_doc_count',
    'missing',
    'include',
    'exclude',
    'shard_size',
    'execution_hint',
    'collect_mode',
    'show_term_doc_count_error',
  ]);
  const size = integerAt(reading, body, 'size', path, 0, 2 ** 31 - 1) ?? 10;
  const [missing = null] =
    body.missing === undefined ? [] : scalars(reading, body.missing, pointer(path, 'missing'));
  return {
    type: 'terms',
    field: fieldName(fieldAt(reading, body, path)),
    size: size === 0 ? mostBuckets : Math.min(size, mostBuckets),
    order: order(reading, body.order, pointer(path, 'order')),
    leastCount: integerAt(reading, body, 'min_doc_count', path, 0, 2 ** 31 - 1) ?? 1,
    missing,
    include: choice(reading, body.include, pointer(path, 'include')),
    exclude: choice(reading, body.exclude, pointer(path, 'exclude')),
  };
}

/** A list of values, or an expression that the whole value has to fit. */
function choice(reading: Reading, value: unknown, path: string): ((value: Scalar) => boolean) | null {
  if (value === undefined) return null;
  const text = isObject(value) ? value.pattern : value;
  if (typeof text === 'string') {
    const test = regexpAt(reading, text, path);
    return test && ((each) => test(String(each)));
  }
  const listed = new Set(scalars(reading, value, path).map(String));
  return (each) => listed.has(String(each));
}

function order(reading: Reading, value: unknown, path: string): { by: string; descending: boolean }[] {
  if (value === undefined) return [{ by: '_count', descending: true }];
  return (Array.isArray(value) ? value : [value]).flatMap((each) =>
    Object.entries(objectAt(reading, each, path) ?? {}).map(([by, direction]) => {
      if (direction !== 'asc' && direction !== 'desc')
        fault(reading, pointer(path, by), 'is not asc or desc');
      return { by: by === '_term' ? '_key' : by, descending: direction === 'desc' };
    }),
  );
}

function filters(reading: Reading, body: Json, path: string): Aggregation | null {
  onlyKeys(reading, body, path, ['filters']);
  const at = pointer(path, 'filters');
  const given = body.filters;
  if (Array.isArray(given)) {
    return {
      type: 'filters',
      names: null,
      clauses: given.map((each, i) => readClause(reading, each, pointer(at, i))),
    };
  }
  const object = objectAt(reading, given, at);
  if (object === null) return null;
  const names = Object.keys(object);
  return {
    type: 'filters',
    names,
    clauses: names.map((name) => readClause(reading, object[name], pointer(at, name))),
  };
}

function range(reading: Reading, body: Json, path: string, dates: boolean): Aggregation {
  onlyKeys(reading, body, path, ['field', 'ranges', 'keyed', ...(dates ? ['format'] : [])]);
  return {
    type: 'range',
    field: fieldName(fieldAt(reading, body, path)),
    ranges: intervals(reading, body.ranges, pointer(path, 'ranges'), dates ? 'dates' : 'numbers'),
    keyed: booleanAt(reading, body, 'keyed', path) ?? false,
    dates,
    format: formatAt(reading, body, path),
  };
}

/** Letters of the usual date formats. */
function formatAt(reading: Reading, body: Json, path: string): string | null {
  const format = textAt(reading, body, 'format', path);
  if (format === undefined) return null;
  if (format !== 'epoch_millis' && !/^(?:yyyy|MM|dd|HH|mm|ss|'[^']*'|[-/.: _])+$/.test(format)) {
    fault(reading, pointer(path, 'format'), 'is not made of yyyy, MM, dd, HH, mm, ss and signs between them');
  }
  return format;
}

function histogram(reading: Reading, body: Json, path: string): Aggregation {
  onlyKeys(reading, body, path, ['field', 'interval', 'min_doc_count', 'keyed']);
  return {
    type: 'histogram',
    field: fieldName(fieldAt(reading, body, path)),
    interval: intervalAt(reading, body, path),
    leastCount: integerAt(reading, body, 'min_doc_count', path, 0, 2 ** 31 - 1) ?? 0,
    keyed: booleanAt(reading, body, 'keyed', path) ?? false,
  };
}

function dateHistogram(reading: Reading, body: Json, path: string): Aggregation {
  onlyKeys(reading, body, path, [
    'field',
    'interval',
    'calendar_interval',
    'format',
    'min_doc_count',
    'keyed',
  ]);
  const key = body.calendar_interval === undefined ? 'interval' : 'calendar_interval';
  return {
    type: 'date_histogram',
    field: fieldName(fieldAt(reading, body, path)),
    interval: calendarAt(reading, body, key, path),
    leastCount: integerAt(reading, body, 'min_doc_count', path, 0, 2 ** 31 - 1) ?? 0,
    format: formatAt(reading, body, path),
    keyed: booleanAt(reading, body, 'keyed', path) ?? false,
  };
}

function geoDistance(reading: Reading, body: Json, path: string): Aggregation | null {
  onlyKeys(reading, body, path, ['field', 'origin', 'unit', 'ranges', 'keyed', 'distance_type']);
  const name = fieldAt(reading, body, path);
  if (name !== 'location')
    fault(reading, pointer(path, 'field'), 'is not a point; the point of a record is “location”');
  const from = pointAt(reading, body.origin, pointer(path, 'origin'));
  const unit = metresOf(oneOf(reading, body, 'unit', path, unitNames) ?? 'm');
  const ranges = intervals(reading, body.ranges, pointer(path, 'ranges'), 'numbers');
  const keyed = booleanAt(reading, body, 'keyed', path) ?? false;
  return from === null ? null : { type: 'geo_distance', from, unit, ranges, keyed };
}

function nested(reading: Reading, body: Json, path: string): Aggregation | null {
  onlyKeys(reading, body, path, ['path']);
  const list = textAt(reading, body, 'path', path);
  if (list === undefined) fault(reading, path, 'names no path');
  return list === undefined ? null : { type: 'nested', path: list };
}

function missing(reading: Reading, body: Json, path: string): Aggregation {
  onlyKeys(reading, body, path, ['field']);
  return { type: 'missing', path: fieldName(fieldAt(reading, body, path)).path };
}

function global(reading: Reading, body: Json, path: string): Aggregation {
  onlyKeys(reading, body, path, []);
  return { type: 'global' };
}

function reverseNested(reading: Reading, body: Json, path: string): Aggregation {
  onlyKeys(reading, body, path, ['path']);
  return { type: 'reverse_nested', path: textAt(reading, body, 'path', path) ?? null };
}

function topHits(reading: Reading, body: Json, path: string): Aggregation {
  onlyKeys(reading, body, path, ['size', 'from', 'sort', '_source']);
  return {
    type: 'top_hits',
    size: integerAt(reading, body, 'size', path, 0, 100) ?? 3,
    from: integerAt(reading, body, 'from', path, 0, 10_000) ?? 0,
    sort: readSort(reading, body.sort, pointer(path, 'sort')),
    source: readSource(reading, body._source, pointer(path, '_source')),
  };
}
