import { isObject, type Json, type JsonObject, objectOf, textOf } from './json.ts';

type Naming = (entry: JsonObject) => (string | null)[];

/** What an entry of each list of the register is told by, the first that it has (specification `registry`, section 1.1). */
const naming: Record<string, Naming> = {
  metadata: (entry) => [textOf(entry, 'lang')],
  software: (entry) => [textOf(entry, 'name'), textOf(entry, 'url')],
  contact: (entry) => detail(entry, ['email', 'name']),
  organisation: (entry) => detail(entry, ['name', 'url']),
  policy: (entry) => [textOf(entry, 'policy_type'), textOf(entry, 'url')],
  api: (entry) => [join(textOf(entry, 'api_type'), textOf(entry, 'base_url'))],
  integration: (entry) => [join(textOf(entry, 'integrated_with'), textOf(entry, 'software'))],
  identifier: (entry) => [join(textOf(entry, 'scheme'), textOf(entry, 'value'))],
  relation: (entry) => [join(textOf(entry, 'type'), textOf(entry, 'target'))],
  classification: (entry) => [join(textOf(entry, 'scheme'), textOf(entry, 'code')), textOf(entry, 'term')],
  metadata_formats: (entry) => [textOf(entry, 'prefix')],
};

/** What tells an entry from the others of its list, in words; null when nothing does. */
export function entryKey(field: string, entry: Json): string | null {
  if (!isObject(entry)) return null;
  return naming[field]?.(entry).find((one) => one !== null) ?? null;
}

function detail(entry: JsonObject, fields: string[]): (string | null)[] {
  const details = objectOf(entry, 'details');
  return [...fields, 'id'].map((field) => textOf(details, field));
}

function join(one: string | null, other: string | null): string | null {
  const parts = [one, other].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' ');
}
