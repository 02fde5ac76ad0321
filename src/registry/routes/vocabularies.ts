import type { FastifyRequest } from 'fastify';
import type { Sql } from '../../platform/database/index.ts';
import { type App, problem, sendWithEtag, Type } from '../../platform/http/index.ts';
import type { Catalogue } from '../catalogue.ts';
import { registerJsonSchema } from '../model/json-schema.ts';
import { type ReadModel, valuesInUse } from '../search/index.ts';
import { countStatisticTypes } from '../statistics/statistics.store.ts';
import { pathsOfTerms } from '../vocabularies/terms-of.ts';
import { type Vocabulary, vocabularies } from '../vocabularies/vocabularies.ts';
import { AnyObject } from './shapes.ts';

const tags = ['Registry'];

const Head = { name: Type.String(), title: Type.String(), closed: Type.Boolean() };

export interface VocabularyRoutes {
  sql: Sql;
  catalogue: Catalogue;
  model: ReadModel;
  baseUrl(request: FastifyRequest): string;
}

/** The register's schema and the vocabularies, with how many records use each term (registry.md §1). */
export function addVocabularyRoutes(app: App, { sql, catalogue, model, baseUrl }: VocabularyRoutes): void {
  app.get(
    '/schemas/register',
    {
      schema: {
        tags,
        summary: 'JSON Schema (2020-12) of the register part of a record',
        response: { 200: AnyObject },
      },
    },
    async (request, reply) => {
      const text = JSON.stringify(registerJsonSchema(`${baseUrl(request)}/schemas/register`));
      reply.type('application/schema+json; charset=utf-8');
      return sendWithEtag(request, reply, text) as never;
    },
  );

  app.get(
    '/vocabularies',
    {
      schema: {
        tags,
        summary: 'The vocabularies',
        response: { 200: Type.Array(Type.Object({ ...Head, terms: Type.Integer() })) },
      },
    },
    async () =>
      vocabularies.map(({ name, title, closed, terms }) => ({ name, title, closed, terms: terms.length })),
  );

  app.get(
    '/vocabularies/:name',
    {
      schema: {
        tags,
        summary: 'A vocabulary: its terms, and how many records use each now',
        description: 'Terms in use that the vocabulary does not list are given with `"listed":false`.',
        params: Type.Object({ name: Type.String() }),
        querystring: Type.Object({
          policy_type: Type.Optional(
            Type.String({ description: 'Only terms in use under this type of policy' }),
          ),
        }),
        response: {
          200: Type.Object({
            ...Head,
            terms: Type.Array(
              Type.Object({
                term: Type.String(),
                code: Type.Optional(Type.String()),
                in_use: Type.Integer(),
                listed: Type.Optional(Type.Boolean()),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const vocabulary = vocabularies.find(({ name }) => name === request.params.name);
      if (!vocabulary) throw problem(404, 'There is no vocabulary of this name.');
      const { policy_type: policyType } = request.query;
      if (policyType !== undefined) {
        if (vocabulary.name !== 'policy_terms') throw problem(400, 'policy_type belongs to policy_terms.');
        const inUse = catalogue.policyTermsOf(policyType);
        const terms = counted(vocabulary, inUse).filter(({ in_use }) => in_use > 0);
        return { ...vocabulary, terms };
      }
      const inUse =
        vocabulary.name === 'statistic_type'
          ? await countStatisticTypes(sql)
          : valuesInUse(model, pathsOfTerms[vocabulary.name] ?? '');
      return { ...vocabulary, terms: counted(vocabulary, inUse) };
    },
  );
}

function counted({ terms }: Vocabulary, inUse: ReadonlyMap<string, number>) {
  const listed = new Set(terms.map(({ term }) => term));
  const unlisted = [...inUse.keys()].filter((term) => !listed.has(term)).sort();
  return [
    ...terms.map(({ term, code }) => ({
      term,
      ...(code !== undefined && { code }),
      in_use: inUse.get(term) ?? 0,
    })),
    ...unlisted.map((term) => ({ term, in_use: inUse.get(term) ?? 0, listed: false })),
  ];
}
