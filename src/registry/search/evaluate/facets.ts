import { hasBit } from '../bits.ts';
import type { FieldName } from '../clause.ts';
import { valuesAt } from '../column.ts';
import { addTo, floorTo } from '../dates.ts';
import type { Field } from '../field.ts';
import { distance, type Point } from '../location.ts';
import { compareScalars, type Scalar } from '../order.ts';
import { sizeOf } from '../postings.ts';
import type { CalendarInterval, Facet, Interval, Question } from '../question.ts';
import { inOrder, ranksOf } from '../value-order.ts';
import { borrowCounts, borrowRoom, giveBack } from './counting-room.ts';
import { listTerms } from './list-terms.ts';
import { countValues, eachNumber, everyDocument, type Matched, type ValueCounts, within } from './matched.ts';
import { match } from './matching.ts';
import { fieldOf } from './place.ts';
import { createStatistics, type Statistics, take } from './statistics.ts';
import { costOfRegexp, spend, type Work } from './work.ts';

type Answer = Record<string, unknown>;

/** Answers of the 0.90 facets over the documents matched, by name. */
export function facetAnswers(matched: Matched, facets: NonNullable<Question['facets']>): Answer {
  const answers: Answer = {};
  for (const { name, facet, filter, global } of facets) {
    let over = global ? everyDocument(matched.place) : matched;
    if (filter !== null) over = within(over, match(over.place, filter));
    answers[name] = answer(over, facet);
  }
  return answers;
}

function answer(matched: Matched, facet: Facet): Answer {
  const { place } = matched;
  switch (facet.type) {
    case 'terms':
      return termsAnswer(matched, facet);
    case 'range':
      return rangeAnswer(matched, facet);
    case 'statistical': {
      const statistics = createStatistics();
      for (const name of facet.fields)
        eachNumber(matched, fieldOf(place, name), (value) => take(statistics, value));
      return statisticalAnswer(statistics);
    }
    case 'terms_stats':
      return termsStatsAnswer(matched, facet);
    case 'histogram': {
      const counts = countKeys(
        matched,
        facet.field,
        (value) => Math.floor(value / facet.interval) * facet.interval,
      );
      return { _type: 'histogram', entries: counts.map(([key, count]) => ({ key, count })) };
    }
    case 'date_histogram': {
      const counts = countKeys(matched, facet.field, (value) => calendarFloor(value, facet.interval));
      return { _type: 'date_histogram', entries: counts.map(([time, count]) => ({ time, count })) };
    }
    case 'geo_distance':
      return geoAnswer(matched, facet);
    default:
      return { _type: facet.type, count: within(matched, match(place, facet.clause)).slots.length };
  }
}

function termsAnswer(matched: Matched, facet: Facet & { type: 'terms' }): Answer {
  const [name] = facet.fields;
  const { work } = matched.place;
  const field = name && fieldOf(matched.place, name);
  if (facet.fields.length !== 1) return listed(manyFields(matched, facet.fields), facet, work);
  if (field === undefined) return listed(noField(matched), facet, work);
  const kept = usual(matched, facet) ? field.listed : undefined;
  if (kept?.size === facet.size) {
    const missing = matched.place.collection.count - field.column.filled;
    return termsEntries(missing, kept.total, kept.numbers, field.values, (number) =>
      sizeOf(field.records[number]),
    );
  }
  const counts = borrowCounts(field.values.length);
  const counted = countValues(matched, field, counts, borrowRoom(field.values.length));
  try {
    const ordered = inOrder(field);
    const { values } = field;
    const all: Counted = {
      terms: values,
      ordered,
      ranks: () => ranksOf(field),
      compare: (a, b) => compareScalars(values[a] ?? '', values[b] ?? ''),
      ...counted,
    };
    return listed(all, facet, work, (total, numbers) => {
      if (usual(matched, facet)) field.listed = { size: facet.size, total, numbers };
    });
  } finally {
    giveBack(counts, counted.met);
  }
}

/** What a page asks for before anything is chosen: kept until a record changes in this field. */
const usual = (matched: Matched, facet: Facet & { type: 'terms' }): boolean =>
  matched.all &&
  facet.order === 'count' &&
  !facet.allTerms &&
  facet.exclude.length === 0 &&
  facet.pattern === null;

