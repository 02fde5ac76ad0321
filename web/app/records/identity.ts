import { entriesOf, type JsonObject, objectOf, textOf } from '../differences/json.ts';

/** The record of the metadata entry that is the default. */
export function defaultMetadata(register: JsonObject): JsonObject {
  const entries = entriesOf(register, 'metadata');
  return objectOf(entries.find((entry) => entry.default === true) ?? entries[0], 'record');
}

/** Languages in which the record describes the repository, the default one first. */
export function languagesOf(register: JsonObject): string[] {
  const entries = entriesOf(register, 'metadata');
  const sorted = [...entries].sort(
    (one, other) => Number(other.default === true) - Number(one.default === true),
  );
  return sorted.map((entry) => textOf(entry, 'lang') ?? '').filter((lang) => lang !== '');
}

/** The id of the record that `info:oarr:<id>` names; null when it names none. */
export function recordIdOf(uri: string | null): string | null {
  return /^info:oarr:([0-9a-f]{32})$/.exec(uri ?? '')?.[1] ?? null;
}

/** Only these become links: a `javascript:` address in a record from somewhere must stay text. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s]+$/i.test(text) && URL.canParse(text);
}
