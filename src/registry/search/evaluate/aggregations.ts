import { hasBit, noBits, setBit } from '../bits.ts';
import type { FieldName } from '../clause.ts';
import { codeAt, valuesAt } from '../column.ts';
import type { Field } from '../field.ts';
import { compareScalars, type Scalar } from '../order.ts';
import type { Aggregation, Interval, NamedAggregation } from '../question.ts';
import { ranksOf } from '../value-order.ts';
import { formatTime } from './date-format.ts';
import { calendarFloor, calendarNext, eachDistance, inInterval, keysOf } from './facets.ts';
import { countValues, eachNumber, everyDocument, type Matched, matchedOf } from './matched.ts';
import { match } from './matching.ts';
import { emptyBits, fieldOf, type Place, placeAt } from './place.ts';
import { createStatistics, take } from './statistics.ts';
import { topHits } from './top-hits.ts';
import { costOfRegexp, spend } from './work.ts';

type Answer = Record<string, unknown>;

/** What one question's aggregations may still make. */
export interface BucketBudget {
  left: number;
}

/** Answers of the aggregations by name. Stops making buckets when the budget is spent: `left` is then below 0. */
export function aggregationAnswers(
  matched: Matched,
  aggregations: readonly NamedAggregation[],
  budget: BucketBudget,
): Answer {
  return Object.fromEntries(
    aggregations.map((each) => [each.name, answer(matched, each.aggregation, each.below, budget)]),
  );
}

function answer(
  matched: Matched,
  aggregation: Aggregation,
  below: readonly NamedAggregation[],
  budget: BucketBudget,
): Answer {
  const { place } = matched;
  const bucket = (key: Answer, over: Matched): Answer => {
    budget.left--;
    const answers = budget.left < 0 ? {} : aggregationAnswers(over, below, budget);
    return { ...key, doc_count: over.slots.length, ...answers };
  };
  switch (aggregation.type) {
    case 'terms':
      return termsAnswer(matched, aggregation, below, budget, bucket);
    case 'filter':
      return bucket({}, only(matched, match(place, aggregation.clause)));
    case 'filters': {
      const buckets = aggregation.clauses.map((clause) => bucket({}, only(matched, match(place, clause))));
      const { names } = aggregation;
      return {
        buckets: names === null ? buckets : Object.fromEntries(names.map((name, i) => [name, buckets[i]])),
      };
    }
    case 'missing': {
      const present = match(place, { kind: 'exists', path: aggregation.path });
      return bucket(
        {},
        ofSlots(
          place,
          matched.slots.filter((slot) => !hasBit(present, slot)),
        ),
      );
    }
    case 'range': {
      const slots = aggregation.ranges.map(() => new Set<number>());
      eachNumber(matched, fieldOf(place, aggregation.field), (value, slot) => {
        for (const [i, range] of aggregation.ranges.entries())
          if (inInterval(value, range)) slots[i]?.add(slot);
      });
      return rangeBuckets(place, aggregation.ranges, slots, aggregation, bucket);
    }
    case 'geo_distance': {
      const slots = aggregation.ranges.map(() => new Set<number>());
      eachDistance(matched, aggregation.from, (metres, slot) => {
        for (const [i, range] of aggregation.ranges.entries()) {
          if (inInterval(metres / aggregation.unit, range)) slots[i]?.add(slot);
        }
      });
      return rangeBuckets(
        place,
        aggregation.ranges,
        slots,
        { ...aggregation, dates: false, format: null },
        bucket,
      );
    }
    case 'histogram':
    case 'date_histogram':
      return histogramAnswer(matched, aggregation, budget, bucket);
    case 'global':
      return bucket({}, everyDocument(rootOf(place)));
    case 'nested':
      return bucket({}, membersOf(matched, aggregation.path));
    case 'reverse_nested':
      return bucket({}, holdersOf(matched, aggregation.path));
    case 'top_hits':
      return { hits: topHits(matched, aggregation) };
    default:
      return metricAnswer(matched, aggregation);
  }
}

type MakeBucket = (key: Answer, over: Matched) => Answer;

const only = (matched: Matched, bits: Uint32Array): Matched =>
  ofSlots(
    matched.place,
    matched.slots.filter((slot) => hasBit(bits, slot)),
  );

/** @param slots ascending */
function ofSlots(place: Place, slots: Int32Array): Matched {
  const bits = noBits(place.collection.documents.length);
  for (const slot of slots) setBit(bits, slot);
  return { place, bits, slots, all: slots.length === place.collection.count };
}

const rootOf = (place: Place): Place => (place.parent === undefined ? place : rootOf(place.parent));

