export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** One repository as it is stored, served and searched (registry.md §1). Dates `YYYY-MM-DDTHH:MM:SSZ`. */
export interface RegistryRecord {
  /** 32 lower-case hexadecimal digits. */
  id: string;
  created_date: string;
  last_updated: string;
  version_created: string;
  ver: number;
  /** Valid by `checkRegister`; a tombstone is `{"deleted":<time>}`. */
  register: JsonObject;
  /** By name of the third party. */
  admin: Record<string, JsonObject>;
}

/** A record with its place in the order of all writes. */
export interface StoredRecord {
  record: RegistryRecord;
  seq: number;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isRecordId(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}

/** Objects of a list of the register; empty when there is none. */
export function entriesOf(parent: JsonObject | undefined, field: string): JsonObject[] {
  const value = parent?.[field];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** An object below another; empty when there is none. */
export function objectOf(parent: JsonObject | undefined, field: string): JsonObject {
  const value = parent?.[field];
  return isObject(value) ? value : {};
}

/** The text of a field, also of a number; null when there is none. */
export function textOf(parent: JsonObject | undefined, field: string): string | null {
  const value = parent?.[field];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
}

/** The strings of a list; empty when there is none. */
export function textsOf(parent: JsonObject | undefined, field: string): string[] {
  const value = parent?.[field];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** The record of the metadata entry that is the default. */
export function defaultMetadata(register: JsonObject): JsonObject {
  const entries = entriesOf(register, 'metadata');
  const entry = entries.find((one) => one.default === true) ?? entries[0];
  return objectOf(entry, 'record');
}
