import type { MessageKey } from '../messages/messages.ts';

export interface FacetDefinition {
  /** The parameter in the address, too. */
  name: FacetName;
  /** Path in a record. */
  field: string;
  title: MessageKey;
  /** Whose names are translated by their code. */
  names?: 'country' | 'language';
}

/** The facets, in the order in which they stand beside a search (specification `registry`, section 8). */
export const facetNames = [
  'operational_status',
  'country',
  'continent',
  'language',
  'content_type',
  'repository_type',
  'certification',
  'subject',
  'organisation',
  'software',
  'api_type',
  'integrated_with',
  'integration_nature',
  'integration_software',
  'policy_type',
  'policy_terms',
  'policy_grade',
  'organisation_role',
  'contact_role',
] as const;

export type FacetName = (typeof facetNames)[number];

const fields: Record<FacetName, string> = {
  operational_status: 'register.operational_status',
  country: 'register.metadata.record.country',
  continent: 'register.metadata.record.continent',
  language: 'register.metadata.record.language',
  content_type: 'register.metadata.record.content_type',
  repository_type: 'register.metadata.record.repository_type',
  certification: 'register.metadata.record.certification',
  subject: 'register.metadata.record.subject',
  organisation: 'register.organisation.details.name',
  software: 'register.software.name',
  api_type: 'register.api.api_type',
  integrated_with: 'register.integration.integrated_with',
  integration_nature: 'register.integration.nature',
  integration_software: 'register.integration.software',
  policy_type: 'register.policy.policy_type',
  policy_terms: 'register.policy.terms',
  policy_grade: 'register.policy.policy_grade',
  organisation_role: 'register.organisation.role',
  contact_role: 'register.contact.role',
};

export const facets: FacetDefinition[] = facetNames.map((name) => ({
  name,
  field: fields[name],
  title: `facets.${name}`,
  ...((name === 'country' || name === 'language') && { names: name }),
}));

export function isFacetName(text: string): text is FacetName {
  return (facetNames as readonly string[]).includes(text);
}
