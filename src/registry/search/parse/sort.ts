import { fieldName } from '../clause.ts';
import type { SortKey } from '../question.ts';
import { fieldBody, idle } from './clauses.ts';
import { fault, isObject, type Json, oneOf, onlyKeys, pointer, type Reading } from './faults.ts';
import { pointAt, pointField } from './geo.ts';

const mostKeys = 16;

/** A field, `"f:desc"`, `{f: {order, …}}`, or a list of these. */
export function readSort(reading: Reading, value: unknown, path: string): SortKey[] {
  if (value === undefined) return [];
  const list = Array.isArray(value) ? value : [value];
  if (list.length > mostKeys) fault(reading, path, `has more than ${mostKeys} keys`);
  return list
    .slice(0, mostKeys)
    .flatMap((each, i) => readEach(reading, each, Array.isArray(value) ? pointer(path, i) : path));
}

function readEach(reading: Reading, value: unknown, path: string): SortKey[] {
  if (typeof value === 'string') {
    const [, name = value, order] = /^(.*):(asc|desc)$/.exec(value) ?? [];
    return key(reading, name, order === undefined ? {} : { order }, path);
  }
  if (!isObject(value)) {
    fault(reading, path, 'is neither a field nor an object');
    return [];
  }
  return Object.entries(value).flatMap(([name, options]) => {
    const at = pointer(path, name);
    if (typeof options === 'string') return key(reading, name, { order: options }, at);
    if (isObject(options)) return key(reading, name, options, at);
    fault(reading, at, 'is neither an order nor an object');
    return [];
  });
}

function key(reading: Reading, name: string, options: Json, path: string): SortKey[] {
  if (name === '_geo_distance') return byDistance(reading, options, path);
  onlyKeys(reading, options, path, ['order', 'missing', 'mode', 'ignore_unmapped', 'unmapped_type', ...idle]);
  const order = oneOf(reading, options, 'order', path, ['asc', 'desc']);
  if (name === '_score') return [{ by: 'score', descending: order !== 'asc' }];
  const descending = order === 'desc';
  if (name === '_id' || name === '_uid') return [{ by: 'id', descending }];
  const mode =
    oneOf(reading, options, 'mode', path, ['min', 'max', 'avg', 'sum']) ?? (descending ? 'max' : 'min');
  const missing = options.missing ?? '_last';
  if (typeof missing !== 'string' && typeof missing !== 'number' && typeof missing !== 'boolean') {
    fault(reading, pointer(path, 'missing'), 'is not _last, _first or a value');
    return [];
  }
  return [{ by: 'field', field: fieldName(name), descending, mode, missing }];
}

function byDistance(reading: Reading, options: Json, path: string): SortKey[] {
  const ignored = ['order', 'unit', 'mode', 'distance_type', 'ignore_unmapped'];
  const field = fieldBody(reading, options, path, ignored);
  if (field === null) return [];
  pointField(reading, field.name, field.at);
  const from = pointAt(reading, field.value, field.at);
  const descending = oneOf(reading, options, 'order', path, ['asc', 'desc']) === 'desc';
  return from === null ? [] : [{ by: 'distance', from, descending }];
}
