import type { TransactionSql } from 'postgres';
import { bestId, isPersistent, kindOf } from '../identifiers/index.ts';
import { keyOf } from './keys.ts';
import * as store from './resolver.store.ts';

/** A work joined into another: `from` is gone, its identifiers answer for `to`. */
export interface WorkJoin {
  from: number;
  to: number;
}

/** `identifier` belongs to the work `keptBy`, and a group of the work `claimedBy` names it too. */
export interface Conflict {
  group: number;
  identifier: string;
  keptBy: number;
  claimedBy: number;
}

export interface ResolveOptions {
  /** Stops before the second group that joins works: what came before it can be applied as it was before the join. */
  untilJoin?: boolean;
}

interface Flags {
  doi: boolean;
  persistent: boolean;
}

/** The work that an identifier leads to, where it is known. */
type WorkOf = (id: string) => number | undefined;

/** Places the groups that name something new or several works, one after the other, and says what to write. */
export async function planGroups(
  tx: TransactionSql,
  groups: readonly (readonly string[])[],
  hard: number[],
  workOf: WorkOf,
  keys: ReadonlyMap<string, string>,
  { untilJoin = false }: ResolveOptions,
) {
  const flags = await loadFlags(tx, groups, hard, workOf);
  const parent = new Map<number, number>();
  const claims = new Map<string, number>();
  const placed = new Map<number, number>();
  const touched = new Set<number>();
  const created: number[] = [];
  const conflicts: Conflict[] = [];
  let taken = groups.length;
  let mayJoin = true;
  let isStopped = false;
  let placeholders = 0;
  let reserved: number[] = [];

  const final = (work: number): number => {
    let current = work;
    for (let next = parent.get(current); next !== undefined; next = parent.get(current)) current = next;
    return current;
  };
  const owner = (id: string): number | undefined => {
    const work = claims.get(id) ?? workOf(id);
    return work === undefined ? undefined : final(work);
  };
  const flagsOf = (work: number): Flags => {
    const known = flags.get(work);
    if (known === undefined) throw new Error(`work ${work} has identifiers but no row`);
    return known;
  };
  const create = (): number => {
    const work = reserved[placeholders++];
    if (work === undefined) throw new Error('fewer works were reserved than groups need');
    created.push(work);
    flags.set(work, { doi: false, persistent: false });
    return work;
  };
  /** Joins two works if the rules allow it; the older one stays. */
  const join = (a: number, b: number): number | null => {
    if (a === b) return a;
    const left = flagsOf(a);
    const right = flagsOf(b);
    if (left.doi && right.doi) return null;
    if (!mayJoin) {
      isStopped = true;
      return null;
    }
    const [from, to] = a < b ? [b, a] : [a, b];
    parent.set(from, to);
    flags.set(to, { doi: left.doi || right.doi, persistent: left.persistent || right.persistent });
    touched.add(to);
    return to;
  };

  // At most one new work a group.
  reserved = await store.takeWorkIds(tx, hard.length);
  for (const index of hard) {
    const group = groups[index] ?? [];
    mayJoin = !untilJoin || index === 0;
    const persistent = group.filter(isPersistent);
    const urls = group.filter((id) => !isPersistent(id));
    // A DOI that nobody has yet is of a work of its own, not of one with another DOI.
    const dois = persistent.filter((id) => kindOf(id) === 'doi');
    const newDoi = dois.length > 0 && dois.every((id) => owner(id) === undefined);
    const ownerOf = (id: string): number | undefined => {
      const other = owner(id);
      return other === undefined || (newDoi && flagsOf(other).doi) ? undefined : other;
    };
    let work = ownerOf(bestOwned(persistent, ownerOf) ?? '') ?? null;
    for (const id of persistent) {
      const other = ownerOf(id);
      if (other === undefined || work === null) continue;
      work = join(work, other) ?? work;
    }
    for (const url of urls) {
      const other = owner(url);
      if (other === undefined) continue;
      // Where this group has persistent identifiers, its work has them too.
      const mayLead = persistent.length === 0 || !flagsOf(other).persistent;
      if (work === null) work = mayLead ? other : null;
      else if (mayLead && (!flagsOf(work).persistent || !flagsOf(other).persistent))
        work = join(work, other) ?? work;
    }
    if (isStopped) {
      taken = index;
      break;
    }
    work ??= create();
    for (const id of group) {
      const holder = owner(id);
      if (holder !== undefined) {
        if (holder !== final(work) && flagsOf(holder).doi && isPersistent(id))
          conflicts.push({ group: index, identifier: id, keptBy: holder, claimedBy: work });
        continue;
      }
      claims.set(id, work);
      touched.add(work);
      const known = flagsOf(work);
      flags.set(work, {
        doi: known.doi || kindOf(id) === 'doi',
        persistent: known.persistent || isPersistent(id),
      });
    }
    placed.set(index, work);
  }
  const joins = [...parent.keys()].map((from) => ({ from, to: final(from) }));
  const isNew = new Set(created);

  async function write(transaction: TransactionSql, at: Date): Promise<void> {
    const rows = [...claims].map(([value, work]) => ({
      key: keys.get(value) ?? keyOf(value),
      value,
      workId: final(work),
    }));
    const newWorks = created.filter((work) => final(work) === work);
    const idsOf = new Map<number, string[]>();
    for (const row of rows) {
      const ids = idsOf.get(row.workId);
      if (ids === undefined) idsOf.set(row.workId, [row.value]);
      else ids.push(row.value);
    }
    if (newWorks.length > 0) {
      await store.insertWorks(
        transaction,
        newWorks.map((work) => described(work, idsOf.get(work) ?? [])),
        at,
      );
    }
    if (rows.length > 0) await store.insertIdentifiers(transaction, rows);
    const oldJoins = joins.filter((pair) => !isNew.has(pair.from));
    if (oldJoins.length > 0) await store.joinWorks(transaction, oldJoins);
    const changed = [...new Set([...touched].map(final))].filter((work) => !isNew.has(work));
    if (changed.length > 0) await describeAgain(transaction, changed, at);
  }
  return {
    placed,
    claims: new Map([...claims].map(([id, work]) => [id, final(work)])),
    created,
    taken,
    conflicts,
    joins: joins.filter((pair) => !isNew.has(pair.from)),
    final,
    write,
  };
}

