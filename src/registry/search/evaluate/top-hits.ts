import { documentAt } from '../collection.ts';
import type { Aggregation } from '../question.ts';
import type { Matched } from './matched.ts';
import { pageOf } from './order.ts';
import { filterSource } from './source.ts';

/** The first documents of a bucket; inside `nested` they are the members. */
export function topHits(matched: Matched, { from, size, sort, source }: Aggregation & { type: 'top_hits' }) {
  const page = pageOf(matched, sort, null, from, size);
  return {
    total: matched.slots.length,
    max_score: sort.length > 0 || page.length === 0 ? null : 1,
    hits: Array.from(page, (slot) => {
      const document = documentAt(matched.place.collection, slot) ?? {};
      return {
        _index: 'oarr',
        _type: 'register',
        _id: idOf(matched, slot),
        _score: sort.length > 0 ? null : 1,
        ...(source === false ? {} : { _source: source === null ? document : filterSource(document, source) }),
      };
    }),
  };
}

function idOf({ place }: Matched, slot: number): string {
  let at = slot;
  let up = place;
  while (up.parent !== undefined) {
    at = up.list?.holders[at] ?? 0;
    up = up.parent;
  }
  const document = documentAt(up.collection, at);
  return document !== undefined && 'id' in document ? String(document.id) : '';
}
