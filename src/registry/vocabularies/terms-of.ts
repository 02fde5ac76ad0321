import { entriesOf, type JsonObject, textOf, textsOf } from '../model/record.ts';

/** Where a record holds the terms of each vocabulary. */
export const pathsOfTerms: Readonly<Record<string, string>> = {
  operational_status: 'register.operational_status',
  repository_type: 'register.metadata.record.repository_type',
  content_type: 'register.metadata.record.content_type',
  certification: 'register.metadata.record.certification',
  subject: 'register.metadata.record.subject',
  language: 'register.metadata.record.language',
  country: 'register.metadata.record.country',
  // No vocabulary of its own: the sets of OAI-PMH go by it.
  country_code: 'register.metadata.record.country_code',
  continent: 'register.metadata.record.continent',
  policy_type: 'register.policy.policy_type',
  policy_terms: 'register.policy.terms',
  contact_role: 'register.contact.role',
  organisation_role: 'register.organisation.role',
  api_type: 'register.api.api_type',
  integrated_with: 'register.integration.integrated_with',
  integration_nature: 'register.integration.nature',
};

/** The terms that a record has under each type of policy; a pair may come more than once. */
export function eachPolicyTerm(register: JsonObject, see: (type: string, term: string) => void): void {
  for (const policy of entriesOf(register, 'policy')) {
    const type = textOf(policy, 'policy_type');
    if (type !== null) for (const term of textsOf(policy, 'terms')) see(type, term);
  }
}
