import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { demoArticles } from '../../../demo/upstreams/articles.ts';
import { sourceNames, startUpstreams } from '../../../demo/upstreams/start.ts';
import { quietLog, testDatabase } from '../../testing/index.ts';
import { loadPolicies } from '../policies/load.ts';
import { createSources } from '../sources/create.ts';
import { fastClock } from '../testing/fast-clock.ts';
import { createResolve } from './resolve.ts';

suite('articles and their sources', async () => {
  const upstreams = await startUpstreams();
  after(() => upstreams.close());
  const { policies } = await loadPolicies('/nowhere');
  const { sql } = await testDatabase({ after: (step) => after(() => (step as () => unknown)()) });

  const { doors, configured } = createSources({
    sql,
    log: quietLog,
    settings: { ...upstreams.settings, allowPrivateAddresses: ['127.0.0.0/8'] },
    userAgent: 'Almanac/test',
    clock: fastClock(100),
  });
  after(() => doors.stop());
  const resolve = createResolve({ configured, policies, repositoryAt: () => null, now: Date.now });

  // One with a full text, one without, one manuscript, one that only Crossref knows.
  const articles = [0, 3, 4, 12].map((at) => demoArticles[at] ?? assert.fail());
  const drafts = articles.map(({ pmcid, doi, title, inEpmc }) => ({
    identifiers: { pmcid: inEpmc ? (pmcid ?? null) : null, pmid: null, doi: doi ?? null, title },
    policies: ['plan-s'],
    panel: 'A' as const,
    publisherPages: false,
  }));

  function resolveAll(job: string) {
    const asking = doors.openFor({
      id: job,
      giveUpAfterMs: 900_000,
      signal: new AbortController().signal,
    });
    return Promise.all(drafts.map((draft) => resolve(draft, asking)));
  }
  const healthy = await resolveAll('first');

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
    assert.deepEqual(await resolveAll('another'), healthy);
    assert.deepEqual(
      sourceNames.map((name) => upstreams.asked(name).length),
      before,
    );
  });
});
