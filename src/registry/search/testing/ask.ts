import assert from 'node:assert/strict';
import { type Envelope, parseQuery, query, type ReadModel, type SearchInput } from '../index.ts';

/** 24 January 2014, noon. */
export const noon = Date.UTC(2014, 0, 24, 12);

/** The answer to a question that has to be understood. */
export function ask(model: ReadModel, source: object): Envelope {
  return askFor(model, { source });
}

export function askFor(model: ReadModel, input: SearchInput): Envelope {
  const parsed = parseQuery(input, noon);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  const answer = query(model, parsed.query, () => 0);
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.envelope;
}

/** Ids of the hits, sorted. */
export const idsOf = (model: ReadModel, source: object): string[] =>
  ask(model, { size: 10_000, ...source })
    .hits.hits.map((hit) => hit._id)
    .sort();

/** The faults of a question that has to be refused. */
export function faultsOf(input: SearchInput): { path: string; message: string }[] {
  const parsed = parseQuery(input, noon);
  assert.equal(parsed.ok, false, 'the question was understood');
  return parsed.ok ? [] : parsed.errors;
}
