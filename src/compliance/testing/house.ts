import type { TestContext } from 'node:test';
import { isDatabaseAway, isTransient } from '../../platform/database/index.ts';
import { type App, createHttp, stopHttp } from '../../platform/http/index.ts';
import { createMetrics } from '../../platform/metrics/index.ts';
import { createOutbound, faultOfUrl, parseAddressRanges } from '../../platform/outbound/index.ts';
import { quietLog, testDatabase } from '../../testing/index.ts';
import { blankResolution } from '../blank.ts';
import { addCompliance, type ComplianceParts } from '../index.ts';
import type { Mail } from '../mails.ts';
import type { Answer, Doors, Question, Resolve } from '../resolution-contract.ts';

/** What a test's upstream answers to a question; it may take its time. */
export type Upstream = (question: Question, giveUpAfterMs: number) => Promise<Answer> | Answer;

/** One question for each record: found gives the ids of its value, unavailable is parked. */
export const askOnce: Resolve = async (draft, asking) => {
  const { doi, pmid, pmcid, title } = draft.identifiers;
  const key = pmcid ?? pmid ?? doi ?? title ?? '';
  const answer = await asking.ask<{ licence: string; pmcid?: string }>({
    source: 'epmc',
    question: 'article',
    key,
  });
  const resolution = blankResolution(draft.identifiers);
  if (answer.outcome === 'unavailable') {
    resolution.parked.push({ source: 'epmc', question: 'article', key, status: answer.status });
    resolution.notes.push({
      by: 'epmc',
      when: answer.at,
      note: `no answer (${answer.status})`,
      code: 'epmc.unavailable',
    });
  }
  if (answer.outcome === 'found') {
    resolution.compliance.licence.type = answer.value.licence;
    resolution.identifiers = {
      ...draft.identifiers,
      pmcid: draft.identifiers.pmcid ?? answer.value.pmcid ?? null,
    };
    resolution.notes.push({ by: 'epmc', when: answer.at, note: 'found', code: 'epmc.found' });
  }
  if (answer.outcome === 'not_found')
    resolution.notes.push({ by: 'epmc', when: answer.at, note: 'not found', code: 'epmc.not_found' });
  return resolution;
};

export const found = (value: unknown = { licence: 'cc-by' }): Answer => ({
  outcome: 'found',
  value,
  at: '2026-01-01T00:00:00Z',
});

export interface House {
  app: App;
  url: string;
  sql: ComplianceParts['sql'];
  mails: Mail[];
  /** Moves the clock. */
  pass(ms: number): void;
  setUpstream(upstream: Upstream): void;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The routes and the engine of compliance over a real database, with one upstream that the test plays. */
export async function startHouse(
  t: Pick<TestContext, 'after'>,
  options: {
    resolve?: Resolve;
    policies?: string[];
    upstream?: Upstream;
    publicUrl?: string;
    /** Real doors, for tests that need more than one upstream that plays along. Whoever opens them stops them. */
    doors?: Doors;
    sql?: ComplianceParts['sql'];
  } = {},
): Promise<House> {
  const sql = options.sql ?? (await testDatabase(t, { max: 6 })).sql;
  let upstream: Upstream = options.upstream ?? (() => found());
  let shift = 0;
  const mails: Mail[] = [];
  const outbound = createOutbound({
    allowPrivateAddresses: ['127.0.0.0/8'],
    userAgent: 'almanac/test',
    // Names are looked up here and nowhere else: all of them lead inside.
    resolve: async () => [{ address: '10.0.0.7', family: 4 }],
  });
  const ranges = parseAddressRanges(['127.0.0.0/8']);
  const app = await createHttp({
    config: { publicUrl: options.publicUrl ?? null, rateLimit: 1_000_000, trustProxy: [] },
    log: quietLog,
    metrics: createMetrics(),
    version: '0.0.0',
    authenticate: async () => null,
    isUnavailable: isDatabaseAway,
  });
  const build = (to: App | null) =>
    addCompliance(to, {
      sql,
      log: quietLog,
      now: () => Date.now() + shift,
      publicUrl: options.publicUrl ?? null,
      mailUrl: 'http://almanac.example.org',
      doors: options.doors ?? {
        openFor: ({ giveUpAfterMs, signal }) => ({
          async ask<T>(question: Question) {
            const given = await Promise.race([upstream(question, giveUpAfterMs), stopped(signal)]);
            return given as Answer<T>;
          },
        }),
        async stop() {},
      },
      resolve: options.resolve ?? askOnce,
      policies: () => options.policies ?? ['plan-s'],
      outbound,
      judgeUrl: (url) => faultOfUrl(url, ranges.ok ? ranges.ranges : []),
      async sendMail(_tx, mail) {
        mails.push(mail);
      },
      isTransient,
      jobDays: 90,
    });
  let compliance = build(app);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const stop = async () => {
    await stopHttp(app);
    await compliance.stop();
    await outbound.close();
  };
  t.after(stop);
  return {
    app,
    url,
    sql,
    mails,
    pass: (ms) => {
      shift += ms;
    },
    setUpstream: (next) => {
      upstream = next;
    },
    async restart() {
      await compliance.stop();
      // The routes of the first go on answering; only the engine is a new one.
      compliance = build(null);
    },
    stop,
  };
}

async function stopped(signal: AbortSignal): Promise<never> {
  signal.throwIfAborted();
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
