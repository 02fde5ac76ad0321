import type { PublicationAuthor } from '../publication.ts';

/** A person of a record; `scholar` when at least one of the places that name the person makes them a scholar of the work. */
export interface NamedPerson extends PublicationAuthor {
  scholar: boolean;
}

interface Joined extends Omit<NamedPerson, 'ids'> {
  order: number;
  ids: Set<string>;
}

/**
 * Joins names of one record that share any id: they are one person, with all the ids, named as the first of them
 * (specification `usage` §5.4). Names without an id in common stay apart, however alike. Order is kept.
 */
export function joinSamePeople(people: readonly NamedPerson[]): NamedPerson[] {
  const joinedPeople = new Set<Joined>();
  const byId = new Map<string, Joined>();
  for (const [order, { name, ids, scholar }] of people.entries()) {
    const person = { name, order, ids: new Set(ids), scholar };
    const known = new Set(ids.flatMap((id) => byId.get(id) ?? []));
    const joined = known.size === 0 ? person : joinAll([...known, person]);
    for (const each of known) joinedPeople.delete(each);
    joinedPeople.add(joined);
    // Of what `joined` held already nothing changes, so only the ids that came to it are looked at.
    for (const each of [...known, person]) {
      if (each !== joined || each === person) for (const id of each.ids) byId.set(id, joined);
    }
  }
  const firstSeen = new Map([...new Set(people.flatMap((person) => person.ids))].map((id, at) => [id, at]));
  return [...joinedPeople]
    .sort((a, b) => a.order - b.order)
    .map(({ name, ids, scholar }) => ({ name, ids: inOrderOf(firstSeen, ids), scholar }));
}

/** The smaller sets of ids move into the largest: a chain of 20,000 names must not be copied 20,000 times. */
function joinAll(parts: Joined[]): Joined {
  const [largest, ...smaller] = parts.sort((a, b) => b.ids.size - a.ids.size || a.order - b.order);
  const first = parts.reduce((a, b) => (b.order < a.order ? b : a));
  if (!largest) return first;
  const { name, order } = first;
  const scholar = parts.some((part) => part.scholar);
  for (const part of smaller) for (const id of part.ids) largest.ids.add(id);
  return Object.assign(largest, { name, order, scholar });
}

function inOrderOf(firstSeen: ReadonlyMap<string, number>, ids: ReadonlySet<string>): string[] {
  return [...ids].sort((a, b) => (firstSeen.get(a) ?? 0) - (firstSeen.get(b) ?? 0));
}
