import type { MessageKey } from '../messages/messages.ts';
import type { Entry } from './entry.ts';
import { splitTerm } from './terms.ts';

export interface Column {
  name: string;
  title: MessageKey;
  text(entry: Entry): string;
}

const all = (values: string[]) => values.join('; ');

/** What a table and a CSV file of repositories can show. */
export const columns: Column[] = [
  { name: 'name', title: 'search.byName', text: ({ name }) => name },
  { name: 'status', title: 'facets.operational_status', text: ({ status }) => splitTerm(status ?? '')[1] },
  { name: 'country', title: 'facets.country', text: ({ country }) => country ?? '' },
  { name: 'organisation', title: 'facets.organisation', text: (entry) => all(entry.organisations) },
  { name: 'software', title: 'facets.software', text: ({ software }) => all(software) },
  { name: 'type', title: 'facets.repository_type', text: ({ types }) => all(types) },
  { name: 'content', title: 'facets.content_type', text: ({ contents }) => all(contents) },
  { name: 'language', title: 'facets.language', text: ({ languages }) => all(languages) },
  { name: 'subject', title: 'facets.subject', text: ({ subjects }) => all(subjects) },
  { name: 'interface', title: 'facets.api_type', text: ({ apis }) => all(apis.map(({ type }) => type)) },
  { name: 'policy', title: 'facets.policy_type', text: ({ policies }) => all(policies) },
  { name: 'established', title: 'search.established', text: ({ established }) => established ?? '' },
  { name: 'added', title: 'search.addedOn', text: ({ added }) => added.slice(0, 10) },
  { name: 'updated', title: 'search.updatedOn', text: ({ updated }) => updated.slice(0, 10) },
  { name: 'url', title: 'search.url', text: ({ url }) => url ?? '' },
  { name: 'id', title: 'search.id', text: ({ id }) => id },
];

const usual = ['name', 'status', 'country', 'organisation', 'software'];

/** The columns asked for, in their own order; the usual ones when none is known. */
export function chosenColumns(names: string[], otherwise: string[] = usual): Column[] {
  const chosen = columns.filter(({ name }) => names.includes(name));
  return chosen.length > 0 ? chosen : columns.filter(({ name }) => otherwise.includes(name));
}
