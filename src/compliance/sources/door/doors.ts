import { isTransient, type Sql } from '../../../platform/database/index.ts';
import type { Log } from '../../../platform/log/index.ts';
import type { Clock } from '../../../platform/outbound/index.ts';
import type { Upstream } from '../../record.ts';
import type { Answer, Asking, Doors, Question } from '../../resolution-contract.ts';
import type { DayFile } from '../doaj/day-file.ts';
import type { Source } from '../source.ts';
import { dropOldAnswers, type KeptAnswer, nameOf, readAnswers, writeAnswers } from './answers.store.ts';
import { createLane, type Lane } from './lane.ts';
import { persistently } from './persistently.ts';
import { type Asker, newTicket, type Ticket } from './tickets.ts';

export interface DoorsParts {
  sql: Sql;
  sources: readonly Source[];
  clock: Clock;
  random: () => number;
  log: Log;
}

/** §5.7: with more journals than this to ask for in a job, DOAJ's list of the day is fetched instead. */
const MOST_SINGLE_JOURNALS = 100;
const MOST_AT_ONCE = 2_000;

type WaitingAsker = Asker & { unknownJournals: Set<string> };

/**
 * The doors to all sources. The same question is asked once, however many records and jobs need it; answers of the day are
 * read from the database in sets, and kept there before anybody hears of them.
 */
