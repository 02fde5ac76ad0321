import type { TransactionSql } from 'postgres';
import * as store from './descriptions.store.ts';
import type { WorkJoin } from './plan-groups.ts';

/** Who says something of a work: the higher one is believed (specification `events` §3, metadata). */
const RANKS = { depositor: 1, agent: 2, record: 3, agency: 4 } as const;

export function rankOf(giver: keyof typeof RANKS): number {
  return RANKS[giver];
}

/** Fields of a work that deposits may tell, as they were given. */
export const FIELDS = [
  'title',
  'author',
  'issued',
  'container_title',
  'type',
  'publisher_id',
  'registration_agency',
] as const;

export type WorkFields = Partial<Record<(typeof FIELDS)[number], unknown>>;

/** What one deposit says of one work. */
export interface Description {
  workId: number;
  fields: WorkFields;
  rank: number;
  /** `updated_at` or `issued` of what was said, for deciding between givers of one rank; empty when there is none. */
  at: string;
}

/** One field as it is believed: value, rank, time. */
export interface Told {
  v: unknown;
  r: number;
  t: string;
}

export type ToldFields = Partial<Record<(typeof FIELDS)[number], Told>>;

export async function describe(
  tx: TransactionSql,
  descriptions: readonly Description[],
  created: ReadonlySet<number>,
  at: Date,
): Promise<Set<number>> {
  const old = [...new Set(descriptions.map(({ workId }) => workId))].filter((work) => !created.has(work));
  const told = await store.findTold(tx, old);
  const stored = new Set(told.keys());
  const changed = new Set<number>();
  for (const { workId, fields, rank, at: saidAt } of descriptions) {
    const known = told.get(workId) ?? {};
    let isNews = false;
    for (const field of FIELDS) {
      const value = fields[field];
      if (isEmpty(value) || !wins({ v: value, r: rank, t: saidAt }, known[field])) continue;
      known[field] = { v: value, r: rank, t: saidAt };
      isNews = true;
    }
    if (!isNews) continue;
    told.set(workId, known);
    changed.add(workId);
  }
  await store.writeTold(tx, new Map([...changed].map((work) => [work, told.get(work) ?? {}])), stored);
  await store.touchWorks(
    tx,
    [...changed].filter((work) => !created.has(work)),
    at,
  );
  return changed;
}

/** What was told of works that are gone belongs to those they were joined into. */
export async function joinDescriptions(tx: TransactionSql, joins: readonly WorkJoin[]): Promise<void> {
  const told = await store.findTold(
    tx,
    joins.flatMap(({ from, to }) => [from, to]),
  );
  const stored = new Set(told.keys());
  const changed = new Map<number, ToldFields>();
  for (const { from, to } of joins) {
    const gone = told.get(from);
    if (gone === undefined) continue;
    const kept = told.get(to) ?? {};
    for (const field of FIELDS) {
      const other = gone[field];
      if (other !== undefined && wins(other, kept[field], false)) kept[field] = other;
    }
    told.set(to, kept);
    changed.set(to, kept);
  }
  await store.dropTold(
    tx,
    joins.map(({ from }) => from),
  );
  await store.writeTold(tx, changed, stored);
}

/** An empty value never replaces one. */
function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

function wins(next: Told, known: Told | undefined, onTie = true): boolean {
  if (known === undefined) return true;
  if (next.r !== known.r) return next.r > known.r;
  if (next.t !== known.t) return next.t > known.t;
  return onTie && JSON.stringify(next.v) !== JSON.stringify(known.v);
}
