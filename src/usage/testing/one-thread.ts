import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import {
  createInbox,
  createProcessor,
  type Derivation,
  type Params,
  replay,
  retryFailed,
  sealPayload,
} from '../../evidence/index.ts';
import { isTransient, openDatabase, type Sql } from '../../platform/database/index.ts';
import { expectConsistent, quietLog, testDatabase } from '../../testing/index.ts';
import { createCatalogue, createPublicationsKind } from '../../works/index.ts';
import { createAgents } from '../agents.ts';
import { createUsageKind } from '../apply.ts';
import { followCatalogue } from '../catalogue-changes.ts';
import { createDelivery, type DeliveryHead, type EventToKeep } from '../delivery.ts';
import type { DeliveredRecord } from '../event.ts';
import { identities } from '../identity.ts';
import { createRoller } from '../roller.ts';
import { parseRobotsList, type RobotsList } from '../rules/robots.ts';
import { createSalts } from '../salts.ts';
import { createSources } from '../sources.ts';
import { readStatus } from '../statistics.store.ts';
import { readStatistics, type Statistics, type StatisticsQuestion, type SubjectType } from '../statistics.ts';
import { findSubjects } from '../subjects.ts';
import { readPublicationsOf, readTop, type TopKind } from '../top.ts';

/** What a test says of an event; the rest is a browser's download of `doi:10.1234/one` at noon of 15 June 2024. */
export type TestEvent = Partial<EventToKeep> & {
  /** `2024-06-15T12:00:00Z`, or the time of day on 15 June 2024; wins over `time`. */
  at?: string;
  /** Id in place of `identifier`. */
  id?: string;
};

/** An OAI-PMH record with its events. */
export interface TestRecord {
  record: DeliveredRecord;
  events: TestEvent[];
}

export interface TestHead {
  source?: string;
  account?: string;
  partner?: string | undefined;
  partnerName?: string | undefined;
  replaceDays?: string[];
}

/** A publication as `POST /api/publications` takes it. */
export type TestPublication = Record<string, unknown>;

/** A robots list whose robots say `bot` first: unlike the real one it lets the empty user agent pass. */
export const botsOnly = robotsList('^bot');

export function robotsList(text: string): RobotsList {
  const read = parseRobotsList(text);
  assert.ok(read.ok);
  return read.list;
}

/**
 * A whole Almanac without HTTP, in one thread, on a database of its own: events are delivered, `settle` applies and
 * recomputes until nothing is left, statistics are read. When the test ends, what is stored is recomputed and compared.
 */
export async function startOneThread(t: TestContext, options: { robots?: RobotsList; max?: number } = {}) {
  const database = await testDatabase(t, { max: options.max ?? 4 });
  return oneThreadOn(database, options);
}

export type OneThread = Awaited<ReturnType<typeof startOneThread>>;

/** The derivation as `app.ts` composes it. */
export function composeTestDerivation(robots: RobotsList = botsOnly): Derivation {
  const catalogue = createCatalogue(followCatalogue);
  const usage = createUsageKind({
    catalogue,
    agents: createAgents(robots),
    onUnknownWorks: async () => undefined,
  });
  return {
    kinds: [usage, createPublicationsKind(catalogue)],
    forget() {
      catalogue.forget();
      usage.forget();
    },
  };
}

