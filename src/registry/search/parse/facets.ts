import { type Clause, fieldName } from '../clause.ts';
import { mathematicsOf, spanOf, type Unit } from '../dates.ts';
import type { Scalar } from '../order.ts';
import type { CalendarInterval, Facet, Interval, Question, StatsOrder, TermsOrder } from '../question.ts';
import { compileRegexp } from '../regexp.ts';
import { readClause } from './clauses.ts';
import {
  booleanAt,
  fault,
  integerAt,
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
import { metresOf, pointAt, pointField, unitNames } from './geo.ts';

const mostFacets = 100;
/** An answer's lists end here, as its hits do. */
export const mostBuckets = 65_536;

export function readFacets(reading: Reading, value: unknown, path: string): Question['facets'] {
  if (value === undefined) return null;
  const object = objectAt(reading, value, path);
  if (object === null) return null;
  const entries = Object.entries(object);
  if (entries.length > mostFacets) fault(reading, path, `has more than ${mostFacets} facets`);
  return entries
    .slice(0, mostFacets)
    .flatMap(([name, body]) => readFacet(reading, name, body, pointer(path, name)));
}

type Reader = (reading: Reading, body: unknown, path: string) => Facet | null;

const beside = ['facet_filter', 'global', 'nested', 'scope', 'mode', 'cache_filter'];

function readFacet(
  reading: Reading,
  name: string,
  value: unknown,
  path: string,
): NonNullable<Question['facets']> {
  const object = objectAt(reading, value, path);
  if (object === null) return [];
  const types = Object.keys(object).filter((key) => !beside.includes(key));
  const [type] = types;
  if (type === undefined || types.length > 1) {
    fault(
      reading,
      path,
      types.length === 0 ? 'names no kind of facet' : `names more than one kind: ${types.join(', ')}`,
    );
    return [];
  }
  const reader = readers.get(type);
  if (reader === undefined) {
    fault(reading, pointer(path, type), `“${type}” is not a supported facet`);
    return [];
  }
  const facet = reader(reading, object[type], pointer(path, type));
  const filter: Clause | null =
    object.facet_filter === undefined
      ? null
      : readClause(reading, object.facet_filter, pointer(path, 'facet_filter'));
  const global = booleanAt(reading, object, 'global', path) ?? false;
  return facet === null ? [] : [{ name, facet, filter, global }];
}

const readers = new Map<string, Reader>([
  ['terms', termsFacet],
  ['range', rangeFacet],
  ['statistical', statisticalFacet],
  ['terms_stats', termsStatsFacet],
  ['histogram', histogramFacet],
  ['date_histogram', dateHistogramFacet],
  ['geo_distance', geoFacet],
  ['query', (reading, body, path) => ({ type: 'query', clause: readClause(reading, body, path) })],
  ['filter', (reading, body, path) => ({ type: 'filter', clause: readClause(reading, body, path) })],
]);

/** 0 is all there are. */
function sizeAt(reading: Reading, object: Json, path: string): number {
  const size = integerAt(reading, object, 'size', path, 0, 2 ** 31 - 1) ?? 10;
  return size === 0 ? mostBuckets : Math.min(size, mostBuckets);
}

/** Clients leave keys of their own in here, which are ignored. */
function termsFacet(reading: Reading, body: unknown, path: string): Facet | null {
  const object = objectAt(reading, body, path);
  if (object === null) return null;
  const names = fieldNames(reading, object, path);
  const orders: readonly TermsOrder[] = ['count', 'term', 'reverse_count', 'reverse_term'];
  const regex = textAt(reading, object, 'regex', path);
  return {
    type: 'terms',
    fields: names.map(fieldName),
    size: sizeAt(reading, object, path),
    order: oneOf(reading, object, 'order', path, orders) ?? 'count',
    exclude:
      object.exclude === undefined
        ? []
        : scalars(reading, object.exclude, pointer(path, 'exclude')).map(String),
    pattern: regex === undefined ? null : regexpAt(reading, regex, pointer(path, 'regex')),
    allTerms: booleanAt(reading, object, 'all_terms', path) ?? false,
  };
}

export function scalars(reading: Reading, value: unknown, path: string): Scalar[] {
  const list = Array.isArray(value) ? value : [value];
  const found = list.filter(
    (each) => typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean',
  );
  if (found.length !== list.length) fault(reading, path, 'is not a list of values');
  return found;
}

export function regexpAt(reading: Reading, text: string, path: string): ((text: string) => boolean) | null {
  const read = compileRegexp(text);
  if (read.ok) return read.test;
  fault(reading, path, read.message);
  return null;
}

function fieldNames(reading: Reading, object: Json, path: string): string[] {
  if (object.fields !== undefined) return textsAt(reading, object.fields, pointer(path, 'fields'));
  // 0.90 took a list as `field` too.
  if (object.field !== undefined) return textsAt(reading, object.field, pointer(path, 'field'));
  fault(reading, path, 'names no field');
  return [];
}

function rangeFacet(reading: Reading, body: unknown, path: string): Facet | null {
  const object = objectAt(reading, body, path);
  if (object === null) return null;
  const named = object.field ?? object.key_field;
  const [first] = Object.entries(object);
  const name = named === undefined ? first?.[0] : named;
  if (typeof name !== 'string') {
    fault(reading, path, 'names no field');
    return null;
  }
  if (named === undefined) onlyKeys(reading, object, path, [name]);
  else onlyKeys(reading, object, path, ['field', 'key_field', 'value_field', 'ranges']);
  const at = pointer(path, named === undefined ? name : 'ranges');
  const valueField = textAt(reading, object, 'value_field', path) ?? name;
  const given = named === undefined ? object[name] : object.ranges;
  const ranges = intervals(reading, given, at, serverDates.has(name) ? 'dates' : 'either');
  const dates = serverDates.has(name) || ranges.some(({ given }) => isDate(given.from) || isDate(given.to));
  return { type: 'range', field: fieldName(name), valueField: fieldName(valueField), ranges, dates };
}

const isDate = (value: Scalar | undefined) => typeof value === 'string' && Number.isNaN(Number(value));

const serverDates: ReadonlySet<string> = new Set(['created_date', 'last_updated', 'version_created']);

/** What the ends of ranges may be. As `dates`, a string of four digits is a year; as `either`, a number. */
type Ends = 'numbers' | 'either' | 'dates';

/** `[{from, to, key?}]`: numbers, strings of digits or (where allowed) dates. */
export function intervals(reading: Reading, value: unknown, path: string, ends: Ends): Interval[] {
  if (!Array.isArray(value)) {
    fault(reading, path, 'is not a list of ranges');
    return [];
  }
  if (value.length > 1000) fault(reading, path, 'has more than 1000 ranges');
  return value.slice(0, 1000).flatMap((each, i) => {
    const at = pointer(path, i);
    const object = objectAt(reading, each, at);
    if (object === null) return [];
    onlyKeys(reading, object, at, ['from', 'to', 'key']);
    const [from, to] = [endAt(reading, object, 'from', at, ends), endAt(reading, object, 'to', at, ends)];
    const given: Interval['given'] = {};
    if (from !== null) given.from = object.from as Scalar;
    if (to !== null) given.to = object.to as Scalar;
    return [{ key: textAt(reading, object, 'key', at) ?? null, from, to, given }];
  });
}

function endAt(reading: Reading, object: Json, key: string, path: string, ends: Ends): number | null {
  const value = object[key];
  if (value === undefined || value === null) return null;
  const date =
    ends !== 'numbers' && typeof value === 'string'
      ? (mathematicsOf(value, reading.now) ?? spanOf(value))
      : null;
  if (ends === 'dates' && date !== null) return date.first;
  const number =
    typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')
      ? Number(value)
      : Number.NaN;
  if (Number.isFinite(number)) return number;
  if (date !== null) return date.first;
  fault(
    reading,
    pointer(path, key),
    ends === 'numbers' ? 'is not a number' : 'is neither a number nor a date',
  );
  return null;
}

function statisticalFacet(reading: Reading, body: unknown, path: string): Facet | null {
  const object = objectAt(reading, body, path);
  if (object === null) return null;
  onlyKeys(reading, object, path, ['field', 'fields']);
  return { type: 'statistical', fields: fieldNames(reading, object, path).map(fieldName) };
}

const statsOrders: readonly StatsOrder[] = [
  'count',
  'term',
  'reverse_count',
  'reverse_term',
  'total',
  'reverse_total',
  'mean',
  'reverse_mean',
  'min',
  'reverse_min',
  'max',
  'reverse_max',
];

function termsStatsFacet(reading: Reading, body: unknown, path: string): Facet | null {
  const object = objectAt(reading, body, path);
  if (object === null) return null;
  onlyKeys(reading, object, path, ['key_field', 'value_field', 'size', 'order']);
  const key = textAt(reading, object, 'key_field', path);
  const value = textAt(reading, object, 'value_field', path);
  if (key === undefined || value === undefined) {
    fault(reading, path, 'needs key_field and value_field');
    return null;
  }
  const order = oneOf(reading, object, 'order', path, statsOrders) ?? 'count';
  return {
    type: 'terms_stats',
    keyField: fieldName(key),
    valueField: fieldName(value),
    size: sizeAt(reading, object, path),
    order,
  };
}

function histogramFacet(reading: Reading, body: unknown, path: string): Facet | null {
  const object = objectAt(reading, body, path);
  if (object === null) return null;
  onlyKeys(reading, object, path, ['field', 'interval']);
  const [name = ''] = fieldNames(reading, object, path);
  const interval = intervalAt(reading, object, path);
  return { type: 'histogram', field: fieldName(name), interval };
}

export function intervalAt(reading: Reading, object: Json, path: string): number {
  const interval = numberAt(reading, object, 'interval', path);
  if (interval !== undefined && interval > 0) return interval;
  if (interval !== undefined || object.interval === undefined)
    fault(reading, pointer(path, 'interval'), 'is not a number above 0');
  return 1;
}

function dateHistogramFacet(reading: Reading, body: unknown, path: string): Facet | null {
  const object = objectAt(reading, body, path);
  if (object === null) return null;
  onlyKeys(reading, object, path, ['field', 'interval']);
  const [name = ''] = fieldNames(reading, object, path);
  return {
    type: 'date_histogram',
    field: fieldName(name),
    interval: calendarAt(reading, object, 'interval', path),
  };
}

const calendar = new Map<string, Unit | 'q'>([
  ['year', 'y'],
  ['quarter', 'q'],
  ['month', 'M'],
  ['week', 'w'],
  ['day', 'd'],
  ['hour', 'h'],
  ['minute', 'm'],
  ['1y', 'y'],
  ['1q', 'q'],
  ['1M', 'M'],
  ['1w', 'w'],
  ['1d', 'd'],
  ['1h', 'h'],
  ['1m', 'm'],
]);

export function calendarAt(reading: Reading, object: Json, key: string, path: string): CalendarInterval {
  const value = object[key];
  const unit = typeof value === 'string' ? calendar.get(value) : undefined;
  if (unit !== undefined) return { amount: 1, unit };
  fault(reading, pointer(path, key), 'is not one of year, quarter, month, week, day, hour');
  return { amount: 1, unit: 'y' };
}

function geoFacet(reading: Reading, body: unknown, path: string): Facet | null {
  const object = objectAt(reading, body, path);
  if (object === null) return null;
  const names = Object.keys(object).filter((key) => !['unit', 'ranges', 'distance_type'].includes(key));
  const [name] = names;
  if (name === undefined || names.length > 1) {
    fault(reading, path, 'names not exactly one point');
    return null;
  }
  pointField(reading, name, pointer(path, name));
  const from = pointAt(reading, object[name], pointer(path, name));
  // The facet's usual unit is the kilometre.
  const unit = metresOf(oneOf(reading, object, 'unit', path, unitNames) ?? 'km');
  const ranges = intervals(reading, object.ranges, pointer(path, 'ranges'), 'numbers');
  return from === null ? null : { type: 'geo_distance', from, unit, ranges };
}