function listed(
  { terms, counts, met, ordered, ranks, compare, missing }: Counted,
  facet: Facet & { type: 'terms' },
  work: Work,
  keep?: (total: number, numbers: number[]) => void,
): Answer {
  const excluded = new Set(facet.exclude);
  const allowed = (number: number) => {
    const value = terms[number];
    if (value === undefined) return false;
    if (excluded.size > 0 && excluded.has(nameOf(value))) return false;
    if (facet.pattern === null) return true;
    const text = nameOf(value);
    return spend(work, costOfRegexp(text)) && facet.pattern(text);
  };
  const all = excluded.size === 0 && facet.pattern === null;
  const shown = (number: number) => terms[number] !== undefined && (all || allowed(number));
  let total = 0;
  const sum = (number: number) => {
    const count = counts[number] ?? 0;
    if (count > 0 && !all && !allowed(number)) counts[number] = 0;
    else total += count;
  };
  if (met !== null) for (let i = 0; i < met.length; i++) sum(met[i] ?? 0);
  else for (let number = 0; number < counts.length; number++) sum(number);
  const least = facet.allTerms ? 0 : 1;
  const numbers = listTerms(
    { counts, met: facet.allTerms ? null : met, ordered, ranks, compare },
    facet,
    (number) => (counts[number] ?? 0) >= least && shown(number),
  );
  keep?.(total, numbers);
  return termsEntries(missing, total, numbers, terms, (number) => counts[number] ?? 0);
}

function termsEntries(
  missing: number,
  total: number,
  numbers: readonly number[],
  values: readonly (Scalar | undefined)[],
  countOf: (number: number) => number,
): Answer {
  const terms = numbers.map((number) => ({ term: termOf(values[number] ?? ''), count: countOf(number) }));
  const other = total - terms.reduce((sum, { count }) => sum + count, 0);
  return { _type: 'terms', missing, total, other, terms };
}

const termOf = (value: Scalar) => (typeof value === 'boolean' ? (value ? 'T' : 'F') : value);
const nameOf = (value: Scalar) => String(termOf(value));

interface Counted extends ValueCounts {
  terms: readonly (Scalar | undefined)[];
  /** Places in `terms` in ascending order of the terms. */
  ordered: ArrayLike<number>;
  ranks: () => ArrayLike<number>;
  compare: (a: number, b: number) => number;
}

const noField = (matched: Matched): Counted => ({
  terms: [],
  counts: new Int32Array(0),
  met: null,
  ordered: [],
  ranks: () => [],
  compare: () => 0,
  missing: matched.slots.length,
});

