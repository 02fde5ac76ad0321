import type { Sql, TransactionSql } from 'postgres';
import { copyRows, listOf } from '../platform/database/index.ts';
import { FEWEST_BODIES, openBodies, packBodies, runsOf } from './bodies.ts';
import type { BodyPlace, Event } from './event.ts';

// SQL of the bodies of events that are kept together.

/** A row of an event: its body, or where it is. */
export interface PlacedRow {
  body: string | null;
  body_no: number | null;
  body_place: number | null;
}

/** The same as readers have it, in one statement with the row of bodies that it is in. */
export interface JoinedRow extends PlacedRow {
  /** Null also when a row before had it. */
  bodies: Buffer | null;
}

export const bodyColumns = (sql: Sql) => sql`e.body, e.body_no, e.body_place, b.bodies`;
export const joinBodies = (sql: Sql) => sql`left join event_bodies b on b.body_no = e.body_no`;

/** Of events `e` in the order of changes: whether it lies elsewhere than the one before. Most of a page lie together. */
export const isFirstOfBodies = (sql: Sql) =>
  sql`lag(e.body_no) over (order by e.change_no) is distinct from e.body_no`;
/** Of events `e` with `isFirstOfBodies` as `is_first`: a row of bodies is sent once for all that follow each other in it. */
export const bodyColumnsOnce = (sql: Sql) => sql`
  e.body, e.body_no, e.body_place,
  case when e.is_first then (select b.bodies from event_bodies b where b.body_no = e.body_no) end as bodies`;

/** Rows with their bodies; each row of bodies is opened once. */
export function readBodies<Row extends JoinedRow>(rows: readonly Row[]): (Row & { body: string })[] {
  const opened = new Map<number, string[]>();
  return rows.map((row) => {
    const no = row.body_no ?? -1;
    if (row.bodies !== null && !opened.has(no)) opened.set(no, openBodies(row.bodies));
    return { ...row, body: bodyOf(row, opened) };
  });
}

function bodyOf(row: PlacedRow, opened: ReadonlyMap<number, string[]>): string {
  const body = row.body ?? opened.get(row.body_no ?? -1)?.[row.body_place ?? -1];
  if (body === undefined) throw new Error(`the body ${row.body_place} of ${row.body_no} is missing`);
  return body;
}

/** For the lane, which alone changes them: rows with their bodies. */
export async function withBodies<Row extends PlacedRow>(
  sql: TransactionSql,
  rows: Row[],
): Promise<(Row & { body: string })[]> {
  const wanted = new Set<number>();
  for (const { body_no: no } of rows) if (no !== null) wanted.add(no);
  const opened = new Map<number, string[]>();
  if (wanted.size > 0) {
    const found = await sql<{ body_no: number; bodies: Buffer }[]>`
      select body_no, bodies from event_bodies where body_no = any(${listOf([...wanted])}::bigint[])`;
    for (const { body_no: no, bodies } of found) opened.set(no, openBodies(bodies));
  }
  return rows.map((row) => ({ ...row, body: bodyOf(row, opened) }));
}

/** Writes the bodies that are new, of changed events in the order of their changes; answers where they are, null for alone. */
export async function writeBodies(
  tx: TransactionSql,
  events: readonly Event[],
): Promise<ReadonlyMap<Event, BodyPlace>> {
  const places = new Map<Event, BodyPlace>();
  const fresh = events.filter(({ bodyAt }) => bodyAt === null);
  if (fresh.length < FEWEST_BODIES) return places;
  const runs = [...runsOf(fresh)];
  for (const run of runs) {
    // A new body comes with a new change, and its number is nobody else's.
    const no = run[0]?.changeNo ?? 0;
    for (const [place, event] of run.entries()) places.set(event, { no, place });
  }
  await copyRows(tx, 'event_bodies (body_no, bodies)', runs, (out, run) => {
    out.int8(run[0]?.changeNo ?? 0);
    out.bytes(packBodies(run.map(({ body }) => body)));
  });
  return places;
}

/** Takes bodies away that no event has any more: what was deleted is gone. */
export async function dropBodies(tx: TransactionSql, gone: readonly BodyPlace[]): Promise<void> {
  if (gone.length === 0) return;
  const byRow = Map.groupBy(gone, ({ no }) => no);
  const found = await tx<{ body_no: number; bodies: Buffer }[]>`
    select body_no, bodies from event_bodies where body_no = any(${listOf([...byRow.keys()])}::bigint[])`;
  const empty: number[] = [];
  const left: { no: number; bodies: Buffer }[] = [];
  for (const { body_no: no, bodies } of found) {
    const dropped = new Set(byRow.get(no)?.map(({ place }) => place));
    const kept = openBodies(bodies).map((body, place) => (dropped.has(place) ? '' : body));
    if (kept.every((body) => body === '')) empty.push(no);
    else left.push({ no, bodies: packBodies(kept) });
  }
  const replaced = [...empty, ...left.map(({ no }) => no)];
  await tx`delete from event_bodies where body_no = any(${listOf(replaced)}::bigint[])`;
  if (left.length === 0) return;
  await copyRows(tx, 'event_bodies (body_no, bodies)', left, (out, { no, bodies }) => {
    out.int8(no);
    out.bytes(bodies);
  });
}
