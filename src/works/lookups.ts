import type { Sql, TransactionSql } from 'postgres';
import { type Inbox, sealPayload } from '../evidence/index.ts';
import { XmlFault } from '../platform/xml/index.ts';
import { keyOf } from './keys.ts';
import { buildSruUrl, readSruResponse, type SruAnswer } from './sru/index.ts';

// Asking a remote catalogue for works that usage came for and nobody has described (specification `usage` §5.5).

const MINUTE = 60_000;
/** Errors are tried again after 1, 10 and 60 minutes. */
const ERROR_WAITS = [1 * MINUTE, 10 * MINUTE, 60 * MINUTE];
/** A miss is remembered for a day. */
const MISS_WAIT = 24 * 60 * MINUTE;
/** Who asks has this long before another process may think it died. */
const LEASE = 5 * MINUTE;
const AT_ONCE = 4;

/** Notes that works are to be asked for, in the transaction that met them. Once per work, by its canonical id. */
export async function enqueueLookups(tx: TransactionSql, workIds: number[], at: Date): Promise<void> {
  const works = await tx<{ id: string }[]>`
    select canonical_id as id from works where work_id = any(${workIds}::bigint[]) and live_records = 0`;
  if (works.length === 0) return;
  await tx`
    insert into almanac.work_lookups (key, identifier, next_at)
    select l.key, l.identifier, ${at}
    from unnest(${works.map(({ id }) => keyOf(id))}::uuid[], ${works.map(({ id }) => id)}::text[]) as l (key, identifier)
    order by l.key
    on conflict (key) do nothing`;
}

/** One answer of the remote catalogue, or why there is none. */
export type Fetched = { ok: true; bytes: Uint8Array; contentType: string } | { ok: false; message: string };

export interface LookupOptions {
  sql: Sql;
  inbox: Inbox;
  now(): number;
  /** Base URL and query of the SRU server. */
  base: string;
  query: string;
  fetch(url: string): Promise<Fetched>;
}

/** What the catalogue answered; HTML, half an answer or nothing at all are no answer. */
function answerIn(bytes: Uint8Array, identifier: string): SruAnswer {
  try {
    return readSruResponse([bytes], { id: identifier });
  } catch (error) {
    if (error instanceof XmlFault) return { ok: false, reason: error.message };
    throw error;
  }
}

/** Asks for what is due; one step takes a few identifiers, off the counting path. */
export function createLookups(options: LookupOptions): { step(): Promise<'idle' | { asked: number }> } {
  const { sql, now } = options;

  async function claim(): Promise<{ key: string; identifier: string; tries: number }[]> {
    return sql<{ key: string; identifier: string; tries: number }[]>`
      update almanac.work_lookups set next_at = ${new Date(now() + LEASE)}
      where key in (
        select key from almanac.work_lookups
        where state <> 'found' and next_at <= ${new Date(now())}
        order by next_at limit ${AT_ONCE} for update skip locked
      )
      returning key, identifier, tries`;
  }

  async function ask(lookup: { key: string; identifier: string; tries: number }): Promise<void> {
    const { identifier, tries } = lookup;
    const url = buildSruUrl(options.base, options.query, identifier);
    const fetched = await options.fetch(url);
    const answer = fetched.ok ? answerIn(fetched.bytes, identifier) : null;
    const fault = !fetched.ok
      ? fetched.message
      : answer?.ok
        ? null
        : `the answer cannot be read: ${answer?.reason}`;
    if (fault !== null || answer === null || !answer.ok || !fetched.ok) {
      const wait = ERROR_WAITS[Math.min(tries, ERROR_WAITS.length - 1)] ?? MISS_WAIT;
      await settle(lookup.key, 'waiting', tries + 1, wait, fault);
      return;
    }
    if (answer.record === null) {
      await settle(lookup.key, 'missing', 0, MISS_WAIT, null);
      return;
    }
    await options.inbox.accept({
      account: 'agent:lookup',
      kind: 'publication-lookup',
      contentType: fetched.contentType,
      payload: await sealPayload(fetched.bytes),
      restricted: false,
      params: { asked: identifier, url },
      result: { accepted: 1, rejected: [] },
    });
    await settle(lookup.key, 'found', tries, 0, null);
  }

  async function settle(
    key: string,
    state: string,
    tries: number,
    wait: number,
    fault: string | null,
  ): Promise<void> {
    await sql`
      update almanac.work_lookups
      set state = ${state}, tries = ${tries}, next_at = ${new Date(now() + wait)}, last_error = ${fault}
      where key = ${key}`;
  }

  return {
    async step() {
      const due = await claim();
      if (due.length === 0) return 'idle';
      await Promise.all(due.map(ask));
      return { asked: due.length };
    },
  };
}
