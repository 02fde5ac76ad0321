import type { Publication } from '../src/client/index.ts';
import type { Language } from './language.ts';
import type { DemoPartner } from './partners.ts';
import type { DemoScholar } from './people.ts';
import { createRandom, drawFrom, type Random, runningSums } from './random.ts';
import { createTitles, journalIn } from './titles.ts';

/** One record of one repository, with what its readers need to find it. */
export interface DemoPublication {
  partner: DemoPartner;
  record: Publication & { id: string };
  authors: readonly DemoScholar[];
  language: Language;
  /** URL of the page about the work, and of its file. */
  page: string;
  file: string;
  /** Milliseconds since 1970 of the day it came out; nobody reads it before. */
  publishedAt: number;
  /** How much it is read, compared with others of its partner. */
  popularity: number;
}

const FIRST_YEAR = 2005;
const LAST_YEAR = 2026;
/** Chance that a second repository holds a work too, when it has a DOI and an author who publishes at both. */
const SHARED = 0.25;

/** Types by kind of institution; the words are those that repositories send. */
const types: Record<DemoPartner['kind'], readonly [type: string, weight: number][]> = {
  university: [
    ['info:eu-repo/semantics/article', 52],
    ['info:eu-repo/semantics/doctoralThesis', 12],
    ['info:eu-repo/semantics/masterThesis', 10],
    ['info:eu-repo/semantics/conferencePaper', 11],
    ['info:eu-repo/semantics/bookPart', 6],
    ['info:eu-repo/semantics/report', 5],
    ['dataset', 4],
  ],
  college: [
    ['info:eu-repo/semantics/bachelorThesis', 68],
    ['info:eu-repo/semantics/report', 18],
    ['info:eu-repo/semantics/article', 10],
    ['info:eu-repo/semantics/lecture', 4],
  ],
  institute: [
    ['info:eu-repo/semantics/report', 34],
    ['dataset', 28],
    ['info:eu-repo/semantics/article', 30],
    ['software', 8],
  ],
};

/** All records of all partners, the newest years the fullest. They do not depend on the day the sample is loaded. */
export function createPublications(
  partners: readonly DemoPartner[],
  scholars: readonly DemoScholar[],
): DemoPublication[] {
  const titleOf = createTitles(createRandom('titles'));
  const byPartner = Map.groupBy(
    scholars.flatMap((scholar) => scholar.partners.map((id) => ({ id, scholar }))),
    ({ id }) => id,
  );
  return partners.flatMap((partner) => {
    const random = createRandom(`publications of ${partner.key}`);
    const own = (byPartner.get(partner.id) ?? []).map(({ scholar }) => scholar);
    const productivity = runningSums(own.map((_, at) => 1 / (at + 6)));
    const typeWeights = runningSums(types[partner.kind].map(([, weight]) => weight));
    const made: DemoPublication[] = [];
    for (let number = 1; number <= partner.publications; number++) {
      const type = types[partner.kind][drawFrom(typeWeights, random)]?.[0] ?? 'other';
      const authors = authorsOf(type, () => own[drawFrom(productivity, random)], random);
      made.push(createPublication(partner, number, type, authors, random, titleOf));
    }
    return made;
  });
}

/** The records that a second repository holds, of works with a DOI and an author who publishes there too. */
export function sharedRecords(
  publications: readonly DemoPublication[],
  partners: readonly DemoPartner[],
): DemoPublication[] {
  const random = createRandom('shared records');
  const numbers = new Map<string, number>();
  const shared: DemoPublication[] = [];
  for (const publication of publications) {
    const doi = publication.record.identifiers?.find((identifier) => identifier.startsWith('10.'));
    const elsewhere = publication.authors.flatMap((author) =>
      author.partners.filter((id) => id !== publication.partner.id),
    );
    const partner = partners.find(({ id }) => id === elsewhere[0]);
    if (doi === undefined || partner === undefined || !random.chance(SHARED)) continue;
    const number = (numbers.get(partner.id) ?? 90_000) + 1;
    numbers.set(partner.id, number);
    const { page, file } = addressesOf(partner, number);
    shared.push({
      ...publication,
      partner,
      page,
      file,
      popularity: publication.popularity / 3,
      record: {
        ...publication.record,
        id: `oai:${partner.id}:${number}`,
        identifiers: [doi],
        urls: urlsOf(page, file),
        partners: [{ id: partner.id, name: partner.name }],
      },
    });
  }
  return shared;
}

function createPublication(
  partner: DemoPartner,
  number: number,
  type: string,
  authors: DemoScholar[],
  random: Random,
  titleOf: (language: Language, year: number) => string,
): DemoPublication {
  // The root bends the even spread towards the newest years.
  const year = FIRST_YEAR + Math.floor(random.next() ** 0.65 * (LAST_YEAR - FIRST_YEAR + 1));
  const day = new Date(Date.UTC(year, random.below(12), 1 + random.below(28)));
  const date = day.toISOString().slice(0, 10);
  const language = random.chance(partner.ownLanguage) ? partner.language : 'en';
  const { page, file } = addressesOf(partner, number);
  const inJournal = type.endsWith('article');
  return {
    partner,
    authors,
    language,
    page,
    file,
    publishedAt: day.getTime(),
    popularity: 1 / (1 + random.below(partner.publications)) ** 0.85,
    record: {
      id: `oai:${partner.id}:${number}`,
      identifiers: identifiersOf(partner, number, year, type, random),
      title: titleOf(language, year),
      type,
      date: random.chance(0.8) ? date : String(year),
      publisher: inJournal ? `${partner.name} Open Press` : partner.name,
      urls: urlsOf(page, file),
      authors: authors.map((author) => ({
        name: `${author.family}, ${author.given}`,
        ...(author.orcid === null ? {} : { orcid: author.orcid }),
        ...(author.dai === null ? {} : { dai: author.dai }),
      })),
      partners: [{ id: partner.id, name: partner.name }],
      ...(inJournal ? { parent: { title: journalIn(language, random), type: 'Journal' } } : {}),
      datestamp: `${date}T06:00:00Z`,
    },
  };
}

/** 10.5555 is the prefix that Crossref keeps for examples. */
function identifiersOf(
  partner: DemoPartner,
  number: number,
  year: number,
  type: string,
  random: Random,
): string[] {
  const hasDoi = random.chance(type.endsWith('Thesis') ? 0.25 : 0.85);
  const doi = hasDoi ? [`10.5555/${partner.key}.${year}.${String(number).padStart(4, '0')}`] : [];
  const urn = partner.country === 'NL' ? [`urn:nbn:nl:ui:99-${partner.key}-${number}`] : [];
  return [...doi, ...urn];
}

function authorsOf(type: string, draw: () => DemoScholar | undefined, random: Random): DemoScholar[] {
  const count = type.endsWith('Thesis') ? 1 : 1 + Math.floor(random.next() ** 1.6 * 5);
  const drawn = Array.from({ length: count }, draw);
  return [...new Set(drawn)].filter((scholar) => scholar !== undefined);
}

function addressesOf(partner: DemoPartner, number: number): { page: string; file: string } {
  const page = `https://${partner.id}/records/${number}`;
  return { page, file: `${page}/files/fulltext.pdf` };
}

function urlsOf(page: string, file: string): NonNullable<Publication['urls']> {
  return [
    { url: page, kind: 'page' },
    { url: file, kind: 'file' },
  ];
}
