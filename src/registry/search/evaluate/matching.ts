import { addAll, type Bits, hasBit, keepCommon, listBits, setBit, takeAway } from '../bits.ts';
import type { BoolClause, Clause } from '../clause.ts';
import { distance } from '../location.ts';
import { addRecords } from './add-records.ts';
import { matchEverywhere } from './everywhere.ts';
import { allField, valuesThatFit } from './leaf-values.ts';
import { emptyBits, fieldOf, liveBits, type Place, placeAt } from './place.ts';

/** The documents a clause matches. The set is shared: copy before changing it. */
export function match(place: Place, clause: Clause): Bits {
  const known = place.matched.get(clause);
  if (known !== undefined) return known;
  const bits = find(place, clause);
  place.matched.set(clause, bits);
  return bits;
}

function find(place: Place, clause: Clause): Bits {
  switch (clause.kind) {
    case 'all':
      return liveBits(place);
    case 'none':
      return emptyBits(place);
    case 'bool':
      return findBool(place, clause);
    case 'best':
      return clause.clauses.reduce((bits, each) => addAll(bits, match(place, each)), emptyBits(place));
    case 'fields':
      return expand(place, clause).reduce((bits, each) => addAll(bits, match(place, each)), emptyBits(place));
    case 'constant':
      return match(place, clause.clause);
    case 'nested':
      return findNested(place, clause.path, clause.clause);
    case 'exists':
      return findExisting(place, clause.path);
    case 'ids':
      return findIds(place, clause.ids);
    case 'distance':
    case 'box':
      return findPlaces(place, clause);
    default: {
      if (clause.field.path === allField) return matchEverywhere(place, clause);
      const bits = emptyBits(place);
      const field = fieldOf(place, clause.field);
      if (field === undefined) return bits;
      for (const number of valuesThatFit(place, field, clause)) addRecords(bits, field, number);
      return bits;
    }
  }
}

const expansions = new WeakMap<Clause, { place: Place; clauses: Clause[] }>();

/** One clause for each field whose name fits. */
export function expand(place: Place, clause: Clause & { kind: 'fields' }): Clause[] {
  const known = expansions.get(clause);
  if (known?.place === place) return known.clauses;
  const clauses: Clause[] = [];
  for (const path of place.collection.fields.keys()) {
    if (clause.names.test(path)) clauses.push(clause.build(path));
  }
  expansions.set(clause, { place, clauses });
  return clauses;
}

function findBool(place: Place, clause: BoolClause): Bits {
  let bits: Bits | undefined;
  for (const each of [...clause.must, ...clause.filter]) {
    const matched = match(place, each);
    bits = bits === undefined ? matched.slice() : keepCommon(bits, matched);
  }
  if (clause.minimum > 0) {
    const enough = atLeast(place, clause.should, clause.minimum);
    bits = bits === undefined ? enough : keepCommon(bits, enough);
  }
  bits ??= liveBits(place);
  for (const each of clause.mustNot) takeAway(bits, match(place, each));
  return bits;
}

function atLeast(place: Place, clauses: readonly Clause[], minimum: number): Bits {
  const bits = emptyBits(place);
  if (minimum > clauses.length) return bits;
  if (minimum === 1) return clauses.reduce((all, each) => addAll(all, match(place, each)), bits);
  const counts = new Uint16Array(place.collection.documents.length);
  for (const each of clauses) {
    for (const slot of listBits(match(place, each))) {
      const count = (counts[slot] ?? 0) + 1;
      counts[slot] = count;
      if (count === minimum) setBit(bits, slot);
    }
  }
  return bits;
}

function findNested(place: Place, path: string, clause: Clause): Bits {
  const inner = placeAt(place, path);
  const bits = emptyBits(place);
  for (const member of listBits(match(inner, clause))) setBit(bits, inner.list?.holders[member] ?? 0);
  return bits;
}

function findExisting(place: Place, path: string): Bits {
  const bits = emptyBits(place);
  if (path === allField) return liveBits(place);
  if (path === 'location') {
    const { lat } = place.model;
    for (const slot of listBits(place.collection.live)) if (!Number.isNaN(lat[slot])) setBit(bits, slot);
    return bits;
  }
  const below = `${path}.`;
  for (const [name, field] of place.collection.fields) {
    if (name !== path && !name.startsWith(below)) continue;
    const { dense, sparse } = field.column;
    if (dense === undefined) for (const slot of sparse.keys()) setBit(bits, slot);
    else for (let slot = 0; slot < dense.length; slot++) if (dense[slot] !== 0) setBit(bits, slot);
  }
  return bits;
}

function findIds(place: Place, ids: readonly string[]): Bits {
  const bits = emptyBits(place);
  if (place.parent !== undefined) return bits;
  for (const id of ids) {
    const slot = place.model.slotOf.get(id);
    if (slot !== undefined) setBit(bits, slot);
  }
  return bits;
}

function findPlaces(place: Place, clause: Clause & { kind: 'distance' | 'box' }): Bits {
  const bits = emptyBits(place);
  if (place.parent !== undefined) return bits;
  const { lat: lats, lon: lons } = place.model;
  for (let slot = 0; slot < place.collection.documents.length; slot++) {
    const lat = lats[slot] ?? Number.NaN;
    const lon = lons[slot] ?? Number.NaN;
    if (!Number.isNaN(lat) && holds(clause, lat, lon) && hasBit(place.collection.live, slot))
      setBit(bits, slot);
  }
  return bits;
}

function holds(clause: Clause & { kind: 'distance' | 'box' }, lat: number, lon: number): boolean {
  if (clause.kind === 'box') {
    if (lat > clause.top || lat < clause.bottom) return false;
    // A box may cross the 180th meridian.
    return clause.left <= clause.right
      ? lon >= clause.left && lon <= clause.right
      : lon >= clause.left || lon <= clause.right;
  }
  const metres = distance(clause.from, { lat, lon });
  const { low, high } = clause;
  return (
    (low === null || (low.inclusive ? metres >= low.metres : metres > low.metres)) &&
    (high === null || (high.inclusive ? metres <= high.metres : metres < high.metres))
  );
}
