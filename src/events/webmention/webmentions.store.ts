import type { Queries } from '../../platform/database/index.ts';
import type { Pair } from './request.ts';
import type { Status } from './verdict.ts';

// All SQL of webmentions.

/** What was deposited and is not applied yet. */
export interface Settling {
  round: number;
  evidence: string;
  event: string;
  relation: string | null;
  status: Status;
  reason: string | null;
}

export interface Webmention extends Pair {
  id: string;
  status: Status;
  reason: string | null;
  round: number;
  due: boolean;
  tries: number;
  checks: number;
  event: string | null;
  live: boolean;
  withheld: boolean;
  relation: string | null;
  first_accepted_at: Date | null;
  received_at: Date;
  checked_at: Date | null;
  settling: Settling | null;
}

/** Puts a pair in the queue, again if it was there before; answers its id, which stays the same. */
export async function queueWebmention(
  sql: Queries,
  { id, key, pair, at }: { id: string; key: string; pair: Pair; at: Date },
): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    insert into almanac.webmentions as w (id, key, source, target, status, received_at)
    values (${id}, ${key}, ${pair.source}, ${pair.target}, 'queued', ${at})
    on conflict (key) do update
    set status = 'queued',
        reason = null,
        round = w.round + 1,
        due = true,
        tries = 0,
        received_at = ${at}
    returning id`;
  return row?.id ?? id;
}

export async function findWebmention(sql: Queries, id: string): Promise<Webmention | null> {
  const [row] = await sql<Webmention[]>`
    select id, source, target, status, reason, round, due, tries, checks, event, live, withheld, relation, first_accepted_at,
      received_at, checked_at, settling
    from almanac.webmentions
    where id = ${id}`;
  return row ?? null;
}

/** Remembers when the link was first found, before it is deposited: the time is part of what is deposited. */
export async function markAccepted(sql: Queries, id: string, at: Date): Promise<void> {
  await sql`
    update almanac.webmentions
    set first_accepted_at = ${at}
    where id = ${id} and first_accepted_at is null`;
}

export async function markSettling(sql: Queries, id: string, settling: Settling): Promise<void> {
  await sql`
    update almanac.webmentions
    set settling = ${JSON.stringify(settling)}::text::jsonb
    where id = ${id}`;
}

export interface Checked {
  status: Status;
  reason: string | null;
  retry: boolean;
  /** What the event is now; absent: as before. */
  event?: { id: string; live: boolean; withheld: boolean; relation: string | null };
}

/**
 * Writes down a finished verification. What it found about the event holds in any case; status and retries only when
 * nobody has asked again meanwhile. Answers whether nobody has.
 */
export async function markChecked(
  sql: Queries,
  { id, round }: Pick<Webmention, 'id' | 'round'>,
  { status, reason, retry, event }: Checked,
  at: Date,
): Promise<boolean> {
  const [row] = await sql<{ current: boolean }[]>`
    update almanac.webmentions
    set checks = checks + 1,
        checked_at = ${at},
        settling = null,
        status = case when round = ${round} then ${status} else status end,
        reason = case when round = ${round} then ${reason} else reason end,
        due = case when round = ${round} then ${retry} else due end,
        tries = case when round = ${round} and ${retry} then tries + 1 else tries end,
        event = case when ${event !== undefined} then ${event?.id ?? null}::uuid else event end,
        live = case when ${event !== undefined} then ${event?.live ?? false} else live end,
        withheld = case when ${event !== undefined} then ${event?.withheld ?? false} else withheld end,
        relation = case when ${event !== undefined} then ${event?.relation ?? null} else relation end
    where id = ${id}
    returning round = ${round} as current`;
  return row?.current ?? false;
}

/** Forgets rejected mentions that nobody has asked about anew for long; answers how many. */
export async function forgetRejected(sql: Queries, before: Date): Promise<number> {
  const rows = await sql`
    delete from almanac.webmentions
    where status = 'rejected' and not live and event is null and checked_at < ${before}
    returning id`;
  return rows.length;
}
