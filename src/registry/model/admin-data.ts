import type { Fault } from '../../platform/http/index.ts';
import { escaped } from './body.ts';
import { parseTime } from './dates.ts';
import { isObject, type Json, type JsonObject } from './record.ts';
import { isWebAddress } from './scalars.ts';

const mostBytes = 64 * 1024;

/**
 * Faults of a third party's own data (registry.md §2): an object of at most 64 KiB that fits the schema the third party
 * registered, when it has one.
 */
export function adminFaults(data: unknown, schema: JsonObject | null, path: string): Fault[] {
  if (!isObject(data)) return [{ path, message: 'must be an object' }];
  // Before anything that walks the value by calling itself.
  if (isDeeperThan(data, deepest)) return [{ path, message: `is nested deeper than ${deepest}` }];
  const bytes = Buffer.byteLength(JSON.stringify(data));
  if (bytes > mostBytes) return [{ path, message: `is larger than ${mostBytes} bytes` }];
  if (!isStorable(data))
    return [{ path, message: 'contains a null character, half a character or a number too large' }];
  // `{}` takes the data away, whatever the schema requires.
  if (schema === null || Object.keys(data).length === 0) return [];
  const faults: Fault[] = [];
  judge(
    data,
    'additionalProperties' in schema ? schema : { ...schema, additionalProperties: false },
    path,
    faults,
  );
  return faults.slice(0, 1_000);
}

const deepest = 64;

function isDeeperThan(value: Json, most: number): boolean {
  let level: Json[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}

/** PostgreSQL takes neither U+0000 nor lone surrogates; JSON has no infinity, which is what `1e999` is read as. */
function isStorable(value: Json): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'string') return !value.includes('\u0000') && value.isWellFormed();
  if (Array.isArray(value)) return value.every(isStorable);
  if (!isObject(value)) return true;
  return Object.entries(value).every(([name, inner]) => isStorable(name) && isStorable(inner));
}

type Judge = (value: Json, wanted: Json, at: string, faults: Fault[], schema: JsonObject) => void;

const types: Record<string, (value: Json) => boolean> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
};

const formats: Record<string, (text: string) => boolean> = {
  date: (text) => parseTime(text) !== null && !text.includes('T'),
  'date-time': (text) =>
    /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}/.test(text) && Number.isFinite(Date.parse(text)),
  email: (text) => /^[^\s@]+@[^\s@]+$/.test(text),
  uri: (text) => URL.canParse(text),
  url: isWebAddress,
  uuid: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
};

/** The keywords a registered schema may use, and what each judges. */
const keywords: Record<string, Judge> = {
  type(value, wanted, path, faults) {
    const names = [wanted].flat();
    if (!names.some((name) => types[String(name)]?.(value))) {
      faults.push({ path, message: `must be of type ${names.join(' or ')}` });
    }
  },
  enum(value, wanted, path, faults) {
    const values = [wanted].flat();
    const text = JSON.stringify(value);
    if (!values.some((one) => JSON.stringify(one) === text))
      faults.push({
        path,
        message: `must be one of: ${values.map((one) => JSON.stringify(one)).join(', ')}`,
      });
  },
  required(value, wanted, path, faults) {
    if (!isObject(value)) return;
    for (const name of [wanted].flat()) {
      if (!Object.hasOwn(value, String(name)))
        faults.push({ path: `${path}/${escaped(String(name))}`, message: 'is required' });
    }
  },
  properties(value, wanted, path, faults) {
    if (!isObject(value) || !isObject(wanted)) return;
    for (const [name, schema] of Object.entries(wanted)) {
      const inner = Object.hasOwn(value, name) ? value[name] : undefined;
      if (inner !== undefined && isObject(schema)) judge(inner, schema, `${path}/${escaped(name)}`, faults);
    }
  },
  additionalProperties(value, wanted, path, faults, schema) {
    if (!isObject(value) || wanted === true) return;
    const known = isObject(schema.properties) ? schema.properties : {};
    for (const [name, inner] of Object.entries(value)) {
      if (Object.hasOwn(known, name)) continue;
      const at = `${path}/${escaped(name)}`;
      if (isObject(wanted)) judge(inner, wanted, at, faults);
      else faults.push({ path: at, message: 'is not a field of the registered schema' });
    }
  },
  items(value, wanted, path, faults) {
    if (!Array.isArray(value) || !isObject(wanted)) return;
    for (const [place, inner] of value.entries()) judge(inner, wanted, `${path}/${place}`, faults);
  },
  pattern(value, wanted, path, faults) {
    if (typeof value === 'string' && !new RegExp(String(wanted), 'u').test(value))
      faults.push({ path, message: `does not match ${String(wanted)}` });
  },
  format(value, wanted, path, faults) {
    if (typeof value === 'string' && formats[String(wanted)]?.(value) === false)
      faults.push({ path, message: `must have the format ${String(wanted)}` });
  },
  minimum(value, wanted, path, faults) {
    if (typeof value === 'number' && value < Number(wanted))
      faults.push({ path, message: `must be at least ${String(wanted)}` });
  },
  maximum(value, wanted, path, faults) {
    if (typeof value === 'number' && value > Number(wanted))
      faults.push({ path, message: `must be at most ${String(wanted)}` });
  },
};

function judge(value: Json, schema: JsonObject, path: string, faults: Fault[]): void {
  for (const [keyword, wanted] of Object.entries(schema)) {
    keywords[keyword]?.(value, wanted, path, faults, schema);
  }
}

const annotations = new Set(['$schema', '$id', '$comment', 'title', 'description', 'default', 'examples']);

/** What is wrong with a schema somebody wants to register; null when it can be used. */
export function schemaFault(schema: unknown, path = ''): string | null {
  if (!isObject(schema)) return `${path || 'the schema'} must be an object`;
  for (const [keyword, wanted] of Object.entries(schema)) {
    const at = `${path}/${keyword}`;
    if (annotations.has(keyword)) continue;
    if (!Object.hasOwn(keywords, keyword))
      return `${at} is not a keyword that is taken; taken: ${Object.keys(keywords).join(', ')}`;
    const fault = keywordFault(keyword, wanted, at);
    if (fault !== null) return fault;
  }
  return null;
}

function keywordFault(keyword: string, wanted: Json, at: string): string | null {
  switch (keyword) {
    case 'type':
      return [wanted].flat().every((name) => typeof name === 'string' && Object.hasOwn(types, name))
        ? null
        : `${at} must name types of JSON`;
    case 'properties': {
      if (!isObject(wanted)) return `${at} must be an object`;
      for (const [name, inner] of Object.entries(wanted)) {
        const fault = schemaFault(inner, `${at}/${escaped(name)}`);
        if (fault !== null) return fault;
      }
      return null;
    }
    case 'items':
      return schemaFault(wanted, at);
    case 'additionalProperties':
      return typeof wanted === 'boolean' ? null : schemaFault(wanted, at);
    case 'required':
      return Array.isArray(wanted) && wanted.every((name) => typeof name === 'string')
        ? null
        : `${at} must be a list of names`;
    case 'enum':
      return Array.isArray(wanted) ? null : `${at} must be a list`;
    case 'minimum':
    case 'maximum':
      return typeof wanted === 'number' ? null : `${at} must be a number`;
    case 'format':
      return typeof wanted === 'string' && Object.hasOwn(formats, wanted)
        ? null
        : `${at} must be one of: ${Object.keys(formats).join(', ')}`;
    default:
      return isPattern(wanted) ? null : `${at} must be a regular expression`;
  }
}

function isPattern(wanted: Json): boolean {
  try {
    return typeof wanted === 'string' && new RegExp(wanted, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
