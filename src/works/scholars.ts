// Pure: which ids are one scholar. The scholars are the connected parts of the graph of author ids (specification §5.4).

/** Ids that one name carries in one record. */
export interface IdSet {
  ids: string[];
}

/** Groups ids that are joined, directly or through others. Each id stands in exactly one group; groups are sorted. */
export function connectedIds(sets: readonly IdSet[]): string[][] {
  const parent = new Map<string, string>();
  const root = (id: string): string => {
    let current = id;
    for (let next = parent.get(current); next !== undefined && next !== current; next = parent.get(current))
      current = next;
    return current;
  };
  for (const { ids } of sets) {
    const [first] = ids;
    if (first === undefined) continue;
    for (const id of ids) {
      if (!parent.has(id)) parent.set(id, id);
      const a = root(first);
      const b = root(id);
      if (a !== b) parent.set(b, a);
    }
  }
  const groups = new Map<string, string[]>();
  for (const id of parent.keys()) {
    const top = root(id);
    const group = groups.get(top);
    if (group === undefined) groups.set(top, [id]);
    else group.push(id);
  }
  return [...groups.values()]
    .map((group) => group.sort(compareScholarIds))
    .sort((a, b) => compareScholarIds(a[0] ?? '', b[0] ?? ''));
}

const order = ['orcid:', 'isni:', 'dai:'];

/** Which of a scholar's ids is canonical: ORCID, ISNI, DAI, an own id, the name; then the lesser text. */
export function compareScholarIds(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}

function rank(id: string): number {
  if (id.startsWith('name:')) return order.length + 1;
  const known = order.findIndex((prefix) => id.startsWith(prefix));
  return known === -1 ? order.length : known;
}
