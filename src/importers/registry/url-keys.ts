import type { Json, JsonObject } from '../../client/index.ts';
import { urlKey } from '../../identifiers/index.ts';

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The addresses of a repository's home page, one for each language that has one. */
export function homePagesOf(register: JsonObject): string[] {
  const entries: Json[] = Array.isArray(register.metadata) ? register.metadata : [];
  return entries.flatMap((entry) => {
    const record = isObject(entry) ? entry.record : undefined;
    const url = isObject(record) ? record.url : undefined;
    return typeof url === 'string' ? [url] : [];
  });
}

/** By which two home pages are taken for one. */
export const keysOf = (register: JsonObject): string[] =>
  homePagesOf(register).flatMap((url) => urlKey(url) ?? []);
