import { type Clause, type DistanceEnd, nothing } from '../clause.ts';
import type { Point } from '../location.ts';
import { fieldBody, idle } from './clauses.ts';
import {
  booleanAt,
  fault,
  isObject,
  type Json,
  objectAt,
  oneOf,
  onlyKeys,
  pointer,
  type Reading,
} from './faults.ts';

/** Metres. */
const units: Record<string, number> = {
  m: 1,
  meters: 1,
  km: 1000,
  kilometers: 1000,
  mi: 1609.344,
  miles: 1609.344,
  yd: 0.9144,
  ft: 0.3048,
  nmi: 1852,
};

export const unitNames = Object.keys(units);

export const metresOf = (unit: string): number => units[unit] ?? 1;

const pointShape = /^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*$/;

/** `[lon,lat]`, `{lat,lon}` or `"lat,lon"`. */
export function pointAt(reading: Reading, value: unknown, path: string): Point | null {
  let lat: unknown;
  let lon: unknown;
  if (Array.isArray(value) && value.length === 2) [lon, lat] = value;
  else if (isObject(value)) ({ lat, lon } = value);
  else if (typeof value === 'string') [, lat, lon] = pointShape.exec(value) ?? [];
  const point = { lat: degrees(lat), lon: degrees(lon) };
  if (Math.abs(point.lat) <= 90 && Math.abs(point.lon) <= 180) return point;
  fault(reading, path, 'is not a point: [lon,lat], {lat,lon} or "lat,lon"');
  return null;
}

const degrees = (value: unknown): number =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')
    ? Number(value)
    : Number.NaN;

/** The only point of a record is `location`. */
export function pointField(reading: Reading, name: string, at: string): void {
  if (name !== 'location')
    fault(reading, at, `“${name}” is not a point; the point of a record is “location”`);
}

/** A number (metres, or in the unit given) or a number with its unit. */
function metresAt(reading: Reading, object: Json, key: string, path: string, unit: number): number | null {
  const value = object[key];
  const [, digits, name = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/.exec(String(value)) ?? [];
  const factor = name === '' ? unit : units[name];
  if (
    (typeof value === 'string' || typeof value === 'number') &&
    digits !== undefined &&
    factor !== undefined
  ) {
    return Number(digits) * factor;
  }
  fault(reading, pointer(path, key), `is not a distance: a number with ${unitNames.join(', ')}`);
  return null;
}

const options = [
  'unit',
  'distance_type',
  'optimize_bbox',
  'boost',
  'normalize',
  'ignore_unmapped',
  'validation_method',
];
const ends = ['from', 'to', 'gt', 'gte', 'lt', 'lte', 'include_lower', 'include_upper'];

export function geoDistance(reading: Reading, body: unknown, path: string): Clause {
  const object = objectAt(reading, body, path);
  const field = object && fieldBody(reading, body, path, ['distance', ...options, ...ends]);
  if (!object || !field) return nothing;
  pointField(reading, field.name, field.at);
  const from = pointAt(reading, field.value, field.at);
  const unit = metresOf(oneOf(reading, object, 'unit', path, unitNames) ?? 'm');
  const lower = booleanAt(reading, object, 'include_lower', path) ?? true;
  const upper = booleanAt(reading, object, 'include_upper', path) ?? true;
  const bound = (keys: readonly [string, boolean][]): DistanceEnd | null => {
    const given = keys.find(([key]) => object[key] !== undefined && object[key] !== null);
    const metres = given === undefined ? null : metresAt(reading, object, given[0], path, unit);
    return given === undefined || metres === null ? null : { metres, inclusive: given[1] };
  };
  const low = bound([
    ['gt', false],
    ['gte', true],
    ['from', lower],
  ]);
  const high = bound([
    ['distance', true],
    ['lt', false],
    ['lte', true],
    ['to', upper],
  ]);
  const any = ['distance', 'gt', 'gte', 'lt', 'lte', 'from', 'to'].some((key) => object[key] !== undefined);
  if (!any) fault(reading, path, 'has no distance');
  return from === null ? nothing : { kind: 'distance', from, low, high };
}

export function geoBox(reading: Reading, body: unknown, path: string): Clause {
  const field = fieldBody(reading, body, path, ['type', ...options]);
  const box = field && objectAt(reading, field.value, field.at);
  if (!field || !box) return nothing;
  pointField(reading, field.name, field.at);
  onlyKeys(reading, box, field.at, [
    'top_left',
    'bottom_right',
    'top_right',
    'bottom_left',
    'top',
    'left',
    'bottom',
    'right',
    ...idle,
  ]);
  const corner = (key: string) =>
    box[key] === undefined ? null : pointAt(reading, box[key], pointer(field.at, key));
  const [topLeft, bottomRight] = [corner('top_left'), corner('bottom_right')];
  const [topRight, bottomLeft] = [corner('top_right'), corner('bottom_left')];
  const top = topLeft?.lat ?? topRight?.lat ?? degrees(box.top);
  const bottom = bottomRight?.lat ?? bottomLeft?.lat ?? degrees(box.bottom);
  const left = topLeft?.lon ?? bottomLeft?.lon ?? degrees(box.left);
  const right = bottomRight?.lon ?? topRight?.lon ?? degrees(box.right);
  if ([top, bottom, left, right].some(Number.isNaN)) {
    fault(reading, field.at, 'is not a box: two opposite corners, or top, left, bottom and right');
    return nothing;
  }
  return { kind: 'box', top, bottom, left, right };
}
