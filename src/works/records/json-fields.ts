/** A fault of a JSON body; `path` as in `publications[2].authors[0].orcid`, counting from 0. */
export interface JsonFault {
  path: string;
  message: string;
}

/** Typed access to the fields of one JSON object; what has another type is noted as a fault and read as absent. `null` is absent. */
export interface JsonFields {
  /** Path of a field, for notes. */
  pathOf(name: string): string;
  /** Text, trimmed; null when absent or empty. */
  text(name: string): string | null;
  flag(name: string): boolean;
  texts(name: string): string[];
  /** An object below. */
  object(name: string): JsonFields | null;
  objects(name: string): JsonFields[];
  /** Names of fields other than those given. */
  others(known: readonly string[]): string[];
}

/** Begins reading `value` at `path`; null, and a fault, when it is no object. */
export function jsonFields(value: unknown, path: string, faults: JsonFault[]): JsonFields | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    faults.push({ path, message: 'must be an object' });
    return null;
  }
  const fields = new Map<string, unknown>(Object.entries(value));
  const pathOf = (name: string) => `${path}.${name}`;

  function listOf<T>(name: string, read: (item: unknown, itemPath: string) => T | null): T[] {
    const found = fields.get(name) ?? [];
    if (!Array.isArray(found)) {
      faults.push({ path: pathOf(name), message: 'must be an array' });
      return [];
    }
    return found.flatMap((item: unknown, at) => {
      const result = read(item, `${pathOf(name)}[${at}]`);
      return result === null ? [] : [result];
    });
  }

  function textAt(found: unknown, itemPath: string): string | null {
    if (typeof found !== 'string') {
      faults.push({ path: itemPath, message: 'must be a string' });
      return null;
    }
    // PostgreSQL stores neither; JSON can write both.
    if (!found.isWellFormed() || found.includes('\0')) {
      faults.push({ path: itemPath, message: 'must be valid Unicode without the character U+0000' });
      return null;
    }
    return found.trim();
  }

  return {
    pathOf,
    text: (name) => (fields.get(name) == null ? null : textAt(fields.get(name), pathOf(name)) || null),
    flag(name) {
      const found = fields.get(name) ?? false;
      if (typeof found === 'boolean') return found;
      faults.push({ path: pathOf(name), message: 'must be true or false' });
      return false;
    },
    texts: (name) => listOf(name, textAt),
    object: (name) => (fields.get(name) == null ? null : jsonFields(fields.get(name), pathOf(name), faults)),
    objects: (name) => listOf(name, (item, itemPath) => jsonFields(item, itemPath, faults)),
    others: (known) => [...fields.keys()].filter((name) => !known.includes(name)),
  };
}
