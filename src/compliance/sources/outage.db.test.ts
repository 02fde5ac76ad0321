import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { demoArticles } from '../../../demo/upstreams/articles.ts';
import { failures } from '../../../demo/upstreams/failures.ts';
import { sourceNames, startUpstreams } from '../../../demo/upstreams/start.ts';
import type { Clock } from '../../platform/outbound/index.ts';
import { quietLog, testDatabase } from '../../testing/index.ts';
import { createResolve } from '../chain/resolve.ts';
import { loadPolicies } from '../policies/load.ts';
import type { Resolution } from '../resolution-contract.ts';
import { createSources } from './create.ts';

/** Time that runs a hundred times as fast, so that backing off for half a minute takes a moment. */
function fastClock(): Clock {
  const began = Date.now();
  return {
    now: () => began + (Date.now() - began) * 100,
    async sleep(ms, signal) {
      await wait(Math.min(ms, 3_600_000) / 100, undefined, signal === undefined ? {} : { signal }).catch(
        () => {},
      );
    },
  };
}

suite('upstreams that fail', async () => {
  const upstreams = await startUpstreams();
  after(() => upstreams.close());
  const { policies } = await loadPolicies('/nowhere');
  const { sql } = await testDatabase({ after: (step) => after(() => (step as () => unknown)()) });

  function house(giveUpAfterMs: number, job = 'job') {
    const clock = fastClock();
    const { doors, configured } = createSources({
      sql,
      log: quietLog,
      settings: { ...upstreams.settings, allowPrivateAddresses: ['127.0.0.0/8'] },
      userAgent: 'Almanac/test',
      clock,
      timeLimits: { firstByteMs: 100, timeoutMs: 300 },
    });
    after(() => doors.stop());
    const resolve = createResolve({ configured, policies, repositoryAt: () => null, now: clock.now });
    const asking = doors.openFor({ id: job, giveUpAfterMs, signal: new AbortController().signal });
    return { resolve, asking, doors };
  }

  // One with a full text, one without, one manuscript, one that only Crossref knows.
  const articles = [0, 3, 4, 12].map((at) => demoArticles[at] ?? assert.fail());
  const drafts = articles.map(({ pmcid, doi, title, inEpmc }) => ({
    identifiers: { pmcid: inEpmc ? (pmcid ?? null) : null, pmid: null, doi: doi ?? null, title },
    policies: ['plan-s'],
    panel: 'A' as const,
    publisherPages: false,
  }));

  const resolveAll = ({ resolve, asking }: ReturnType<typeof house>) =>
    Promise.all(drafts.map((draft) => resolve(draft, asking)));

  /** Without times, which differ from day to day. */
  const timeless = (resolutions: Resolution[]) =>
    resolutions.map((one) => ({ ...one, notes: one.notes.map(({ when: _, ...rest }) => rest) }));

  const forget = () =>
    sql.begin(async (tx) => {
      await tx`delete from almanac.compliance_answers`;
      await tx`delete from almanac.compliance_sources`;
    });

  const healthy = await resolveAll(house(900_000));

  test('given upstreams that answer, when articles are resolved, then each has its facts and the codes that explain them', () => {
    assert.deepEqual(
      healthy.flatMap(({ parked }) => parked),
      [],
    );
    assert.deepEqual(
      healthy.map(({ compliance }) => [
        compliance.in_epmc,
        compliance.licence.type,
        compliance.epmc_aam,
        compliance.journal_type,
      ]),
      [
        [true, 'cc-by', false, 'oa'],
        [true, 'cc-by', false, 'oa'],
        [true, null, true, 'oa'],
        [false, null, null, 'oa'],
      ],
    );
    for (const { notes, compliance } of healthy) {
      const licenceCodes = notes.filter(({ code }) => /^licence\.(?!conflict)/.test(code));
      assert.equal(licenceCodes.length, 1);
      assert.equal(
        notes.filter(({ code }) => code.startsWith('aam.')).length,
        compliance.epmc_aam === null ? 0 : 1,
      );
    }
  });

  test('given the same articles again, when they are resolved, then nobody is asked a second time that day', async () => {
    const before = sourceNames.map((name) => upstreams.asked(name).length);
    assert.deepEqual(await resolveAll(house(900_000, 'another')), healthy);
    assert.deepEqual(
      sourceNames.map((name) => upstreams.asked(name).length),
      before,
    );
  });

  for (const source of sourceNames) {
    for (const failure of failures) {
      test(`given ${source} fails by ${failure}, when articles are resolved, then all end, nothing is "not found", and recovery gives every fact`, async () => {
        await forget();
        upstreams.fail(source, failure);
        const troubled = house(5_000);
        const during = await resolveAll(troubled);
        assert.ok(during.some(({ parked }) => parked.some((question) => question.source === source)));
        for (const { notes, parked, compliance } of during) {
          const isParked = parked.some((question) => question.source === source);
          assert.equal(
            notes.some(({ code }) => code === `${source}.unavailable`),
            isParked,
          );
          if (!isParked) continue;
          assert.ok(
            !notes.some(
              ({ code }) =>
                code === `${source}.not_found` || (code === 'doaj.not_listed' && source === 'doaj'),
            ),
          );
          if (source === 'epmc') {
            assert.deepEqual(
              [compliance.in_epmc, compliance.epmc_is_oa, compliance.licence.type],
              [null, null, null],
            );
            assert.ok(!notes.some(({ code }) => code === 'licence.none' || code.startsWith('epmc.found')));
          }
          if (source === 'core') assert.equal(compliance.in_core, null);
          if (source === 'doaj') assert.equal(compliance.journal_type, null);
          if (source === 'crossref') assert.ok(!notes.some(({ code }) => code === 'licence.none'));
        }
        upstreams.fail(source, null);
        let recovered = during;
        while (recovered.some(({ parked }) => parked.length > 0)) recovered = await resolveAll(troubled);
        assert.deepEqual(timeless(recovered), timeless(healthy));
        await troubled.doors.stop();
      });
    }
  }
});
