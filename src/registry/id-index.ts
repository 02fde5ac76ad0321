/** Which records have a key, such as an address. Most keys have one record: its bare id. */
export function createIdIndex() {
  const idsByKey = new Map<string, string | Set<string>>();
  return {
    add(key: string, id: string): void {
      const ids = idsByKey.get(key);
      if (ids === undefined) idsByKey.set(key, id);
      else if (typeof ids !== 'string') ids.add(id);
      else if (ids !== id) idsByKey.set(key, new Set([ids, id]));
    },
    remove(key: string, id: string): void {
      const ids = idsByKey.get(key);
      if (typeof ids === 'object') ids.delete(id);
      if (ids === id || (typeof ids === 'object' && ids.size === 0)) idsByKey.delete(key);
    },
    /** Sorted. */
    idsOf(key: string): string[] {
      const ids = idsByKey.get(key) ?? [];
      return typeof ids === 'string' ? [ids] : [...ids].sort();
    },
  };
}
