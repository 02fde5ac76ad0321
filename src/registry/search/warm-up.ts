import { query } from './evaluate/query.ts';
import { parseQuery } from './parse/request.ts';
import { idsInOrder, type ReadModel } from './read-model.ts';

const rounds = 30;

/** What pages of a register count by. */
const facets = Object.fromEntries(
  [
    'operational_status',
    'metadata.record.country',
    'metadata.record.country_code',
    'metadata.record.continent',
    'metadata.record.language',
    'metadata.record.content_type',
    'metadata.record.repository_type',
    'metadata.record.subject',
    'organisation.details.name',
    'software.name',
    'api.api_type',
    'policy.policy_type',
    'policy.policy_grade',
    'policy.terms',
  ].map((name) => [name, { terms: { field: `register.${name}.exact`, size: 110, order: 'count' } }]),
);

const name = 'register.metadata.record.name.exact';
const api = { term: { 'register.api.api_type.exact': 'oai-pmh' } };
const aggs = { status: { terms: { field: 'register.operational_status.exact', size: 10 } } };

/** Of each kind that is asked often one, so that its code is compiled and its dictionaries are in order. */
const questions: readonly object[] = [
  { query: { match_all: {} }, facets },
  {
    query: {
      filtered: {
        query: { match_all: {} },
        filter: { term: { 'register.operational_status.exact': 'Operational' } },
      },
    },
    facets,
  },
  { query: { query_string: { query: 'university', default_operator: 'OR' } }, facets },
  { query: { query_string: { query: 'digital AND library' } }, facets },
  { query: { query_string: { query: '*archiv*' } }, facets },
  { query: { query_string: { query: 'univercity~' } }, facets },
  { query: { query_string: { query: '"university of"' } }, facets },
  { query: { match_all: {} }, sort: [{ [name]: 'asc' }] },
  { query: { match_all: {} }, sort: [{ last_updated: 'desc' }] },
  { query: { bool: { filter: [{ range: { last_updated: { gte: '2014' } } }] } }, aggs },
  { query: { nested: { path: 'register.api', query: api } }, aggs },
];

export interface WarmUp {
  /** A clock in milliseconds. */
  time(): number;
  /** Lets others be answered between two questions. */
  pause(): Promise<unknown>;
  /** True ends it. */
  isOver?(): boolean;
  /** Milliseconds of work after which no further round begins: a large register warms the code up in one. */
  most?: number;
}

/**
 * Asks the usual questions before visitors do, so that theirs are answered as fast as later ones: beside whatever else a
 * server does after its start, for which it need not wait.
 */
export async function warmUp(
  model: ReadModel,
  { time, pause, isOver = () => false, most = 1000 }: WarmUp,
): Promise<void> {
  if (model.slotOf.size === 0) return;
  let worked = 0;
  for (let round = 0; round < rounds && worked < most; round++) {
    for (const source of questions) {
      if (isOver()) return;
      const began = time();
      idsInOrder(model);
      const parsed = parseQuery({ source });
      if (parsed.ok) query(model, parsed.query);
      worked += time() - began;
      await pause();
    }
  }
}
