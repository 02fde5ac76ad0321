import type { Sql, TransactionSql } from '../../platform/database/index.ts';
import type { Fault } from '../../platform/http/index.ts';
import { keyOf } from '../../works/index.ts';
import { readRequest } from './request.ts';
import type { Target } from './targets.ts';
import { findWebmention, queueWebmention, type Webmention } from './webmentions.store.ts';

export interface ReceiveParts {
  sql: Sql;
  now(): number;
  newId(): string;
  /** A literal address that is never asked. */
  isRefused(url: URL): boolean;
  findTarget(target: string): Promise<Target | null>;
  plan(tx: TransactionSql, mention: Pick<Webmention, 'id' | 'source'>, runAt: Date): Promise<void>;
}

export type Received = { ok: true; mention: Webmention } | { ok: false; faults: Fault[] };

/** Takes a request; it is durable, and its verification planned, before this resolves. */
export async function receive(parts: ReceiveParts, form: string): Promise<Received> {
  const { sql, now, newId, plan } = parts;
  const read = readRequest(form, parts.isRefused);
  if (!read.ok) return read;
  const { pair } = read;
  if ((await parts.findTarget(pair.target)) === null) {
    const message = 'is nothing that mentions are taken for here';
    return { ok: false, faults: [{ path: 'target', message }] };
  }
  const at = new Date(now());
  const mention = await sql.begin(async (tx) => {
    const id = await queueWebmention(tx, { id: newId(), key: keyOf(pair.source, pair.target), pair, at });
    await plan(tx, { id, source: pair.source }, at);
    return findWebmention(tx, id);
  });
  if (mention === null) throw new Error('a webmention was queued and is not there');
  return { ok: true, mention };
}
