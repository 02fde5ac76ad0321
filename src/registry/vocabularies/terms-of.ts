import { entriesOf, type Json, type JsonObject, objectOf, textOf } from '../model/record.ts';

/** What a record holds of the vocabularies, as `[vocabulary, term]`, each pair once. */
export function termsOf(register: JsonObject): [string, string][] {
  const found = new Map<string, Set<string>>();
  eachTerm(register, (vocabulary, term) => {
    found.set(vocabulary, (found.get(vocabulary) ?? new Set()).add(term));
  });
  return [...found].flatMap(([vocabulary, terms]) =>
    [...terms].map((term): [string, string] => [vocabulary, term]),
  );
}

/** The same without a list of them; a pair may come more than once. */
export function eachTerm(register: JsonObject, see: (vocabulary: string, term: string) => void): void {
  const add = (vocabulary: string, term: string | null): void => {
    if (term !== null) see(vocabulary, term);
  };
  const addAll = (vocabulary: string, terms: Json | undefined): void => {
    if (Array.isArray(terms)) for (const term of terms) if (typeof term === 'string') see(vocabulary, term);
  };

  add('operational_status', textOf(register, 'operational_status'));
  for (const entry of entriesOf(register, 'metadata')) {
    const record = objectOf(entry, 'record');
    addAll('repository_type', record.repository_type);
    addAll('content_type', record.content_type);
    addAll('certification', record.certification);
    addAll('subject', record.subject);
    addAll('language', record.language);
    add('country', textOf(record, 'country'));
    // No vocabulary of its own: the sets of OAI-PMH go by it.
    add('country_code', textOf(record, 'country_code'));
    add('continent', textOf(record, 'continent'));
  }
  for (const policy of entriesOf(register, 'policy')) {
    const type = textOf(policy, 'policy_type');
    add('policy_type', type);
    addAll('policy_terms', policy.terms);
    if (type !== null) addAll(policyTermsOf(type), policy.terms);
  }
  for (const { role } of entriesOf(register, 'contact')) addAll('contact_role', role);
  for (const { role } of entriesOf(register, 'organisation')) addAll('organisation_role', role);
  for (const api of entriesOf(register, 'api')) add('api_type', textOf(api, 'api_type'));
  for (const integration of entriesOf(register, 'integration')) {
    add('integrated_with', textOf(integration, 'integrated_with'));
    add('integration_nature', textOf(integration, 'nature'));
  }
}

/** The terms that are in use under one type of policy are counted as a vocabulary of their own. */
export const policyTermsOf = (type: string) => `policy_terms\u0000${type}`;