/** The first identifier, best kind first, that a work owns already. */
function bestOwned(ids: string[], owner: (id: string) => number | undefined): string | undefined {
  return bestId(ids.filter((id) => owner(id) !== undefined)) ?? undefined;
}

async function loadFlags(
  tx: TransactionSql,
  groups: readonly (readonly string[])[],
  hard: number[],
  workOf: WorkOf,
): Promise<Map<number, Flags>> {
  const works = new Set<number>();
  for (const index of hard) {
    for (const id of groups[index] ?? []) {
      const work = workOf(id);
      if (work !== undefined) works.add(work);
    }
  }
  if (works.size === 0) return new Map();
  const rows = await store.findFlags(tx, [...works]);
  return new Map(rows.map((row) => [row.work_id, { doi: row.has_doi, persistent: row.has_persistent_id }]));
}

function described(workId: number, ids: string[]): store.NewWork {
  return {
    workId,
    canonicalId: bestId(ids) ?? '',
    hasDoi: ids.some((id) => kindOf(id) === 'doi'),
    hasPersistentId: ids.some(isPersistent),
  };
}

async function describeAgain(tx: TransactionSql, workIds: number[], at: Date): Promise<void> {
  const idsOf = new Map<number, string[]>();
  for (const row of await store.listIdentifiers(tx, workIds)) {
    const ids = idsOf.get(row.work_id);
    if (ids === undefined) idsOf.set(row.work_id, [row.value]);
    else ids.push(row.value);
  }
  await store.updateCanonical(
    tx,
    workIds.map((work) => described(work, idsOf.get(work) ?? [])),
    at,
  );
}