function membersOf(matched: Matched, path: string): Matched {
  const inner = placeAt(matched.place, path);
  const bits = emptyBits(inner);
  for (const slot of matched.slots)
    for (const member of inner.list?.slotsOf[slot] ?? []) setBit(bits, member);
  return matchedOf(inner, bits);
}

/** The documents that hold the members: at the path given, else the records. */
function holdersOf(matched: Matched, path: string | null): Matched {
  const { place } = matched;
  if (place.parent === undefined || place.list?.path === path) return matched;
  const bits = emptyBits(place.parent);
  for (const slot of matched.slots) setBit(bits, place.list?.holders[slot] ?? 0);
  return holdersOf(matchedOf(place.parent, bits), path);
}

type TermsAggregation = Aggregation & { type: 'terms' };

interface TermBucket {
  value: Scalar;
  count: number;
  slots: number[] | null;
  answer: Answer | null;
}

function termsAnswer(
  matched: Matched,
  aggregation: TermsAggregation,
  below: readonly NamedAggregation[],
  budget: BucketBudget,
  bucket: MakeBucket,
): Answer {
  const field = fieldOf(matched.place, aggregation.field);
  const byMetric = aggregation.order.some(({ by }) => by !== '_count' && by !== '_key');
  let buckets = termBuckets(matched, field, aggregation, below.length > 0);
  const answers = (each: TermBucket): Answer => {
    const key = keyOf(each.value);
    if (each.slots !== null) return bucket(key, ofSlots(matched.place, Int32Array.from(each.slots)));
    budget.left--;
    return { ...key, doc_count: each.count };
  };
  if (byMetric) {
    for (const each of buckets) {
      if (budget.left < 0) break;
      each.answer = answers(each);
    }
  }
  const total = buckets.reduce((sum, each) => sum + each.count, 0);
  buckets.sort((a, b) => compareBuckets(a, b, aggregation.order));
  buckets = buckets.slice(0, aggregation.size);
  const listed = buckets.reduce((sum, each) => sum + each.count, 0);
  return {
    doc_count_error_upper_bound: 0,
    sum_other_doc_count: total - listed,
    buckets: buckets.map((each) => each.answer ?? answers(each)),
  };
}

const keyOf = (value: Scalar): Answer =>
  typeof value === 'boolean' ? { key: value ? 1 : 0, key_as_string: String(value) } : { key: value };

function termBuckets(
  matched: Matched,
  field: Field | undefined,
  aggregation: TermsAggregation,
  withSlots: boolean,
): TermBucket[] {
  const { include, exclude, leastCount, missing } = aggregation;
  const buckets: TermBucket[] = [];
  const chosen = include !== null || exclude !== null;
  const allowed = (value: Scalar) =>
    !chosen ||
    (spend(matched.place.work, costOfRegexp(String(value))) &&
      (include === null || include(value)) &&
      !exclude?.(value));
  if (field !== undefined) {
    ranksOf(field);
    const { counts } = countValues(matched, field);
    const slots: (number[] | undefined)[] = [];
    if (withSlots) {
      for (const slot of matched.slots) {
        for (const number of valuesAt(field.column, slot)) {
          const list = slots[number];
          if (list === undefined) slots[number] = [slot];
          else list.push(slot);
        }
      }
    }
    for (let number = 0; number < counts.length; number++) {
      const value = field.values[number];
      const count = counts[number] ?? 0;
      if (value === undefined || count < leastCount || !allowed(value)) continue;
      buckets.push({ value, count, slots: withSlots ? (slots[number] ?? []) : null, answer: null });
    }
  }
  if (missing !== null && allowed(missing)) addMissing(matched, field, missing, buckets, aggregation);
  return buckets;
}

/** Documents without a value count as if they had this one. */
function addMissing(
  matched: Matched,
  field: Field | undefined,
  value: Scalar,
  buckets: TermBucket[],
  { leastCount }: TermsAggregation,
): void {
  const without = matched.slots.filter((slot) => field === undefined || codeAt(field.column, slot) === 0);
  const known = buckets.find((each) => each.value === value);
  if (known === undefined) {
    if (without.length > 0 && without.length >= leastCount) {
      buckets.push({ value, count: without.length, slots: [...without], answer: null });
    }
    return;
  }
  known.count += without.length;
  known.slots = known.slots && [...known.slots, ...without].sort((a, b) => a - b);
}

