import { entryKey } from './entry-key.ts';
import { isObject, type Json, type JsonObject } from './json.ts';

/** A step into a register: the name of a field, or an entry of a list with what tells it from the others. */
export type Step = { field: string } | { entry: string };

export interface Difference {
  path: Step[];
  kind: 'added' | 'removed' | 'changed';
  before: Json | undefined;
  after: Json | undefined;
}

/**
 * What differs between two versions of a register, field by field. Entries of lists are matched by what they are about
 * (the language of metadata, the id of an organisation, the address of an API), so that one put in front of the others
 * is one addition and not a change of all.
 */
export function differencesBetween(before: JsonObject, after: JsonObject, path: Step[] = []): Difference[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields.flatMap((field) => between(before[field], after[field], [...path, { field }]));
}

function between(before: Json | undefined, after: Json | undefined, path: Step[]): Difference[] {
  if (isSame(before, after)) return [];
  if (before === undefined || after === undefined) return oneSided(before, after, path);
  if (isObject(before) && isObject(after)) return differencesBetween(before, after, path);
  if (isEntries(before) && isEntries(after)) return entriesBetween(before, after, path);
  return [{ path, kind: 'changed', before, after }];
}

/** A whole part that is new or gone is told by its entries, or it would be one unreadable block. */
function oneSided(before: Json | undefined, after: Json | undefined, path: Step[]): Difference[] {
  const there = before ?? after;
  if (there !== undefined && isEntries(there)) {
    return entriesBetween(before === undefined ? [] : there, after === undefined ? [] : there, path);
  }
  return [{ path, kind: before === undefined ? 'added' : 'removed', before, after }];
}

function entriesBetween(before: Json[], after: Json[], path: Step[]): Difference[] {
  const name = fieldName(path);
  const old = keyed(before, name);
  const fresh = keyed(after, name);
  const keys = [...new Set([...old.keys(), ...fresh.keys()])];
  return keys.flatMap((key) => {
    const at = [...path, { entry: key }];
    const [one, other] = [old.get(key), fresh.get(key)];
    if (one === undefined || other === undefined) {
      return [
        { path: at, kind: one === undefined ? 'added' : 'removed', before: one, after: other } as const,
      ];
    }
    return between(one, other, at);
  });
}

function keyed(entries: Json[], field: string): Map<string, Json> {
  const result = new Map<string, Json>();
  entries.forEach((entry, place) => {
    const key = entryKey(field, entry) ?? String(place + 1);
    result.set(result.has(key) ? `${key} (${place + 1})` : key, entry);
  });
  return result;
}

function fieldName(path: Step[]): string {
  const last = path.findLast((step) => 'field' in step);
  return last !== undefined && 'field' in last ? last.field : '';
}

const isEntries = (value: Json): value is Json[] =>
  Array.isArray(value) && value.length > 0 && value.every(isObject);

/** Order of names does not matter, order of lists does. */
export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((value, place) => isSame(value, other[place]));
  if (!isObject(one) || !isObject(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => isSame(one[name], other[name]));
}
