import type { FieldName } from '../clause.ts';
import type { Glob } from '../glob.ts';
import type { Question, SourceFilter } from '../question.ts';

type Json = Record<string, unknown>;

const always = ['id', 'created_date', 'last_updated', 'version_created'];

/** What of a record a hit carries: `_source`, or `fields` where the request names paths. */
export function partsOf(record: object, question: Question): { _source?: unknown; fields?: Json } {
  const parts: { _source?: unknown; fields?: Json } = {};
  const instead = question.fields !== null || question.partialFields.length > 0;
  if (question.source !== false && (!instead || question.source !== null)) {
    let source: unknown = record;
    if (question.topLevel !== null) source = pick(record, [...always, ...question.topLevel]);
    parts._source = question.source === null ? source : filterSource(source, question.source);
  }
  if (instead) {
    const fields: Json = {};
    for (const path of question.fields ?? []) {
      const values = valuesAt(record, path);
      if (values.length > 0) fields[path] = values;
    }
    for (const { name, filter } of question.partialFields) fields[name] = filterSource(record, filter);
    parts.fields = fields;
  }
  return parts;
}

function pick(record: object, names: readonly string[]): Json {
  return Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)));
}

/** The values at a dotted path through lists, in the order of the record; an object is a value of its own. */
export function valuesAt(record: unknown, path: string): unknown[] {
  const found = walk(record, path.split('.'));
  if (found.length > 0) return found;
  const whole = path.replace(/\.(exact|keyword)$/, '');
  return whole === path ? [] : walk(record, whole.split('.'));
}

export const stringsAt = (record: unknown, name: FieldName): string[] =>
  valuesAt(record, name.path).filter((value) => typeof value === 'string');

function walk(value: unknown, names: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((member) => walk(member, names));
  if (value === undefined || value === null) return [];
  const [name, ...rest] = names;
  if (name === undefined) return [value];
  return typeof value === 'object' && Object.hasOwn(value, name) ? walk((value as Json)[name], rest) : [];
}

/** Keeps what a pattern names or what lies below it; what is left empty goes. */
export function filterSource(source: unknown, filter: SourceFilter): unknown {
  if (filter === false) return {};
  if (filter.includes.length === 0 && filter.excludes.length === 0) return source;
  return keep(source, '', filter.includes, filter.excludes, filter.includes.length === 0) ?? {};
}

function keep(
  value: unknown,
  path: string,
  includes: readonly Glob[],
  excludes: readonly Glob[],
  included: boolean,
): unknown {
  if (path !== '') {
    if (excludes.some((glob) => glob.test(path))) return undefined;
    included ||= includes.some((glob) => glob.test(path));
  }
  if (Array.isArray(value)) {
    const members = value.map((member) => keep(member, path, includes, excludes, included));
    const kept = members.filter((member) => member !== undefined);
    return kept.length === 0 && !included ? undefined : kept;
  }
  if (typeof value !== 'object' || value === null) return included ? value : undefined;
  const kept: Json = {};
  for (const [name, below] of Object.entries(value)) {
    const part = keep(below, path === '' ? name : `${path}.${name}`, includes, excludes, included);
    if (part !== undefined) kept[name] = part;
  }
  return Object.keys(kept).length === 0 && !included && path !== '' ? undefined : kept;
}