/** A value that a record has in several of the fields counts once. */
function manyFields(matched: Matched, names: readonly FieldName[]): Counted {
  const fields = names.map((name) => fieldOf(matched.place, name)).filter((field) => field !== undefined);
  const counts = new Map<Scalar, number>();
  let missing = 0;
  for (const slot of matched.slots) {
    const values = new Set(
      fields.flatMap((field) => valuesAt(field.column, slot).map((number) => field.values[number] ?? '')),
    );
    if (values.size === 0) missing++;
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const terms = [...counts.keys()].sort(compareScalars);
  const places = terms.map((_, i) => i);
  return {
    terms,
    met: null,
    counts: Int32Array.from(terms, (term) => counts.get(term) ?? 0),
    ordered: places,
    ranks: () => places,
    compare: (a, b) => a - b,
    missing,
  };
}

export const inInterval = (value: number, { from, to }: Interval): boolean =>
  (from === null || value >= from) && (to === null || value < to);

function rangeAnswer(matched: Matched, facet: Facet & { type: 'range' }): Answer {
  const field = fieldOf(matched.place, facet.field);
  const values = fieldOf(matched.place, facet.valueField);
  const ranges = facet.ranges.map((range) => {
    const statistics = createStatistics();
    const counted = new Set<number>();
    eachNumber(matched, field, (value, slot) => {
      if (!inInterval(value, range)) return;
      if (values === field) take(statistics, value);
      else if (!counted.has(slot)) {
        eachNumber({ slots: Int32Array.of(slot) }, values, (other) => take(statistics, other));
      }
      counted.add(slot);
    });
    return rangeEntry(range, counted.size, statistics);
  });
  return { _type: 'range', ranges };
}

function rangeEntry(range: Interval, count: number, statistics: Statistics): Answer {
  return {
    ...(range.from === null ? {} : { from: range.from }),
    ...(range.to === null ? {} : { to: range.to }),
    count,
    min: statistics.min,
    max: statistics.max,
    total_count: statistics.count,
    total: statistics.total,
    mean: statistics.count === 0 ? 0 : statistics.total / statistics.count,
  };
}

function statisticalAnswer(statistics: Statistics): Answer {
  const { count, total, squares, min, max } = statistics;
  const mean = count === 0 ? 0 : total / count;
  const variance = count === 0 ? 0 : Math.max(0, squares / count - mean * mean);
  return {
    _type: 'statistical',
    count,
    total,
    sum_of_squares: squares,
    min,
    max,
    mean,
    variance,
    std_deviation: Math.sqrt(variance),
  };
}

function termsStatsAnswer(matched: Matched, facet: Facet & { type: 'terms_stats' }): Answer {
  const keys = fieldOf(matched.place, facet.keyField);
  const values = fieldOf(matched.place, facet.valueField);
  const found = new Map<number, { count: number; statistics: Statistics }>();
  let missing = 0;
  for (const slot of matched.slots) {
    const numbers = keys === undefined ? [] : valuesAt(keys.column, slot);
    if (numbers.length === 0) missing++;
    for (const number of numbers) {
      const entry = found.get(number) ?? { count: 0, statistics: createStatistics() };
      found.set(number, entry);
      entry.count++;
      eachNumber({ slots: Int32Array.of(slot) }, values, (value) => take(entry.statistics, value));
    }
  }
  const entries = [...found].map(([number, { count, statistics }]) => ({
    term: termOf(keys?.values[number] ?? ''),
    value: keys?.values[number] ?? '',
    count,
    total_count: statistics.count,
    min: statistics.min,
    max: statistics.max,
    total: statistics.total,
    mean: statistics.count === 0 ? 0 : statistics.total / statistics.count,
  }));
  const reverse = facet.order.startsWith('reverse_');
  const by = facet.order.replace('reverse_', '') as 'count' | 'term' | 'total' | 'mean' | 'min' | 'max';
  entries.sort((a, b) => {
    const terms = compareScalars(a.value, b.value);
    if (by === 'term') return reverse ? -terms : terms;
    const difference = (b[by] ?? -Infinity) - (a[by] ?? -Infinity);
    return (Number.isNaN(difference) ? 0 : difference) * (reverse ? -1 : 1) || terms;
  });
  const terms = entries.slice(0, facet.size).map(({ value: _, ...entry }) => entry);
  return { _type: 'terms_stats', missing, terms };
}

/** Documents by key of their numbers, keys ascending; a document counts once for each key. */
export function keysOf(
  matched: Pick<Matched, 'slots'>,
  field: Field | undefined,
  key: (value: number) => number,
): [number, number[]][] {
  const found = new Map<number, number[]>();
  eachNumber(matched, field, (value, slot) => {
    const at = key(value) + 0;
    const slots = found.get(at);
    if (slots === undefined) found.set(at, [slot]);
    else if (slots.at(-1) !== slot) slots.push(slot);
  });
  return [...found].sort(([a], [b]) => a - b);
}

const countKeys = (matched: Matched, name: FieldName, key: (value: number) => number) =>
  keysOf(matched, fieldOf(matched.place, name), key).map(([at, slots]): [number, number] => [
    at,
    slots.length,
  ]);

export function calendarFloor(time: number, { unit }: CalendarInterval): number {
  if (unit !== 'q') return floorTo(time, unit);
  const month = new Date(time).getUTCMonth();
  return addTo(floorTo(time, 'M'), -(month % 3), 'M');
}

export const calendarNext = (time: number, { unit }: CalendarInterval): number =>
  unit === 'q' ? addTo(time, 3, 'M') : addTo(time, 1, unit);

/** Distance of each document with a location, in metres. */
export function eachDistance(
  matched: Matched,
  from: Point,
  see: (metres: number, slot: number) => void,
): void {
  if (matched.place.parent !== undefined) return;
  const { lat, lon } = matched.place.model;
  for (const slot of matched.slots) {
    const metres = distance(from, { lat: lat[slot] ?? Number.NaN, lon: lon[slot] ?? Number.NaN });
    if (!Number.isNaN(metres) && hasBit(matched.bits, slot)) see(metres, slot);
  }
}

function geoAnswer(matched: Matched, facet: Facet & { type: 'geo_distance' }): Answer {
  const ranges = facet.ranges.map((range) => {
    const statistics = createStatistics();
    eachDistance(matched, facet.from, (metres) => {
      if (inInterval(metres / facet.unit, range)) take(statistics, metres / facet.unit);
    });
    return rangeEntry(range, statistics.count, statistics);
  });
  return { _type: 'geo_distance', ranges };
}
