import { keepCommon, setBit } from '../bits.ts';
import { documentAt } from '../collection.ts';
import { mostBuckets } from '../parse/facets.ts';
import type { SearchFault } from '../parse/faults.ts';
import type { Question } from '../question.ts';
import type { ReadModel } from '../read-model.ts';
import { aggregationAnswers } from './aggregations.ts';
import { facetAnswers } from './facets.ts';
import { highlightsOf } from './highlight.ts';
import { type Matched, matchedOf, within } from './matched.ts';
import { match } from './matching.ts';
import { pageOf } from './order.ts';
import { emptyBits, rootPlace } from './place.ts';
import { scoresOf, uniformScore } from './scoring.ts';
import { partsOf } from './source.ts';

export interface Hit {
  _index: 'oarr';
  _type: 'register';
  _id: string;
  _score: number | null;
  _source?: unknown;
  fields?: Record<string, unknown>;
  highlight?: Record<string, string[]>;
}

/** The search envelope of Elasticsearch, with `total` a number as in 0.90. */
export interface Envelope {
  /** Whole milliseconds. */
  took: number;
  timed_out: false;
  hits: { total: number; max_score: number | null; hits: Hit[] };
  facets?: Record<string, unknown>;
  aggregations?: Record<string, unknown>;
}

export type QueryAnswer = { ok: true; envelope: Envelope } | { ok: false; errors: SearchFault[] };

const tooMuch: QueryAnswer = {
  ok: false,
  errors: [{ path: '', message: 'asks for patterns over more text than one question may' }],
};

/**
 * Answers a question from the records as they are now. Refuses (as a fault of the request) an answer of more than 65,536
 * aggregation buckets, and patterns over more text than half a second of work.
 * @param clock milliseconds, for `took`.
 */
export function query(model: ReadModel, question: Question, clock = () => performance.now()): QueryAnswer {
  const start = clock();
  const place = rootPlace(model);
  const sorted = question.sort.length > 0 && question.sort[0]?.by !== 'score';
  const scored = !question.sort.every((key) => key.by !== 'score') || question.sort.length === 0;
  const uniform = uniformScore(question.query);
  const wanted = question.minScore !== null || (scored && question.size > 0);
  const bits = match(place, question.query);
  if (place.work.left < 0) return tooMuch;
  const scores = uniform === null && wanted ? scoresOf(place, question.query) : null;
  let matched = matchedOf(place, bits);
  if (question.minScore !== null) matched = aboveScore(matched, scores, uniform, question.minScore);
  const hits = question.postFilter === null ? matched : within(matched, match(place, question.postFilter));
  const page = pageOf(hits, question.sort, scores, question.from, question.size);
  const best = sorted || hits.slots.length === 0 ? null : bestScore(hits, scores, uniform);
  const budget = { left: mostBuckets };
  const envelope: Envelope = {
    took: 0,
    timed_out: false,
    hits: {
      total: hits.slots.length,
      max_score: best,
      hits: Array.from(page, (slot) =>
        hitOf(model, question, slot, sorted ? null : (scores?.[slot] ?? uniform ?? 1)),
      ),
    },
  };
  if (question.facets !== null) envelope.facets = facetAnswers(matched, question.facets);
  if (question.aggregations !== null) {
    envelope.aggregations = aggregationAnswers(matched, question.aggregations, budget);
  }
  if (budget.left < 0) {
    return { ok: false, errors: [{ path: '/aggs', message: `makes more than ${mostBuckets} buckets` }] };
  }
  if (place.work.left < 0) return tooMuch;
  envelope.took = Math.floor(clock() - start);
  return { ok: true, envelope };
}

function aboveScore(
  matched: Matched,
  scores: Float32Array | null,
  uniform: number | null,
  least: number,
): Matched {
  const bits = emptyBits(matched.place);
  for (const slot of matched.slots) if ((scores?.[slot] ?? uniform ?? 1) >= least) setBit(bits, slot);
  return matchedOf(matched.place, keepCommon(bits, matched.bits));
}

function bestScore(matched: Matched, scores: Float32Array | null, uniform: number | null): number {
  if (scores === null) return uniform ?? 1;
  let best = 0;
  for (const slot of matched.slots) best = Math.max(best, scores[slot] ?? 0);
  return best;
}

function hitOf(model: ReadModel, question: Question, slot: number, score: number | null): Hit {
  const record = documentAt(model.collection, slot) ?? {};
  const hit: Hit = {
    _index: 'oarr',
    _type: 'register',
    _id: 'id' in record ? String(record.id) : '',
    _score: score,
    ...partsOf(record, question),
  };
  if (question.highlight !== null) {
    const highlight = highlightsOf(record, question.query, question.highlight);
    if (Object.keys(highlight).length > 0) hit.highlight = highlight;
  }
  return hit;
}
