import type { TransactionSql } from 'postgres';
import { bestId, isPersistent, kindOf } from '../identifiers/index.ts';
import { keyOf } from './keys.ts';
import * as store from './resolver.store.ts';

/** A work joined into another: `from` is gone, its identifiers answer for `to`. */
export interface WorkJoin {
  from: number;
  to: number;
}

export interface Resolution {
  /** The work of each group of identifiers, in the order asked. */
  workIds: number[];
  /** Joins that the groups brought about; the catalogue's own rows have moved already. */
  joins: WorkJoin[];
  /** Works made for identifiers that nobody had named before. */
  created: number[];
  /** How many groups were placed; fewer than asked only with `untilJoin`. */
  taken: number;
  /** Groups that name an identifier of a work with another DOI: it stays with the work that had it first. */
  conflicts: Conflict[];
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

/** How many identifiers are remembered between batches: ~100 MB at 200 bytes each would be too much, 200,000 are 40 MB. */
const REMEMBERED = 200_000;

/**
 * Finds the work of each group of identifiers that one statement (an event, a record) says are the same document.
 *
 * Rules (specification `usage` §5.2, `events` §1): a shared persistent identifier joins works, but never two works that
 * both have a DOI; a shared URL joins only where one side has no persistent identifier of its own. What is claimed
 * already stays with the work that had it first. Unknown groups become new works.
 */
export function createResolver() {
  const remembered = new Map<string, number>();

  async function resolve(
    tx: TransactionSql,
    groups: readonly (readonly string[])[],
    at: Date,
    options: ResolveOptions = {},
  ): Promise<Resolution> {
    const workIds = new Array<number>(groups.length);
    const unknown = new Set<string>();
    for (const group of groups) for (const id of group) if (!remembered.has(id)) unknown.add(id);
    const keys = new Map([...unknown].map((id) => [id, keyOf(id)]));
    const found = await lookUp(tx, keys);
    const workOf = (id: string): number | undefined => remembered.get(id) ?? found.get(id);

    // Fast path: every identifier of a group leads to one and the same work.
    const hard: number[] = [];
    for (const [index, group] of groups.entries()) {
      const work = onlyWork(group, workOf);
      if (work === undefined) hard.push(index);
      else workIds[index] = work;
    }
    if (hard.length === 0) {
      remember(found);
      return { workIds, joins: [], created: [], taken: groups.length, conflicts: [] };
    }
    const plan = await planHard(tx, groups, hard, workOf, keys, options);
    for (const [index, work] of plan.placed) workIds[index] = work;
    await plan.write(tx, at);
    const final = (work: number): number => plan.final(work);
    for (const [index, work] of workIds.entries()) workIds[index] = final(work);
    if (plan.joins.length > 0) remembered.clear();
    else remember(new Map([...found, ...plan.claims]));
    return {
      workIds,
      joins: plan.joins,
      created: plan.created.filter((work) => final(work) === work),
      taken: plan.taken,
      conflicts: plan.conflicts.map((conflict) => ({
        ...conflict,
        keptBy: final(conflict.keptBy),
        claimedBy: final(conflict.claimedBy),
      })),
    };
  }

  async function lookUp(tx: TransactionSql, keys: ReadonlyMap<string, string>): Promise<Map<string, number>> {
    const found = new Map<string, number>();
    if (keys.size === 0) return found;
    const rows = await store.findIdentifiers(tx, [...keys.values()]);
    if (rows.length === 0) return found;
    const works = new Map(rows.map((row) => [row.key, row.work_id]));
    for (const [id, key] of keys) {
      const work = works.get(key);
      if (work !== undefined) found.set(id, work);
    }
    return found;
  }

  function remember(found: ReadonlyMap<string, number>): void {
    if (remembered.size + found.size > REMEMBERED) remembered.clear();
    if (found.size > REMEMBERED) return;
    for (const [id, work] of found) remembered.set(id, work);
  }

  /** The work of each identifier that has one. */
  async function find(tx: TransactionSql, ids: readonly string[]): Promise<Map<string, number>> {
    const known = new Map<string, number>();
    const unknown: string[] = [];
    for (const id of ids) {
      const work = remembered.get(id);
      if (work === undefined) unknown.push(id);
      else known.set(id, work);
    }
    const keys = new Map(unknown.map((id) => [id, keyOf(id)]));
    for (const [id, work] of await lookUp(tx, keys)) known.set(id, work);
    return known;
  }

  return { resolve, find, forget: () => remembered.clear() };
}

export type Resolver = ReturnType<typeof createResolver>;

function onlyWork(group: readonly string[], workOf: (id: string) => number | undefined): number | undefined {
  let only: number | undefined;
  for (const id of group) {
    const work = workOf(id);
    if (work === undefined || (only !== undefined && only !== work)) return undefined;
    only = work;
  }
  return only;
}

/** Places the groups that name something new or several works, one after the other, and says what to write. */
async function planHard(
  tx: TransactionSql,
  groups: readonly (readonly string[])[],
  hard: number[],
  workOf: (id: string) => number | undefined,
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
  workOf: (id: string) => number | undefined,
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