export function createDoors({ sql, sources, clock, random, log }: DoorsParts): Doors {
  const open = new Map<string, Ticket>();
  const queued = new Set<Ticket>();
  const lookups: Ticket[] = [];
  const writes: { ticket: Ticket; answer: KeptAnswer }[] = [];
  let lookingUp = false;
  let writing = false;
  let stopped = false;
  let cleanedOn = '';
  let list: { day: string; journals: DayFile; at: string } | null = null;
  const patience = {
    clock,
    log,
    isStopped: () => stopped,
    isLasting: (error: unknown) => !isTransient(error),
  };
  const lanes = new Map<Upstream, Lane>(
    sources.map((source) => [
      source.name,
      createLane({ source, sql, clock, random, log, deliver: keep, abandoned: forget }),
    ]),
  );

  const today = () => new Date(clock.now()).toISOString().slice(0, 10);

  function laneOf({ source }: Question): Lane {
    const lane = lanes.get(source);
    if (lane === undefined) throw new TypeError(`the source ${source} is not configured`);
    return lane;
  }

  function join(asked: Question, asker: WaitingAsker): Ticket {
    const name = nameOf(asked);
    const known = open.get(name);
    if (known !== undefined) {
      if (queued.has(known)) laneOf(asked).join(known, asker);
      else known.askers.add(asker);
      return known;
    }
    const ticket = newTicket(asked);
    ticket.askers.add(asker);
    open.set(name, ticket);
    lookups.push(ticket);
    if (!lookingUp) {
      lookingUp = true;
      setImmediate(() => void lookUp());
    }
    return ticket;
  }

  function forget(ticket: Ticket): void {
    queued.delete(ticket);
    if (open.get(nameOf(ticket.asked)) === ticket) open.delete(nameOf(ticket.asked));
  }

  function conclude(ticket: Ticket, answer: Answer): void {
    forget(ticket);
    for (const asker of ticket.askers) asker.resolve(answer);
  }

  async function lookUp(): Promise<void> {
    while (lookups.length > 0 && !stopped) {
      const batch = lookups.splice(0, MOST_AT_ONCE);
      const answers = await knownAnswers(batch.map(({ asked }) => asked));
      if (stopped) break;
      for (const ticket of batch) {
        const answer = answers.get(nameOf(ticket.asked));
        if (answer !== undefined) conclude(ticket, answer);
        else if (ticket.askers.size === 0) forget(ticket);
        else if (!useList(ticket)) enqueue(ticket);
      }
    }
    lookingUp = false;
  }

  /** Of questions that cannot be looked up no answer is known: the source is asked. */
  async function knownAnswers(questions: Question[]): Promise<Map<string, KeptAnswer>> {
    try {
      return await persistently(() => readAnswers(sql, questions, today()), patience);
    } catch (error) {
      if (!stopped) log.error({ err: error }, 'answers could not be looked up: the sources are asked');
      return new Map();
    }
  }

  function enqueue(ticket: Ticket): void {
    queued.add(ticket);
    const lane = laneOf(ticket.asked);
    for (const asker of [...ticket.askers]) lane.join(ticket, asker);
  }

  /** Whether the answer comes from DOAJ's list: it is here already, or this job has many journals to ask for. */
  function useList(ticket: Ticket): boolean {
    const { source, question, key } = ticket.asked;
    if (source !== 'doaj' || question !== 'journal') return false;
    if (list?.day === today()) {
      keep(ticket, fromList(list, key));
      return true;
    }
    const askers = [...ticket.askers] as WaitingAsker[];
    for (const { unknownJournals } of askers) unknownJournals.add(key);
    const eager = askers.find(({ unknownJournals }) => unknownJournals.size > MOST_SINGLE_JOURNALS);
    if (eager === undefined) return false;
    const resolve = (answer: Answer) => {
      if (answer.outcome === 'unavailable') {
        conclude(ticket, answer);
        return;
      }
      list = {
        day: today(),
        journals: answer.outcome === 'found' ? (answer.value as DayFile) : {},
        at: answer.at,
      };
      keep(ticket, fromList(list, key));
    };
    join({ source: 'doaj', question: 'list', key: 'all' }, { ...eager, resolve });
    return true;
  }

  /** Nobody hears of an answer before it is kept, so that a killed process has not told what it then has to ask again. */
  function keep(ticket: Ticket, answer: KeptAnswer): void {
    queued.delete(ticket);
    writes.push({ ticket, answer });
    if (writing) return;
    writing = true;
    setImmediate(() => void write());
  }

  async function write(): Promise<void> {
    while (writes.length > 0) {
      const batch = writes.splice(0, MOST_AT_ONCE);
      const day = today();
      try {
        const kept = batch.map(({ ticket, answer }) => ({ asked: ticket.asked, answer }));
        await persistently(() => writeAnswers(sql, kept, day), patience);
        if (cleanedOn !== day) await dropOldAnswers(sql, day);
        cleanedOn = day;
      } catch (error) {
        log.warn({ err: error }, 'answers could not be kept for other jobs');
      }
      for (const { ticket, answer } of batch) conclude(ticket, answer);
    }
    writing = false;
  }

  return {
    openFor({ id, giveUpAfterMs, signal }): Asking {
      const unknownJournals = new Set<string>();
      const waiting = new Map<WaitingAsker, { ticket: Ticket; reject(reason: unknown): void }>();
      signal.addEventListener('abort', () => {
        for (const [asker, { ticket, reject }] of waiting) {
          if (queued.has(ticket)) laneOf(ticket.asked).leave(ticket, asker);
          else ticket.askers.delete(asker);
          reject(signal.reason);
        }
        waiting.clear();
      });
      return {
        ask<T>(question: Question): Promise<Answer<T>> {
          if (signal.aborted) return Promise.reject(signal.reason);
          const { promise, resolve, reject } = Promise.withResolvers<Answer<T>>();
          let answered = false;
          const asker: WaitingAsker = {
            job: id,
            giveUpAfterMs,
            unknownJournals,
            resolve(answer) {
              answered = true;
              waiting.delete(asker);
              resolve(answer as Answer<T>);
            },
          };
          const ticket = join(question, asker);
          if (!answered) waiting.set(asker, { ticket, reject });
          return promise;
        },
      };
    },
    async stop() {
      stopped = true;
      await Promise.all([...lanes.values()].map((lane) => lane.stop()));
    },
  };
}

function fromList(list: { journals: DayFile; at: string }, issn: string): KeptAnswer {
  const journal = Object.hasOwn(list.journals, issn) ? list.journals[issn] : undefined;
  return journal === undefined
    ? { outcome: 'not_found', at: list.at }
    : { outcome: 'found', value: [journal], at: list.at };
}