function oneThreadOn(
  database: Awaited<ReturnType<typeof testDatabase>>,
  { robots = botsOnly }: { robots?: RobotsList },
) {
  const { sql } = database;
  const clock = { now: Date.parse('2024-08-01T00:00:00Z') };
  const now = (): number => clock.now;
  const inbox = createInbox({ sql, now, onAccepted: () => undefined });
  const salts = createSalts({ sql, now, lifeDays: 40 });
  const sources = createSources({ sql, now });
  const newProcessor = (derivation = composeTestDerivation(robots)) =>
    createProcessor({
      sql,
      derivation,
      log: { warn: () => undefined, error: () => undefined },
      now,
      isTransient,
    });
  const processor = newProcessor();
  const roller = createRoller({ sql, many: FEW });

  async function open(head: TestHead) {
    const source = head.source ?? 'source';
    const account = head.account ?? 'account';
    assert.ok(await sources.claim(source, account, false), `${source} belongs to another account`);
    const full: DeliveryHead = {
      account,
      source,
      partner: head.partner === undefined ? null : { id: head.partner, name: head.partnerName ?? null },
      contentType: 'application/xml',
      ...(head.replaceDays === undefined ? {} : { replaceDays: head.replaceDays }),
    };
    return createDelivery({ inbox, salts, now, countryOf: () => 'ZZ' }, full);
  }

  /** Delivers events without an OAI record; answers the evidence's id. */
  async function deliver(events: TestEvent[], head: TestHead = {}): Promise<string> {
    const delivery = await open(head);
    for (const [index, event] of events.entries()) delivery.add(eventOf(event, index + 1, null), null);
    return (await delivery.store()).evidence;
  }

  /** Delivers OAI records. */
  async function deliverRecords(records: TestRecord[], head: TestHead = {}): Promise<string> {
    const delivery = await open(head);
    let position = 0;
    for (const { record, events } of records) {
      if (events.length === 0) delivery.addRecord(record);
      for (const [index, event] of events.entries())
        delivery.add(eventOf(event, ++position, index + 1), record);
    }
    return (await delivery.store()).evidence;
  }

  function publish(publications: TestPublication[]): Promise<string> {
    return publishBody('application/json', JSON.stringify({ publications }));
  }

  /** Delivers a body as `POST /api/publications` takes it. */
  async function publishBody(contentType: string, body: string): Promise<string> {
    return inbox.accept({
      account: 'account',
      kind: 'publications',
      contentType,
      payload: await sealPayload(body),
      restricted: false,
      params: { content_type: contentType, partner: null, partner_name: null },
      result: { accepted: 1, rejected: [] },
    });
  }

  async function apply(): Promise<void> {
    while ((await processor.step()) !== 'idle');
  }

  async function roll(): Promise<void> {
    while ((await roller.step()) !== 'idle');
  }

  /** Applies and recomputes all that waits. */
  async function settle(): Promise<void> {
    await apply();
    await roll();
  }

  async function statistics(
    type: SubjectType,
    id: string,
    question: Partial<StatisticsQuestion> = {},
  ): Promise<Statistics | null> {
    return readStatistics(sql, {
      type,
      id,
      from: null,
      until: null,
      granularity: 'total',
      byCountry: false,
      ...question,
    });
  }

  return {
    ...database,
    clock,
    inbox,
    salts,
    sources,
    processor,
    newProcessor,
    roller,
    deliver,
    deliverRecords,
    publish,
    publishBody,
    apply,
    roll,
    settle,
    statistics,
    top: (kind: TopKind, size = 10, range: { from?: string; until?: string } = {}) =>
      readTop(sql, kind, range.from ?? null, range.until ?? null, size),
    publicationsOf: (
      type: 'scholar' | 'partner',
      id: string,
      size = 10,
      range: { from?: string; until?: string } = {},
    ) => readPublicationsOf(sql, { type, id }, range.from ?? null, range.until ?? null, size),
    subjects: (text: string, types: ('scholar' | 'partner')[] = ['scholar', 'partner'], size = 10) =>
      findSubjects(sql, text, types, size),
    status: () => readStatus(sql),
    retry: (id: string | null = null) => retryFailed(sql, id),
    /** Total and unique requests, total and unique investigations; null for a subject that is not known. */
    async figures(
      type: SubjectType,
      id: string,
      question: Partial<StatisticsQuestion> = {},
    ): Promise<number[] | null> {
      const found = await statistics(type, id, question);
      return found === null ? null : Object.values(found.metrics);
    },
    /** Settles, then checks every figure against the facts. */
    async settleAndCheck(): Promise<void> {
      await settle();
      await expectConsistent(sql);
    },
    /** The result kept with some evidence, after it was applied. */
    async resultOf(evidence: string): Promise<Record<string, unknown>> {
      const [row] = await sql<
        { state: string; reason: string | null; result: Record<string, unknown> | null }[]
      >`
        select state, reason, result from almanac.evidence where id = ${evidence}`;
      assert.deepEqual([row?.state, row?.reason], ['done', null]);
      return row?.result ?? {};
    },
    /** What `GET /api/evidence/:id` adds to the result: the verdicts on what the delivery brought. */
    async describe(evidence: string): Promise<Record<string, unknown>> {
      const [row] = await sql<{ params: Params; result: Record<string, unknown>; payload: Buffer }[]>`
        select params, result, payload from almanac.evidence where id = ${evidence}`;
      assert.ok(row !== undefined);
      const kind = composeTestDerivation(robots).kinds.find((each) => each.kind === 'usage');
      return (await kind?.describe?.(sql, row, async () => zstdDecompressSync(row.payload))) ?? {};
    },
    /** Derives everything anew, as `almanac archive replay` does. */
    async replay(onProgress: (done: number, total: number) => void = () => undefined) {
      const next = await openDatabase({
        databaseUrl: database.url,
        dataDir: database.dataDir,
        log: quietLog,
        max: 4,
        migrate: false,
        searchPath: 'derived_next, almanac, public',
      });
      try {
        return await replay({
          live: sql,
          next: next.sql,
          derivation: composeTestDerivation(robots),
          roll: rollAll,
          onProgress,
        });
      } finally {
        await next.close();
      }
    },
  };
}

/** So that both ways of the roller, one transaction and two at a time, are taken. */
const FEW = 3;

async function rollAll(sql: Sql): Promise<void> {
  const roller = createRoller({ sql, many: FEW });
  while ((await roller.step()) !== 'idle');
}

function eventOf(
  { at, id, ...event }: TestEvent,
  position: number,
  recordPosition: number | null,
): EventToKeep {
  const time = at === undefined ? undefined : Date.parse(at.includes('T') ? at : `2024-06-15T${at}Z`);
  return {
    position,
    recordPosition,
    identifier: id ?? null,
    time: time ?? Date.parse('2024-06-15T12:00:00Z'),
    identifiers: ['doi:10.1234/one'],
    url: 'http://repository.example/1/paper.pdf',
    kind: 'request',
    method: 'GET',
    status: 200,
    excludedClass: false,
    address: '118.94.150.7',
    hashedAddress: null,
    userAgent: 'Browser/1',
    user: null,
    cookie: null,
    session: null,
    country: 'NL',
    referrer: null,
    repository: null,
    ...event,
  };
}

/** The identity (hex) under which an event with an id of its own is stored. */
export function storedIdentity(source: string, id: string): string {
  const never = (): Uint8Array => assert.fail('no salt is needed');
  return identities(source, never)(eventOf({ id }, 1, null), null).hex;
}
