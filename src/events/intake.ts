import { setImmediate } from 'node:timers/promises';
import type { Sql } from 'postgres';
import { type Inbox, type Params, type Rejection, sealPayload } from '../evidence/index.ts';
import { type DepositContext, readDeposit } from './deposit.ts';
import type { FieldFault } from './deposit-ends.ts';
import { itemKeysOf } from './item-keys.ts';
import { listSources } from './sources.store.ts';
import { isUuid } from './uuid.ts';

/** Most deposits of one body. */
export const MOST_DEPOSITS = 10_000;
/** Read between two looks at other requests: about 3 ms. */
const ITEMS_AT_ONCE = 200;

export interface IntakeTools {
  sql: Sql;
  inbox: Inbox;
  now(): number;
}

export interface Depositor {
  /** Name of the account. */
  account: string;
  isOperator: boolean;
}

/** What is answered to deposits that were stored. */
export interface Taken {
  ok: true;
  evidence: string;
  accepted: number;
  rejected: Rejection[];
  deposits: { position: number; id: string; state: 'waiting' }[];
}

export type Intake = Taken | { ok: false; faults: FieldFault[] };

const ENVELOPE = ['deposit', 'deposits', 'evidence', 'agent'];

/**
 * Judges the body of a push and keeps it as evidence (specification `events` §2); resolves once it is durable. `bytes` are
 * the body as received. Nothing is looked up in the catalogue here.
 */
export async function takeDeposits(
  tools: IntakeTools,
  depositor: Depositor,
  body: unknown,
  bytes: Uint8Array,
): Promise<Intake> {
  const envelope = readEnvelope(body);
  if (!envelope.ok) return envelope;
  const origin = await findOrigin(tools.sql, envelope.evidence);
  if (origin === 'unknown')
    return { ok: false, faults: [{ path: 'evidence', message: 'is not the id of any evidence' }] };
  const sources = new Map((await listSources(tools.sql)).map((source) => [source.name, source]));
  const context: DepositContext = { account: depositor.account, now: tools.now(), judges: true, sources };
  const mayHaveBadText = hasBadEscapes(bytes);
  const taken: Taken['deposits'] = [];
  const rejected: Rejection[] = [];
  const cumulative = new Set<string>();
  let isPrivate = false;
  for (const [index, item] of envelope.items.entries()) {
    if (index % ITEMS_AT_ONCE === ITEMS_AT_ONCE - 1) await setImmediate();
    const read = readDeposit(item, context);
    const faults = read.ok ? [] : read.faults;
    if (mayHaveBadText && hasBadText(item))
      faults.push({ path: '', message: 'holds a null character or half a surrogate pair' });
    if (!read.ok || faults.length > 0) {
      rejected.push(rejectionOf(index + 1, envelope.pathOf(index), faults));
      continue;
    }
    const { id, source } = read.deposit;
    const known = source === null ? undefined : sources.get(source);
    if (known?.cumulative) cumulative.add(known.name);
    isPrivate ||= known?.private ?? false;
    taken.push({ position: index + 1, id, state: 'waiting' });
  }
  if (taken.length === 0) return { ok: false, faults: rejected.flatMap(({ errors = [] }) => errors) };

  const params: Params = {
    account: depositor.account,
    operator: depositor.isOperator,
    skip: rejected.map(({ position }) => position).join(','),
    cumulative: [...cumulative],
    agent: envelope.agent,
    derived_from: envelope.evidence,
    observed_at: origin?.toISOString() ?? null,
  };
  const evidence = await tools.inbox.accept({
    account: depositor.account,
    kind: 'deposits',
    contentType: 'application/json',
    payload: await sealPayload(bytes),
    itemKeys: itemKeysOf(taken.map(({ id }) => id)),
    restricted: isPrivate,
    params,
    result: { accepted: taken.length, rejected },
  });
  return { ok: true, evidence, accepted: taken.length, rejected, deposits: taken };
}

interface Envelope {
  ok: true;
  items: unknown[];
  evidence: string | null;
  agent: string | null;
  pathOf(index: number): string;
}

function readEnvelope(body: unknown): Envelope | { ok: false; faults: FieldFault[] } {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return { ok: false, faults: [{ path: '', message: 'must be an object with deposit or deposits' }] };
  const { deposit, deposits, evidence = null, agent = null } = body as Record<string, unknown>;
  const faults: FieldFault[] = [];
  for (const key in body)
    if (!ENVELOPE.includes(key)) faults.push({ path: key, message: 'is not known here' });
  if (deposit === undefined && deposits === undefined)
    faults.push({ path: '', message: 'must have deposit or deposits' });
  if (deposit !== undefined && deposits !== undefined)
    faults.push({ path: '', message: 'must have either deposit or deposits, not both' });
  if (deposits !== undefined && !Array.isArray(deposits))
    faults.push({ path: 'deposits', message: 'must be a list' });
  if (Array.isArray(deposits) && deposits.length === 0)
    faults.push({ path: 'deposits', message: 'is an empty list' });
  if (Array.isArray(deposits) && deposits.length > MOST_DEPOSITS)
    faults.push({ path: 'deposits', message: `must not have more than ${MOST_DEPOSITS} items` });
  if (evidence !== null && (typeof evidence !== 'string' || !isUuid(evidence)))
    faults.push({ path: 'evidence', message: 'must be the id of evidence' });
  if (agent !== null && (typeof agent !== 'string' || !/^[a-z][a-z0-9_:.-]{0,62}$/.test(agent)))
    faults.push({ path: 'agent', message: 'must be the name of an agent' });
  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    items: Array.isArray(deposits) ? deposits : [deposit],
    evidence: evidence as string | null,
    agent: agent as string | null,
    pathOf: (index) => (Array.isArray(deposits) ? `deposits[${index}]` : 'deposit'),
  };
}

async function findOrigin(sql: Sql, evidence: string | null): Promise<Date | null | 'unknown'> {
  if (evidence === null) return null;
  const [row] = await sql<{ received_at: Date }[]>`
    select received_at from almanac.evidence where id = ${evidence}`;
  return row?.received_at ?? 'unknown';
}

function rejectionOf(position: number, base: string, faults: FieldFault[]): Rejection {
  const errors = faults.map(({ path, message }) => ({
    path: path === '' ? base : `${base}.${path}`,
    message,
  }));
  const reason = faults.map(({ path, message }) => `${path} ${message}`.trim()).join('; ');
  return { position, reason: reason.slice(0, 1_000), errors };
}

/** Whether a body may hold text that PostgreSQL does not take: only escapes can bring it, the bytes are UTF-8. */
function hasBadEscapes(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return text.includes('\\u0000') || text.includes('\\ud') || text.includes('\\uD');
}

function hasBadText(value: unknown): boolean {
  const todo = [value];
  for (let next = todo.pop(); todo.length > 0 || next !== undefined; next = todo.pop()) {
    if (typeof next === 'string' && (next.includes('\u0000') || !next.isWellFormed())) return true;
    if (typeof next !== 'object' || next === null) continue;
    for (const [key, inner] of Object.entries(next)) {
      todo.push(key);
      if (inner !== undefined) todo.push(inner);
    }
  }
  return false;
}
