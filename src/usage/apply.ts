import type { TransactionSql } from 'postgres';
import type { AppliedEvidence, EvidenceKind } from '../evidence/index.ts';
import { oneAtATime } from '../platform/database/index.ts';
import { type Catalogue, originOf } from '../works/index.ts';
import type { Agents } from './agents.ts';
import { broughtEvents } from './brought-events.ts';
import * as store from './facts.store.ts';
import { dayOf, type Fact, factOf, MS_PER_DAY, previousDay, sameFact } from './facts.ts';
import { hasDocumentExtension } from './known-urls.ts';
import { createRecordWalk, loadRecordStates, type RecordState } from './record-walk.ts';
import {
  isStoredRecord,
  readStoredLines,
  type StoredEvent,
  type StoredLine,
  type StoredRecord,
} from './stored-event.ts';
import { createVerdictCounts } from './verdict-counts.ts';

type Delivered = AppliedEvidence<StoredLine[]>;

/** What applying one delivery did; kept as the evidence's result. */
interface Tally {
  added: number;
  edited: number;
  duplicates: number;
  withdrawn: number;
  older_records: number;
  /** Lines of a log without rules that are no events, in the order in which they are judged (specification §2.4). */
  unmatched: number;
  method: number;
  status: number;
  /** Lines of the kept delivery that brought nothing new, as ranges (first, last) counting from 0. */
  known_lines: [number, number][];
}

export interface UsageKindOptions {
  catalogue: Catalogue;
  agents: Agents;
  /** Told of works that nobody has described yet, in the transaction. */
  onUnknownWorks(tx: TransactionSql, workIds: number[], at: Date): Promise<void>;
}

export interface UsageKind extends EvidenceKind<StoredLine[]> {
  /** Drops what is remembered of the tables. */
  forget(): void;
}

