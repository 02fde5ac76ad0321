import { isObject, type Json, type JsonObject } from '../model/record.ts';
import { same } from '../model/same.ts';

export interface Difference {
  /** JSON pointer into the register. */
  path: string;
  /** Null: the record has nothing there. */
  have: Json;
  found: Json;
}

/** Where a proposed register says something else than the record does; what it does not mention does not differ. */
export function differences(have: JsonObject, found: JsonObject, path = ''): Difference[] {
  return Object.entries(found).flatMap(([name, value]) => {
    const at = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return between(have[name], value, at);
  });
}

function between(have: Json | undefined, found: Json, path: string): Difference[] {
  if (same(have, found)) return [];
  if (isObject(have) && isObject(found)) return differences(have, found, path);
  const areEntries = Array.isArray(have) && Array.isArray(found) && found.every(isObject);
  if (areEntries) return found.flatMap((entry, place) => between(have[place], entry, `${path}/${place}`));
  return [{ path, have: have ?? null, found }];
}
