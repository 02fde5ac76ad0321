import { continentNames, countries } from '../model/countries.ts';
import { languages } from '../model/languages.ts';
import { policyTerms } from './policy-terms.ts';

export interface Term {
  term: string;
  code?: string;
}

export interface Vocabulary {
  name: string;
  title: string;
  /** Whether other values are refused: `codes` alone, or names too. */
  closed: boolean;
  terms: readonly Term[];
}

const plain = (...terms: string[]): Term[] => terms.map((term) => ({ term }));
const open = (name: string, title: string, terms: Term[]): Vocabulary => ({
  name,
  title,
  closed: false,
  terms,
});

/** Library of Congress Classification, main classes. */
const subjects: Term[] = Object.entries({
  A: 'General Works',
  B: 'Philosophy. Psychology. Religion',
  C: 'Auxiliary Sciences of History',
  D: 'World History',
  E: 'History of the Americas (general, United States)',
  F: 'History of the Americas (local)',
  G: 'Geography. Anthropology. Recreation',
  H: 'Social Sciences',
  J: 'Political Science',
  K: 'Law',
  L: 'Education',
  M: 'Music',
  N: 'Fine Arts',
  P: 'Language and Literature',
  Q: 'Science',
  R: 'Medicine',
  S: 'Agriculture',
  T: 'Technology',
  U: 'Military Science',
  V: 'Naval Science',
  Z: 'Bibliography. Library Science. Information Resources',
}).map(([code, term]) => ({ term, code }));

/** Every vocabulary of registry.md §1.2, in its order. */
export const vocabularies: readonly Vocabulary[] = [
  open(
    'operational_status',
    'Operational status',
    plain('Operational', 'Trial', 'Broken', 'Closed', 'Suggested', 'Malfunctioning'),
  ),
  open(
    'repository_type',
    'Repository type',
    plain('Institutional', 'Disciplinary', 'Governmental', 'Aggregating'),
  ),
  open(
    'content_type',
    'Content type',
    plain(
      'Journal articles',
      'Bibliographic references',
      'Conference and workshop papers',
      'Theses and dissertations',
      'Unpublished reports and working papers',
      'Books, chapters and sections',
      'Datasets',
      'Learning Objects',
      'Multimedia and audio-visual materials',
      'Software',
      'Patents',
      'Other special item types',
      'Fulltext',
      'Metadata only',
      'Research archive',
      'Data archive',
    ),
  ),
  open(
    'policy_type',
    'Policy type',
    plain('Metadata', 'Data', 'Content', 'Submission', 'Preservation', 'Archiving', 'OA mandate'),
  ),
  open('policy_terms', 'Policy terms', plain(...policyTerms)),
  open(
    'certification',
    'Certification',
    plain(
      'DINI',
      'CoreTrustSeal',
      'Data Seal of Approval',
      'nestor Seal',
      'DIN 31644',
      'ISO 16363:2012',
      'RIOXX',
      'TrustedDigitalRepository',
      'Ranking Web of Repositories',
    ),
  ),
  open(
    'contact_role',
    'Role of a contact',
    plain('administrator', 'technical', 'manager', 'suggester', 'general'),
  ),
  open('organisation_role', 'Role of an organisation', plain('host', 'developer', 'funder', 'publisher')),
  open(
    'api_type',
    'API type',
    plain('oai-pmh', 'sword', 'resourcesync', 'rss', 'atom', 'opensearch', 'rest', 'signposting', 'iiif'),
  ),
  open(
    'integrated_with',
    'System integrated with',
    plain('CRIS', 'VLE', 'HR', 'Publisher', 'Preservation', 'Identity'),
  ),
  open(
    'integration_nature',
    'Nature of an integration',
    plain('deposit', 'upstream', 'downstream', 'authentication', 'dissemination'),
  ),
  open(
    'statistic_type',
    'Type of a statistic',
    plain(
      'item_count',
      'record_count',
      'fulltext',
      'metadata only',
      'preprint',
      'postprint',
      'data',
      'all',
      'total_item_requests',
      'unique_item_requests',
      'total_item_investigations',
      'unique_item_investigations',
    ),
  ),
  open('subject', 'Subject', subjects),
  {
    name: 'country',
    title: 'Country (ISO 3166-1)',
    closed: true,
    terms: [...countries.values()].map(({ name, code }) => ({ term: name, code })),
  },
  {
    name: 'continent',
    title: 'Continent',
    closed: true,
    terms: [...continentNames].map(([code, term]) => ({ term, code })),
  },
  {
    name: 'language',
    title: 'Language (ISO 639)',
    closed: true,
    get terms() {
      return [...languages()].map(([code, term]) => ({ term, code }));
    },
  },
];
