import type { TransactionSql } from 'postgres';
import * as store from './entities.store.ts';
import { keyOf } from './keys.ts';
import { compareScholarIds, connectedIds } from './scholars.ts';

// People and organisations: which ids are one scholar, and whom a work's usage counts for.

export function scholarKey(id: string): string {
  return keyOf('scholar', id);
}

export function partnerKey(id: string): string {
  return keyOf('partner', id);
}

/**
 * Brings the scholars around some ids up to date after records changed: all ids of one name are one scholar, names that
 * share any id are one scholar. Answers the works whose scholars may be others now.
 */
export async function restateScholars(tx: TransactionSql, ids: readonly string[]): Promise<number[]> {
  if (ids.length === 0) return [];
  const asked = new Set(ids);
  const sets: { ids: string[] }[] = [];
  // Follow the graph outwards: from ids to the names that carry them, to the other ids of those names.
  for (let front = [...asked]; front.length > 0; ) {
    const found = await store.findIdSets(tx, front.map(scholarKey));
    sets.push(...found);
    front = [...new Set(found.flatMap((set) => set.ids))].filter((id) => !asked.has(id));
    for (const id of front) asked.add(id);
  }
  const groups = connectedIds(sets);
  const current = new Map<string, number>();
  const known = await store.findEntityIds(tx, [...asked].map(scholarKey));
  for (const row of known) current.set(row.value, row.entity_id);

  // The entity that the group's best id led to stays, unless a better group has it.
  const taken = new Set<number>();
  const placed = groups.map((group) => {
    const candidate = group
      .map((id) => current.get(id))
      .find((entity) => entity !== undefined && !taken.has(entity));
    if (candidate !== undefined) taken.add(candidate);
    return { ids: group, entityId: candidate };
  });
  const fresh = placed.filter((place) => place.entityId === undefined);
  const numbers =
    fresh.length === 0
      ? []
      : await store.insertEntities(
          tx,
          'scholar',
          fresh.map((p) => ({ id: p.ids[0] ?? '', name: null })),
        );
  for (const [index, place] of fresh.entries()) place.entityId = numbers[index];

  const moved: { key: string; value: string; entityId: number }[] = [];
  const described: { entityId: number; id: string }[] = [];
  for (const place of placed) {
    if (place.entityId === undefined) throw new Error('a scholar without a number');
    described.push({ entityId: place.entityId, id: place.ids.toSorted(compareScholarIds)[0] ?? '' });
    for (const id of place.ids) {
      if (current.get(id) !== place.entityId)
        moved.push({ key: scholarKey(id), value: id, entityId: place.entityId });
    }
  }
  if (moved.length > 0) await store.pointIds(tx, 'scholar', moved);
  const asserted = new Set(groups.flat());
  const orphaned = known.filter((row) => !asserted.has(row.value)).map((row) => row.key);
  if (orphaned.length > 0) await store.dropIds(tx, orphaned);
  if (described.length > 0) await store.describeScholars(tx, described);
  const before = new Set(known.map((row) => row.entity_id));
  const emptied = [...before].filter((entity) => !taken.has(entity));
  if (emptied.length > 0) {
    const left = new Set((await store.idsOfEntities(tx, emptied)).map((row) => row.entity_id));
    await store.dropEntities(
      tx,
      emptied.filter((entity) => !left.has(entity)),
    );
  }
  const movedKnown = moved.filter((row) => current.has(row.value));
  return movedKnown.length === 0
    ? []
    : store.worksWithAuthors(
        tx,
        movedKnown.map((row) => row.key),
      );
}

/** The entities of some partners, made where they are new; a name given replaces the one before. */
export async function partnerEntities(
  tx: TransactionSql,
  partners: ReadonlyMap<string, string | null>,
): Promise<Map<string, number>> {
  const entities = new Map<string, number>();
  const ids = [...partners.keys()];
  if (ids.length === 0) return entities;
  for (const row of await store.findEntityIds(tx, ids.map(partnerKey)))
    entities.set(row.value, row.entity_id);
  const fresh = ids.filter((id) => !entities.has(id));
  if (fresh.length > 0) {
    const numbers = await store.insertEntities(
      tx,
      'partner',
      fresh.map((id) => ({ id, name: partners.get(id) ?? null })),
    );
    for (const [index, id] of fresh.entries()) entities.set(id, numbers[index] ?? 0);
    await store.pointIds(
      tx,
      'partner',
      fresh.map((id) => ({ key: partnerKey(id), value: id, entityId: entities.get(id) ?? 0 })),
    );
  }
  const named = ids.flatMap((id) => {
    const name = partners.get(id);
    const entityId = entities.get(id);
    return name && entityId !== undefined ? [{ entityId, name }] : [];
  });
  if (named.length > 0) await store.nameEntities(tx, named);
  return entities;
}

/** Recomputes whom some works count for; answers the pairs of work and entity that came or went. */
export async function restateWorkEntities(
  tx: TransactionSql,
  workIds: number[],
): Promise<store.WorkEntity[]> {
  if (workIds.length === 0) return [];
  const pairs = await store.partnersOfWorks(tx, workIds);
  const entities = await partnerEntities(tx, new Map(pairs.map((pair) => [pair.partner_id, null])));
  return store.replaceWorkEntities(
    tx,
    workIds,
    pairs.map((pair) => ({ workId: pair.work_id, entityId: entities.get(pair.partner_id) ?? 0 })),
  );
}