/** Deliveries of usage: pseudonymised events to facts, by identity (specification §2.2). */
export function createUsageKind(options: UsageKindOptions): UsageKind {
  const partitions = new Set<string>();
  const countVerdictsTogether = createVerdictCounts();
  // A client asks for all deliveries of an import at once; they shall not all be in memory.
  const inTurn = oneAtATime();

  async function applyTogether(tx: TransactionSql, batch: Delivered[]): Promise<Tally[]> {
    const sources = await store.sourceIds(tx, [
      ...new Set(batch.map((delivery) => String(delivery.params.source))),
    ]);
    const tallies = batch.map(
      (): Tally => ({
        added: 0,
        edited: 0,
        duplicates: 0,
        withdrawn: 0,
        older_records: 0,
        unmatched: 0,
        method: 0,
        status: 0,
        known_lines: [],
      }),
    );
    const events = batch.flatMap((delivery) =>
      delivery.prepared.filter((line): line is StoredEvent => !isStoredRecord(line)),
    );
    const kindOf = await kindsOf(tx, events);
    const workOf = await worksOf(
      tx,
      events.filter((event) => kindOf(event) !== null && (event.kind !== 'known' || isHit(event))),
      batch,
    );
    const agentOf = await options.agents.numbers(tx, agentsOf(events));

    await store.ensurePartitions(tx, daysOf(events), partitions);
    const states = await loadRecordStates(tx, recordsOf(batch));
    const stored = await loadFacts(tx, events, states);
    const current = new Map<string, Fact | null>(stored);
    /** Of all events taken, withdrawn since or not: otherwise it would depend on how deliveries fall into batches. */
    let newest: number | null = null;

    for (const [index, delivery] of batch.entries()) {
      const tally = tallies[index];
      const source = String(delivery.params.source);
      const sourceId = sources.get(source);
      if (tally === undefined || sourceId === undefined) throw new Error(`the source ${source} is not known`);
      if (Array.isArray(delivery.params.replace_days)) {
        for (const fact of await store.findFactsOfDays(tx, sourceId, delivery.params.replace_days)) {
          stored.set(fact.identity, fact);
          current.set(fact.identity, null);
          tally.withdrawn++;
        }
      }
      const deliveredWorks: number[] = [];
      const records = createRecordWalk(source, states, current, tally);
      for (const [place, line] of delivery.prepared.entries()) {
        if (isStoredRecord(line)) {
          records.open(line);
          continue;
        }
        if (!records.takes(line)) {
          addToRanges(tally.known_lines, place);
          continue;
        }
        const kind = kindOf(line);
        if (kind === null) {
          tally.unmatched++;
          continue;
        }
        if (line.kind === 'known' && !isHit(line)) {
          if (line.method !== undefined) tally.method++;
          else tally.status++;
          continue;
        }
        const fact = factOf(line, kind, workOf(line), agentOf(line.agent), sourceId);
        if (newest === null || line.time > newest) newest = line.time;
        const before = current.get(line.event);
        if (before === undefined || before === null) tally.added++;
        else if (sameFact(before, fact)) {
          tally.duplicates++;
          addToRanges(tally.known_lines, place);
        } else tally.edited++;
        if (before === undefined || before === null || !sameFact(before, fact)) current.set(line.event, fact);
        deliveredWorks.push(fact.workId);
      }
      records.finish();
      if (typeof delivery.params.partner === 'string') {
        const name = delivery.params.partner_name;
        await options.catalogue.noteUsagePartner(tx, deliveredWorks, {
          id: delivery.params.partner,
          name: typeof name === 'string' ? name : null,
        });
      }
    }
    await write(tx, stored, current, newest);
    const changed = [...states.values()].filter((state) => state.changed);
    if (changed.length > 0) await store.upsertRecordStates(tx, changed);
    return tallies;
  }

  /** What each event is; null for a URL of a log that nobody knows and that is no document. */
  async function kindsOf(tx: TransactionSql, events: StoredEvent[]) {
    const urls = new Set<string>();
    for (const event of events) if (event.kind === 'known') urls.add(event.ids[0] ?? '');
    const known =
      urls.size === 0 ? new Map<string, 'page' | 'file'>() : await options.catalogue.urlKinds(tx, [...urls]);
    return (event: StoredEvent): 'request' | 'investigation' | 'other' | null => {
      if (event.kind !== 'known') return event.kind;
      const url = event.ids[0] ?? '';
      const kind = known.get(url);
      if (kind === 'page') return 'investigation';
      return kind === 'file' || hasDocumentExtension(url) ? 'request' : null;
    };
  }

  async function worksOf(tx: TransactionSql, events: StoredEvent[], batch: Delivered[]) {
    const places = new Map<string, number>();
    const groups: string[][] = [];
    const keyOfIds = (ids: string[]): string => (ids.length === 1 ? (ids[0] ?? '') : ids.join('\n'));
    for (const { ids } of events) {
      const key = keyOfIds(ids);
      if (places.has(key)) continue;
      places.set(key, groups.length);
      groups.push(ids);
    }
    const origin = originOf(batch);
    const { workIds, created } = await options.catalogue.resolve(tx, groups, origin);
    if (created.length > 0) await options.onUnknownWorks(tx, created, origin.at);
    return (event: StoredEvent): number => workIds[places.get(keyOfIds(event.ids)) ?? -1] ?? 0;
  }

  return {
    kind: 'usage',
    prepare: readStoredLines,
    forget() {
      partitions.clear();
      options.agents.forget();
    },
    async describe(sql, evidence, payload) {
      const { known_lines: known = [] } = evidence.result as { known_lines?: [number, number][] };
      const delivered = await inTurn(async () => broughtEvents(await payload(), known));
      const counts =
        delivered === null
          ? { robot: 0, double_click: 0, counted: 0 }
          : await countVerdictsTogether(sql, delivered);
      return { known_lines: undefined, ...counts };
    },
    async apply(tx, batch) {
      const results: Tally[] = [];
      // What replaces whole days must see the days as the deliveries before it left them.
      for (const part of splitBefore(batch, (delivery) => delivery.params.replace_days !== undefined)) {
        results.push(...(await applyTogether(tx, part)));
      }
      return results.map((tally) => ({ ...tally }));
    },
  };
}

