/** The words of repositories for each COUNTER Data_Type (specification `usage` §5.4), without spaces, lower case. */
const WORDS: Record<string, readonly string[]> = {
  Article: ['article', 'review', 'contributiontoperiodical', 'preprint', 'journalarticle'],
  Thesis_or_Dissertation: ['doctoralthesis', 'masterthesis', 'bachelorthesis', 'thesis', 'dissertation'],
  Conference_Item: [
    'conferencepaper',
    'conferenceobject',
    'conferenceposter',
    'conferenceproceedings',
    'conferencecontribution',
    'lecture',
  ],
  Book_Segment: ['book', 'bookpart', 'bookchapter'],
  Report: ['report', 'workingpaper', 'technicaldocumentation', 'technicalreport'],
  Dataset: ['dataset'],
  Software: ['software'],
  Patent: ['patent'],
  Image: ['image', 'stillimage'],
  Sound: ['sound'],
  Audiovisual: ['video', 'movingimage'],
  Interactive_Resource: ['interactiveresource'],
  Standard: ['standard'],
  Other: ['other', 'annotation'],
};

const BY_WORD = new Map(
  Object.entries(WORDS).flatMap(([type, words]) => words.map((word) => [word, type] as const)),
);

/** COUNTER R5.1 Data_Types that senders may write as such, beside the words above; also the types of a parent. */
const COUNTER_TYPES = new Map(
  [
    'Article',
    'Audiovisual',
    'Book',
    'Book_Segment',
    'Conference',
    'Conference_Item',
    'Dataset',
    'Image',
    'Interactive_Resource',
    'Journal',
    'Multimedia',
    'News_Item',
    'Newspaper_or_Newsletter',
    'Other',
    'Patent',
    'Reference_Item',
    'Reference_Work',
    'Report',
    'Software',
    'Sound',
    'Standard',
    'Thesis_or_Dissertation',
  ].map((type) => [type.toLowerCase(), type]),
);

/** Words that catalogues use for the host of a work, beside the COUNTER types themselves. */
const PARENT_WORDS = new Map([
  ['periodical', 'Journal'],
  ['magazine', 'Journal'],
  ['newspaper', 'Newspaper_or_Newsletter'],
  ['newsletter', 'Newspaper_or_Newsletter'],
  ['monograph', 'Book'],
  ['conferenceproceedings', 'Conference'],
  ['proceedings', 'Conference'],
]);

const PREFIX = /^(?:info:eu-repo\/semantics\/|https?:\/\/purl\.org\/dc\/dcmitype\/)/;

const plain = (word: string) => word.toLowerCase().replace(/\s+/g, '').replace(PREFIX, '');

/**
 * COUNTER Data_Type of a work from the types its record states: the first known word wins, `Unspecified` when none is.
 * Case, spaces and the prefixes of info:eu-repo and DCMI do not matter (specification `usage` §5.4).
 */
export function dataTypeOf(words: readonly string[]): string {
  for (const word of words) {
    const type = BY_WORD.get(plain(word)) ?? COUNTER_TYPES.get(plain(word));
    if (type) return type;
  }
  return 'Unspecified';
}

/** COUNTER Data_Type of the journal, book … a work stands in; null when no word is known. */
export function parentTypeOf(words: readonly string[]): string | null {
  for (const word of words) {
    const type = PARENT_WORDS.get(plain(word)) ?? COUNTER_TYPES.get(plain(word));
    if (type) return type;
  }
  return null;
}
