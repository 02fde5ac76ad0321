import type { TransactionSql } from 'postgres';
import { keyOf } from './keys.ts';
import { type Conflict, planGroups, type ResolveOptions, type WorkJoin } from './plan-groups.ts';
import * as store from './resolver.store.ts';

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
    const plan = await planGroups(tx, groups, hard, workOf, keys, options);
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