function compareBuckets(a: TermBucket, b: TermBucket, order: TermsAggregation['order']): number {
  for (const { by, descending } of order) {
    const difference =
      by === '_count'
        ? a.count - b.count
        : by === '_key'
          ? compareScalars(a.value, b.value)
          : metricOf(a.answer, by) - metricOf(b.answer, by);
    if (difference !== 0 && !Number.isNaN(difference)) return descending ? -difference : difference;
  }
  return compareScalars(a.value, b.value);
}

/** `name`, `name.avg`, `inner>name.avg`. */
function metricOf(answer: Answer | null, by: string): number {
  let at: unknown = answer;
  const [path = '', property] = by.split('.');
  for (const name of path.split('>')) at = (at as Answer | null)?.[name];
  const found = (at as Answer | null)?.[property ?? 'value'] ?? (at as Answer | null)?.doc_count;
  return typeof found === 'number' ? found : Number.NEGATIVE_INFINITY;
}

function rangeBuckets(
  place: Place,
  ranges: readonly Interval[],
  slots: readonly Set<number>[],
  { keyed, dates, format }: { keyed: boolean; dates: boolean; format: string | null },
  bucket: MakeBucket,
): Answer {
  const print = (value: number) =>
    dates ? formatTime(value, format) : Number.isInteger(value) ? `${value}.0` : `${value}`;
  const made = ranges.map((range, i): [string, Answer] => {
    const { from, to } = range;
    const key = range.key ?? `${from === null ? '*' : print(from)}-${to === null ? '*' : print(to)}`;
    const ends = {
      ...(from === null ? {} : { from, ...(dates ? { from_as_string: print(from) } : {}) }),
      ...(to === null ? {} : { to, ...(dates ? { to_as_string: print(to) } : {}) }),
    };
    const over = ofSlots(place, Int32Array.from(slots[i] ?? []).sort());
    return [key, bucket(keyed ? ends : { key, ...ends }, over)];
  });
  return { buckets: keyed ? Object.fromEntries(made) : made.map(([, each]) => each) };
}

function histogramAnswer(
  matched: Matched,
  aggregation: Aggregation & { type: 'histogram' | 'date_histogram' },
  budget: BucketBudget,
  bucket: MakeBucket,
): Answer {
  const dates = aggregation.type === 'date_histogram';
  const floor = (value: number) =>
    aggregation.type === 'date_histogram'
      ? calendarFloor(value, aggregation.interval)
      : Math.floor(value / aggregation.interval) * aggregation.interval;
  const next = (key: number) =>
    aggregation.type === 'date_histogram'
      ? calendarNext(key, aggregation.interval)
      : floor(key + aggregation.interval * 1.5);
  const found = keysOf(matched, fieldOf(matched.place, aggregation.field), floor);
  const buckets: [string, Answer][] = [];
  const add = (key: number, slots: readonly number[]) => {
    const text = dates ? formatTime(key, aggregation.format) : String(key);
    const over = ofSlots(matched.place, Int32Array.from(slots));
    buckets.push([text, bucket({ ...(dates ? { key_as_string: text } : {}), key }, over)]);
  };
  let expected = found[0]?.[0] ?? 0;
  for (const [key, slots] of found) {
    if (aggregation.leastCount === 0) {
      for (; expected < key && budget.left >= 0; ) {
        add(expected, []);
        const after = next(expected);
        if (after <= expected) break;
        expected = after;
      }
      expected = next(key);
    }
    if (slots.length >= aggregation.leastCount) add(key, slots);
    if (budget.left < 0) break;
  }
  return { buckets: aggregation.keyed ? Object.fromEntries(buckets) : buckets.map(([, each]) => each) };
}

function metricAnswer(
  matched: Matched,
  aggregation: Aggregation & {
    type: 'min' | 'max' | 'avg' | 'sum' | 'stats' | 'value_count' | 'cardinality';
    field: FieldName;
  },
): Answer {
  const field = fieldOf(matched.place, aggregation.field);
  if (aggregation.type === 'cardinality' || aggregation.type === 'value_count') {
    const { counts } = field === undefined ? { counts: [] } : countValues(matched, field);
    let [distinct, total] = [0, 0];
    for (const count of counts) {
      if (count > 0) distinct++;
      total += count;
    }
    return { value: aggregation.type === 'cardinality' ? distinct : total };
  }
  const statistics = createStatistics();
  eachNumber(matched, field, (value) => take(statistics, value));
  const { count, min, max, total } = statistics;
  const avg = count === 0 ? null : total / count;
  switch (aggregation.type) {
    case 'stats':
      return { count, min, max, avg, sum: total };
    case 'sum':
      return { value: total };
    case 'avg':
      return { value: avg };
    default:
      return { value: aggregation.type === 'min' ? min : max };
  }
}
