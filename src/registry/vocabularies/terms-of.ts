import { entriesOf, type JsonObject, objectOf, textOf, textsOf } from '../model/record.ts';

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
  const add = (vocabulary: string, ...terms: (string | null)[]): void => {
    for (const term of terms) if (term !== null) see(vocabulary, term);
  };

  add('operational_status', textOf(register, 'operational_status'));
  for (const entry of entriesOf(register, 'metadata')) {
    const record = objectOf(entry, 'record');
    add('repository_type', ...textsOf(record, 'repository_type'));
    add('content_type', ...textsOf(record, 'content_type'));
    add('certification', ...textsOf(record, 'certification'));
    add('subject', ...textsOf(record, 'subject'));
    add('language', ...textsOf(record, 'language'));
    add('country', textOf(record, 'country'));
    // No vocabulary of its own: the sets of OAI-PMH go by it.
    add('country_code', textOf(record, 'country_code'));
    add('continent', textOf(record, 'continent'));
  }
  for (const policy of entriesOf(register, 'policy')) {
    const type = textOf(policy, 'policy_type');
    add('policy_type', type);
    add('policy_terms', ...textsOf(policy, 'terms'));
    if (type !== null) add(policyTermsOf(type), ...textsOf(policy, 'terms'));
  }
  for (const { role } of entriesOf(register, 'contact'))
    add('contact_role', ...textsOf({ role: role ?? [] }, 'role'));
  for (const { role } of entriesOf(register, 'organisation'))
    add('organisation_role', ...textsOf({ role: role ?? [] }, 'role'));
  for (const api of entriesOf(register, 'api')) add('api_type', textOf(api, 'api_type'));
  for (const integration of entriesOf(register, 'integration')) {
    add('integrated_with', textOf(integration, 'integrated_with'));
    add('integration_nature', textOf(integration, 'nature'));
  }
}

/** The terms that are in use under one type of policy are counted as a vocabulary of their own. */
export const policyTermsOf = (type: string) => `policy_terms\u0000${type}`;
