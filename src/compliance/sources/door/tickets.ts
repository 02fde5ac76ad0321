import type { Answer, Question } from '../../resolution-contract.ts';

/** Somebody who waits for an answer: one of a job's records. */
export interface Asker {
  job: string;
  giveUpAfterMs: number;
  resolve(answer: Answer): void;
}

/** A question on its way to an answer, with everybody who waits for it. */
export interface Ticket {
  asked: Question;
  askers: Set<Asker>;
  /** Failed tries. */
  tries: number;
  firstFailedAt: number | null;
  lastStatus: string | null;
  /** Not to be asked before (ms since 1970). */
  notBefore: number;
  /** Not together with others any more. */
  alone: boolean;
  /** A request with it is on its way. */
  flying: boolean;
}

export function newTicket(asked: Question): Ticket {
  return {
    asked,
    askers: new Set(),
    tries: 0,
    firstFailedAt: null,
    lastStatus: null,
    notBefore: 0,
    alone: false,
    flying: false,
  };
}

/** Longest text of keys in one request: its URL must stay below what servers on the way refuse. */
const MOST_KEY_CHARACTERS = 2_000;

/**
 * Questions of one source that wait for their turn. Jobs take turns: five questions behind ten thousand of another job do
 * not wait for those.
 */
export function createTickets() {
  const jobs = new Map<string, Set<Ticket>>();

  function isReady(ticket: Ticket, now: number): boolean {
    return !ticket.flying && ticket.notBefore <= now;
  }

  /** The next one that is ready, from the job whose turn it is; that job then goes to the end of the line. */
  function next(now: number, fits: (ticket: Ticket) => boolean): Ticket | null {
    for (const [job, tickets] of jobs) {
      for (const ticket of tickets) {
        if (!isReady(ticket, now) || !fits(ticket)) continue;
        jobs.delete(job);
        jobs.set(job, tickets);
        return ticket;
      }
    }
    return null;
  }

  return {
    /** A ticket waits in the line of every job that asks. */
    add(ticket: Ticket, job: string): void {
      const tickets = jobs.get(job) ?? new Set();
      jobs.set(job, tickets.add(ticket));
    },
    remove(ticket: Ticket, job: string): void {
      const tickets = jobs.get(job);
      tickets?.delete(ticket);
      if (tickets?.size === 0) jobs.delete(job);
    },
    /** One that is ready, or as many as go together with it; all of them fly then. Empty when none is. */
    take(now: number, batchSize: (question: string) => number): Ticket[] {
      const first = next(now, () => true);
      if (first === null) return [];
      first.flying = true;
      const size = first.alone ? 1 : batchSize(first.asked.question);
      const taken = [first];
      let characters = first.asked.key.length;
      while (taken.length < size) {
        const other = next(
          now,
          ({ alone, asked }) =>
            !alone &&
            asked.question === first.asked.question &&
            characters + asked.key.length <= MOST_KEY_CHARACTERS,
        );
        if (other === null) break;
        other.flying = true;
        characters += other.asked.key.length;
        taken.push(other);
      }
      return taken;
    },
    /** When the first of those that wait for their time may go; null when nothing waits. */
    nextAt(): number | null {
      let first: number | null = null;
      for (const ticket of this.all()) {
        if (!ticket.flying) first = Math.min(first ?? Number.POSITIVE_INFINITY, ticket.notBefore);
        if (first === 0) break;
      }
      return first;
    },
    *all(): Generator<Ticket> {
      for (const tickets of jobs.values()) yield* tickets;
    },
    get empty() {
      return jobs.size === 0;
    },
  };
}

export type Tickets = ReturnType<typeof createTickets>;
