/** A made-up article, as the upstreams know it. Whatever is left out, they do not know. */
export interface MadeUpArticle {
  pmcid?: string;
  pmid?: string;
  doi?: string;
  title: string;
  journal: string;
  issns: string[];
  publisher: string;
  /** `YYYY-MM-DD`. */
  published: string;
  inEpmc: boolean;
  isOpenAccess: boolean;
  isManuscript: boolean;
  /** Address of the licence in the full text. */
  licenceAddress?: string;
  /** Words of the licence in the full text. */
  licenceWords?: string;
  /** Europe PMC's own field. */
  licenceField?: string;
  /** Address of the licence that the publisher told Crossref. */
  crossrefLicence?: string;
  /** Year since which DOAJ lists the journal. */
  openSince?: number;
  inCore: boolean;
  /** Months until the accepted version may be in a repository; absent: Open Policy Finder does not know the journal. */
  embargoMonths?: number;
  copies: { url: string; version: string; licence: string | null }[];
  /** Europe PMC does not know it at all. */
  isElsewhere?: boolean;
}

const subjects = [
  'Lichens',
  'Tidal rivers',
  'Bat calls',
  'Peat bogs',
  'Glass frogs',
  'Moss gardens',
  'Sea ice',
  'Night moths',
];
const findings = [
  'under street light',
  'after a dry summer',
  'in three old orchards',
  'along a northern coast',
  'counted by volunteers',
];
const journals = [
  {
    journal: 'Annals of Invented Ecology',
    issns: ['9900-0016', '9900-0024'],
    publisher: 'Fern Press',
    openSince: 2010,
  },
  {
    journal: 'Journal of Imaginary Biology',
    issns: ['9900-0032'],
    publisher: 'Oak and Ash',
    embargoMonths: 12,
  },
  { journal: 'Letters of the Moor', issns: ['9900-0040'], publisher: 'Heather House', embargoMonths: 6 },
  { journal: 'Fictional Medicine', issns: ['9900-0059'], publisher: 'Willow Society', openSince: 2022 },
];
const licences = ['by', 'by-nc', 'by-nc-nd', 'by-sa'];

/** The forty articles of the demo: open and closed ones, manuscripts, licences in every place, and some nobody knows. */
export const demoArticles: readonly MadeUpArticle[] = Array.from({ length: 40 }, (_, at) => articleOf(at));

function articleOf(at: number): MadeUpArticle {
  const journal = journals[at % journals.length] ?? { journal: '', issns: [], publisher: '' };
  const licence = `https://creativecommons.org/licenses/${licences[at % 3] ?? 'by'}/4.0/`;
  const isOpenAccess = at % 5 < 3;
  const isElsewhere = at % 13 === 12;
  return {
    ...(at % 7 === 6 ? {} : { pmcid: `PMC${9_900_001 + at}` }),
    ...(at % 11 === 10 ? {} : { pmid: String(99_000_001 + at) }),
    doi: `10.5555/demo.${at + 1}`,
    title: `${subjects[at % subjects.length]} ${findings[at % findings.length]}: report ${at + 1}`,
    ...journal,
    published: `${2019 + (at % 7)}-0${1 + (at % 9)}-15`,
    inEpmc: !isElsewhere && at % 7 !== 6,
    isOpenAccess: isOpenAccess && at % 7 !== 6,
    isManuscript: at % 6 === 4,
    ...(isOpenAccess && at % 2 === 0 ? { licenceAddress: licence } : {}),
    ...(isOpenAccess && at % 2 === 1
      ? { licenceWords: 'Distributed under the Creative Commons Attribution License' }
      : {}),
    ...(at % 8 === 3 ? { licenceField: 'cc by' } : {}),
    ...(at % 10 === 9 ? { crossrefLicence: licence } : {}),
    inCore: at % 3 === 0,
    copies:
      at % 3 === 0
        ? [
            {
              url: `https://repository.example.org/handle/${at + 1}`,
              version: 'acceptedVersion',
              licence: null,
            },
          ]
        : [],
    ...(isElsewhere ? { isElsewhere } : {}),
  };
}
