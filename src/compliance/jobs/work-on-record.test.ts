import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blankResolution } from '../blank.ts';
import type { Upstream } from '../record.ts';
import type { Answer, Asking, Question, Resolve } from '../resolution-contract.ts';
import type { LeasedRecord } from './records.store.ts';
import { workOnRecord } from './work-on-record.ts';

const at = '2026-01-01T00:00:00Z';
const given = { pmcid: null, pmid: '1', doi: null, title: null };
const options = { give_up_after: 900, publisher_pages: false, policies: [], panel: 'A' as const };
const away: Answer = { outcome: 'unavailable', status: 'HTTP 503', at };
const here: Answer = { outcome: 'found', value: 1, at };

/** Asks Europe PMC, and Crossref only when that did not tell: as the chain does for a licence. */
const resolve: Resolve = async (_draft, asking) => {
  const resolution = blankResolution(given);
  const ask = async (source: Upstream) => {
    const question: Question = { source, question: 'work', key: '1' };
    const answer = await asking.ask(question);
    if (answer.outcome === 'unavailable') {
      resolution.parked.push({ ...question, status: answer.status });
      resolution.notes.push({ by: source, when: at, note: 'away', code: `${source}.unavailable` });
    }
    return answer;
  };
  const [first] = await Promise.all([ask('epmc'), ask('doaj')]);
  if (first.outcome === 'unavailable') await ask('crossref');
  return resolution;
};

async function work(record: Partial<LeasedRecord>, answers: Partial<Record<Upstream, Answer>>) {
  const asking: Asking = { ask: async <T>({ source }: Question) => (answers[source] ?? here) as Answer<T> };
  const leased: LeasedRecord = {
    job_id: 'a',
    pos: 1,
    given,
    notes: [],
    resolution: null,
    parked: null,
    answers: null,
    retries: 0,
    ...record,
  };
  const parts = { resolve, now: () => Date.parse(at), onFault: assert.fail };
  const finished = await workOnRecord(parts, leased, options, asking, new AbortController().signal);
  return finished ?? assert.fail('not finished');
}

const codesOf = ({ resolution }: { resolution: { notes: { code: string }[] } }) =>
  resolution.notes.map(({ code }) => code);

test('given sources that were away, when one answers and another is no longer needed, then only the first is said to be back', async () => {
  const first = await work({}, { epmc: away, crossref: away });
  assert.deepEqual(codesOf(first), ['epmc.unavailable', 'crossref.unavailable']);
  const second = await work(first, { crossref: away, doaj: away });
  assert.deepEqual(codesOf(second), ['epmc.unavailable', 'epmc.recovered']);
  assert.deepEqual([second.parked, second.answers, second.retryAt], [[], null, null]);
});

test('given sources of which one stays away, then each says what became of it, and what was answered is not asked again', async () => {
  const first = await work({}, { epmc: away, doaj: away, crossref: away });
  const second = await work(first, { doaj: away, crossref: away });
  assert.deepEqual(codesOf(second), ['doaj.unavailable', 'epmc.unavailable', 'epmc.recovered']);
  const third = await work(second, { epmc: away });
  assert.deepEqual(codesOf(third), [
    'doaj.unavailable',
    'epmc.unavailable',
    'epmc.recovered',
    'doaj.recovered',
  ]);
  assert.deepEqual(third.parked, []);
});