/** Adds a number, greater than all before, to ascending ranges. */
function addToRanges(ranges: [number, number][], number: number): void {
  const last = ranges.at(-1);
  if (last !== undefined && last[1] === number - 1) last[1] = number;
  else ranges.push([number, number]);
}

/** Whether a line of a log is an event: GET, answered 200 or 304. */
function isHit(line: StoredEvent): boolean {
  return (
    line.method === undefined && (line.status === undefined || line.status === 200 || line.status === 304)
  );
}

function splitBefore(batch: Delivered[], starts: (delivery: Delivered) => boolean): Delivered[][] {
  const parts: Delivered[][] = [];
  for (const delivery of batch) {
    const last = parts.at(-1);
    if (last === undefined || starts(delivery)) parts.push([delivery]);
    else last.push(delivery);
  }
  return parts;
}

function* agentsOf(events: StoredEvent[]): Generator<string> {
  for (const { agent } of events) if (agent !== undefined) yield agent;
}

function* daysOf(events: StoredEvent[]): Generator<string> {
  let last = Number.NaN;
  for (const { time } of events) {
    const number = Math.floor(time / MS_PER_DAY);
    if (number === last) continue;
    last = number;
    const day = new Date(number * MS_PER_DAY).toISOString().slice(0, 10);
    yield day;
    yield previousDay(day);
  }
}

function* recordsOf(batch: Delivered[]): Generator<{ source: string; line: StoredRecord }> {
  for (const { params, prepared } of batch) {
    for (const line of prepared) if (isStoredRecord(line)) yield { source: String(params.source), line };
  }
}

/** The stored facts that a batch may touch, by identity. */
async function loadFacts(
  tx: TransactionSql,
  events: StoredEvent[],
  states: ReadonlyMap<string, RecordState>,
): Promise<Map<string, Fact>> {
  const stored = new Map<string, Fact>();
  const keep = (facts: Fact[]): void => {
    for (const fact of facts) stored.set(fact.identity, fact);
  };
  // What older versions of the same OAI records brought may lie on any day; so may what its sender identifies.
  const anywhere: string[] = [];
  for (const state of states.values()) anywhere.push(...state.identities);
  const onTheirDay: { identity: string; day: string }[] = [];
  for (const event of events) {
    if (event.fixed) onTheirDay.push({ identity: event.event, day: dayOf(event.time).day });
    else if (!event.in_record) anywhere.push(event.event);
    // A place in a record that was never seen cannot be known.
  }
  keep(await store.findFactsOnDays(tx, onTheirDay));
  keep(await store.findFacts(tx, anywhere));
  return stored;
}

/** Writes the difference between what was stored and what is true now. */
async function write(
  tx: TransactionSql,
  stored: ReadonlyMap<string, Fact>,
  current: ReadonlyMap<string, Fact | null>,
  upTo: number | null,
): Promise<void> {
  const remove: Fact[] = [];
  const add: Fact[] = [];
  for (const [identity, now] of current) {
    const before = stored.get(identity);
    if (before !== undefined && now !== null && sameFact(before, now)) continue;
    if (before !== undefined) remove.push(before);
    if (now !== null) add.push(now);
  }
  if (remove.length > 0) await store.deleteFacts(tx, remove);
  if (add.length > 0) await store.copyFacts(tx, add);
  await store.markDays(tx, touchedDays([...remove, ...add]));
  await store.moveState(tx, { events: add.length - remove.length, upTo });
}

/** The days whose figures some facts can change: their own, and near midnight the day before (double clicks). */
function touchedDays(facts: Fact[]): { workId: number; day: string }[] {
  const days = new Map<string, { workId: number; day: string }>();
  for (const { workId, day, ms } of facts) {
    days.set(`${workId} ${day}`, { workId, day });
    if (ms > 30_000) continue;
    const before = previousDay(day);
    days.set(`${workId} ${before}`, { workId, day: before });
  }
  return [...days.values()];
}
