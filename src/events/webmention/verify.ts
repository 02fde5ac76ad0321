import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql, TransactionSql } from '../../platform/database/index.ts';
import type { Outbound } from '../../platform/outbound/index.ts';
import { type Deposit, deletionOf, depositsOf, eventOf } from './deposits.ts';
import type { EvidencePath, Outcome } from './evidence-path.ts';
import { fetchSource } from './fetch-source.ts';
import { type Finding, findingOfReading, findingOfStatus } from './findings.ts';
import type { Mention, Reader } from './reading/index.ts';
import type { Target } from './targets.ts';
import { judge, type Verdict } from './verdict.ts';
import {
  type Checked,
  findWebmention,
  markAccepted,
  markChecked,
  markSettling,
  type Settling,
  type Webmention,
} from './webmentions.store.ts';

export interface VerifyParts {
  sql: Sql;
  now(): number;
  outbound: Outbound;
  reader: Reader;
  evidence: EvidencePath;
  /** Null: the target is none of ours any more. */
  findTarget(target: string): Promise<Target | null>;
  /** How long a job waits for its deposit to be applied before it lets others have its place. */
  settlesWithinMs: number;
  /** Plans the next look at a mention, in the transaction; it replaces one that is planned already. */
  plan(tx: TransactionSql, mention: Pick<Webmention, 'id' | 'source'>, runAt: Date): Promise<void>;
}

const SETTLES_LATER_MS = 10_000;
const POLL_MS = 25;

/**
 * Looks at the source of a mention and makes the event what it says (events §9.2). The job runs again when the process
 * dies on the way: deposits have an identity, so nothing is counted twice. Verifications of one mention never overlap (see `queueOf`).
 */
export async function verify(parts: VerifyParts, id: string, signal: AbortSignal): Promise<void> {
  const mention = await findWebmention(parts.sql, id);
  if (mention === null) return;
  if (mention.settling !== null) {
    // Left behind by a process that died; or it took long. It may have been asked for again since.
    if (await settle(parts, mention, mention.settling, signal)) await verify(parts, id, signal);
    return;
  }
  if (!mention.due) return;

  const { finding, evidence } = await look(parts, mention, signal);
  const verdict = judge(finding, {
    live: mention.live,
    everAccepted: mention.event !== null,
    tries: mention.tries,
  });
  const deposited = await deposit(parts, mention, verdict, finding, evidence);
  if (deposited === null) return finish(parts, mention, verdict);
  if ('fault' in deposited) return finish(parts, mention, notCounted(mention, deposited.fault));
  await markSettling(parts.sql, id, deposited);
  await settle(parts, mention, deposited, signal);
}

/** One look at the source; the answer, whatever it is, is kept as evidence. */
async function look(
  { outbound, reader, evidence }: VerifyParts,
  { source, target }: Webmention,
  signal: AbortSignal,
): Promise<{ finding: Finding; evidence: string | null }> {
  const fetched = await fetchSource(outbound, source, signal);
  // The process stops: the job is handed back, and nothing was found out about the source.
  signal.throwIfAborted();
  if (!fetched.ok) return { finding: fetched.finding, evidence: null };
  const { response } = fetched;
  const kept = await evidence.keepResponse(response);
  if (response.status < 200 || response.status > 299)
    return { finding: findingOfStatus(response.status), evidence: kept };
  const { bytes, contentType, url } = response;
  const reading = await reader.readSource({ bytes, contentType, url, target });
  return { finding: findingOfReading(reading), evidence: kept };
}

/** Deposits what the verdict asks for; null when that is nothing. A fault is a word for the status page. */
async function deposit(
  parts: VerifyParts,
  mention: Webmention,
  verdict: Verdict,
  finding: Finding,
  derivedFrom: string | null,
): Promise<Settling | { fault: string } | null> {
  if (verdict.deposit === null) return null;
  const event = eventOf(mention);
  const said = finding.kind === 'linked' ? finding.mention : null;
  const deposits = said === null ? deletionOf(event) : await additionOf(parts, mention, said);
  if (deposits === null) return { fault: 'target_unknown' };
  const taken = await parts.evidence.deposit(deposits, derivedFrom);
  if (!taken.ok) return { fault: 'not_counted' };
  return {
    round: mention.round,
    evidence: taken.evidence,
    event,
    relation: said?.relation ?? mention.relation,
    status: verdict.status,
    reason: verdict.reason,
  };
}

/** Null: the target is none of ours any more. */
async function additionOf(
  { sql, now, findTarget }: VerifyParts,
  mention: Webmention,
  said: Mention,
): Promise<Deposit[] | null> {
  const { id, source, target } = mention;
  const object = await findTarget(target);
  if (object === null) return null;
  const firstAcceptedAt = mention.first_accepted_at ?? new Date(now());
  await markAccepted(sql, id, firstAcceptedAt);
  return depositsOf({
    pair: { source, target },
    target: object,
    mention: said,
    firstAcceptedAt,
    now: now(),
    restore: mention.event !== null && !mention.live && !mention.withheld,
  });
}

/** Waits until the deposit is applied and shows. False when that takes long: then another look at it is planned. */
async function settle(
  parts: VerifyParts,
  mention: Webmention,
  settling: Settling,
  signal: AbortSignal,
): Promise<boolean> {
  const until = performance.now() + parts.settlesWithinMs;
  for (;;) {
    const outcome = await parts.evidence.outcomeOf(settling.evidence, settling.event);
    if (outcome !== null) {
      // The round it was made for: a newer request is not answered by it.
      await finish(parts, { ...mention, round: settling.round }, settled(mention, settling, outcome));
      return true;
    }
    if (performance.now() > until) break;
    await sleep(POLL_MS, undefined, { signal });
  }
  await parts.sql.begin((tx) => parts.plan(tx, mention, new Date(parts.now() + SETTLES_LATER_MS)));
  return false;
}

type Ended = Omit<Checked, 'retry'> & { retryAfter: number | null };

function settled(
  mention: Webmention,
  { status, reason, relation, event }: Settling,
  outcome: Outcome,
): Ended {
  const is = (id: string, live: boolean, withheld = false) => ({ id, live, withheld, relation });
  switch (outcome.kind) {
    case 'counts':
      return { status, reason, retryAfter: null, event: is(outcome.event, true) };
    case 'deleted':
      return { status, reason, retryAfter: null, event: is(event, false) };
    case 'withheld':
      return { status: 'deleted', reason: 'withheld', retryAfter: null, event: is(event, false, true) };
    case 'failed':
      return notCounted(mention, 'not_counted');
  }
}

/** The source is as it should be, and its deposit was not taken: what was before stays. */
function notCounted({ live }: Webmention, reason: string): Ended {
  return { status: live ? 'accepted' : 'rejected', reason, retryAfter: null };
}

/** Writes the verdict down and plans what follows from it, in one transaction. */
async function finish(
  { sql, now, plan }: VerifyParts,
  mention: Webmention,
  { retryAfter, ...checked }: Ended,
): Promise<void> {
  await sql.begin(async (tx) => {
    const retry = retryAfter !== null;
    const isCurrent = await markChecked(tx, mention, { ...checked, retry }, new Date(now()));
    if (isCurrent && retry) await plan(tx, mention, new Date(now() + retryAfter));
  });
}
