import { randomUUID } from 'node:crypto';
import type { Sql } from '../../../platform/database/index.ts';
import type { Log } from '../../../platform/log/index.ts';
import type { Clock } from '../../../platform/outbound/index.ts';
import type { Reply, Source, SourceAnswer } from '../source.ts';
import { type KeptAnswer, secondsOf } from './answers.store.ts';
import { persistently } from './persistently.ts';
import { withSource } from './source-state.store.ts';
import { admit, backoffMs, type Ending, settle, type Waiting } from './source-state.ts';
import { type Asker, createTickets, type Ticket } from './tickets.ts';

export interface LaneParts {
  source: Source;
  sql: Sql;
  clock: Clock;
  random: () => number;
  log: Log;
  /** An answer has come; the ticket is no longer in the lane. */
  deliver(ticket: Ticket, answer: KeptAnswer): void;
  /** Nobody waits for the ticket any more. */
  abandoned(ticket: Ticket): void;
}

/**
 * The way of questions to one source: asks them in turn, as the source allows it, again after failures, until they are
 * answered or given up. Runs only while there is something to ask.
 */
export function createLane({ source, sql, clock, random, log, deliver, abandoned }: LaneParts) {
  const tickets = createTickets();
  const flights = new Set<Promise<void>>();
  let run: Promise<void> | null = null;
  let stopped = false;
  let nap: AbortController | null = null;
  /** What kept us last from asking, as long as it holds. */
  let trouble: Waiting | null = null;

  const isStopped = () => stopped;
  const together = <Result>(decide: Parameters<typeof withSource<Result>>[4]) =>
    persistently(() => withSource(sql, source.name, source.limits, clock.now(), decide), {
      clock,
      log,
      isStopped,
    });

  async function rest(until: number): Promise<void> {
    nap = new AbortController();
    await clock.sleep(Math.max(1, until - clock.now()), nap.signal);
    nap = null;
  }

  function wake(): void {
    nap?.abort();
  }

  /** When an asker gives up: counted from the first failed try, or from when the source's trouble kept it from being tried. */
  function deadlineOf(ticket: Ticket, asker: Asker): number {
    // What kept us a while ago may have passed: only trying again tells.
    const holds = trouble !== null && trouble.until > clock.now() && trouble.why !== 'probing';
    const since = holds ? (trouble?.since ?? null) : null;
    const from = Math.min(
      ticket.firstFailedAt ?? Number.POSITIVE_INFINITY,
      since ?? Number.POSITIVE_INFINITY,
    );
    return from + asker.giveUpAfterMs;
  }

  function leave(ticket: Ticket, asker: Asker): void {
    ticket.askers.delete(asker);
    if (![...ticket.askers].some(({ job }) => job === asker.job)) tickets.remove(ticket, asker.job);
    if (ticket.askers.size === 0 && !ticket.flying) abandoned(ticket);
  }

  /** Gives up what has waited for too long; the earliest of the other deadlines comes back. */
  function giveUpOverdue(now: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const ticket of [...tickets.all()]) {
      if (ticket.flying) continue;
      for (const asker of [...ticket.askers]) {
        const deadline = deadlineOf(ticket, asker);
        if (deadline <= now) giveUp(ticket, asker, now);
        else next = Math.min(next, deadline);
      }
    }
    return next;
  }

  function giveUp(ticket: Ticket, asker: Asker, now: number): void {
    leave(ticket, asker);
    const status = ticket.lastStatus ?? trouble?.lastStatus ?? 'unavailable';
    asker.resolve({ outcome: 'unavailable', status, at: secondsOf(new Date(now)) });
  }

  async function work(): Promise<void> {
    while (!stopped && !tickets.empty) {
      const now = clock.now();
      const nextDeadline = giveUpOverdue(now);
      const nextAt = tickets.nextAt();
      if (nextAt === null || nextAt > now) {
        await rest(Math.min(nextAt ?? now + 60_000, nextDeadline));
        continue;
      }
      const id = randomUUID();
      const admission = await together((state) => admit(state, source.limits, id, clock.now()));
      if (admission.kind === 'wait') {
        trouble = admission;
        const deadline = giveUpOverdue(clock.now());
        // Other processes may mend it before: looked at again after 5 s at the latest.
        if (!tickets.empty) await rest(Math.min(admission.until, deadline, clock.now() + 5_000));
        continue;
      }
      trouble = null;
      const taken = tickets.take(clock.now(), source.batchSize);
      if (taken.length === 0) {
        await land(id, undefined, {});
        continue;
      }
      const flight = fly(id, taken).finally(() => flights.delete(flight));
      flights.add(flight);
    }
  }

  async function land(id: string, failed: Ending['failed'], manners: Ending['manners']): Promise<void> {
    const ending = { id, failed, manners, failuresToOpen: source.failuresToOpen };
    await together((state) => settle(state, ending, clock.now(), random));
  }

  async function fly(id: string, taken: Ticket[]): Promise<void> {
    const [first] = taken;
    if (first === undefined) return;
    const { replies, ...manners } = await answerOf(first, taken);
    await land(id, failureAmong(replies), manners).catch((error: unknown) => {
      if (!stopped) throw error;
    });
    for (const [number, ticket] of taken.entries())
      take(ticket, replies[number] ?? missing, taken.length > 1);
    wake();
  }

  async function answerOf(first: Ticket, taken: Ticket[]): Promise<SourceAnswer> {
    try {
      return await source.ask(
        first.asked.question,
        taken.map(({ asked }) => asked.key),
        first.lastStatus,
      );
    } catch (error) {
      log.error({ err: error, source: source.name }, 'asking a source failed by a fault of ours');
      return { replies: taken.map(() => missing) };
    }
  }

  /** What one reply means for its ticket. */
  function take(ticket: Ticket, reply: Reply, wasBatch: boolean): void {
    const now = clock.now();
    ticket.flying = false;
    if (reply.outcome === 'found' || reply.outcome === 'not_found') {
      for (const { job } of ticket.askers) tickets.remove(ticket, job);
      deliver(ticket, { ...reply, at: secondsOf(new Date(now)) });
      return;
    }
    if (wasBatch) ticket.alone = true;
    if (reply.outcome === 'unavailable') {
      ticket.firstFailedAt ??= now;
      ticket.lastStatus = reply.status;
      ticket.notBefore = now + backoffMs(ticket.tries, random);
      ticket.tries += 1;
    }
    if (ticket.askers.size === 0) abandoned(ticket);
  }

  function start(): void {
    if (run !== null || stopped || tickets.empty) return;
    run = work()
      .catch((error: unknown) => {
        if (!stopped) log.error({ err: error, source: source.name }, 'the way to a source broke off');
      })
      .finally(() => {
        run = null;
        start();
      });
  }

  return {
    /** Somebody waits for a ticket, new or already here. */
    join(ticket: Ticket, asker: Asker): void {
      ticket.askers.add(asker);
      const now = clock.now();
      const isHeld = trouble !== null && trouble.until > now && run !== null;
      if (isHeld && !ticket.flying && deadlineOf(ticket, asker) <= now) {
        giveUp(ticket, asker, now);
        return;
      }
      tickets.add(ticket, asker.job);
      if (!isHeld) wake();
      start();
    },
    leave,
    async stop(): Promise<void> {
      stopped = true;
      wake();
      await Promise.allSettled([...flights, run]);
    },
  };
}

export type Lane = ReturnType<typeof createLane>;

const missing: Reply = { outcome: 'unavailable', status: 'malformed', blameless: true };

/** The status of a failure that the breaker counts; null when the source answered; undefined when it says nothing about it. */
function failureAmong(replies: readonly Reply[]): string | null | undefined {
  let answered = false;
  for (const reply of replies) {
    if (reply.outcome !== 'unavailable') answered = true;
    else if (!reply.blameless && reply.status !== 'aborted') return reply.status;
  }
  return answered ? null : undefined;
}
