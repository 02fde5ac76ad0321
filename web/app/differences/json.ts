import type { Json, JsonObject } from 'almanac/client';

export type { Json, JsonObject };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Objects of a list; empty when there is none. */
export function entriesOf(parent: JsonObject | undefined, field: string): JsonObject[] {
  const value = parent?.[field];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function objectOf(parent: JsonObject | undefined, field: string): JsonObject {
  const value = parent?.[field];
  return isObject(value) ? value : {};
}

/** The text of a field, also of a number or yes and no; null when there is none. */
export function textOf(parent: JsonObject | undefined, field: string): string | null {
  const value = parent?.[field];
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The strings of a list, or the one string that stands instead of a list. */
export function textsOf(parent: JsonObject | undefined, field: string): string[] {
  const value = parent?.[field];
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
