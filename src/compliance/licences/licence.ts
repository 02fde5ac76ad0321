/** The licences that are told apart. `non-standard-licence` stands for words that were there and are none of the others. */
export const creativeCommons = [
  'cc-by-nc-nd',
  'cc-by-nc-sa',
  'cc-by-nc',
  'cc-by-nd',
  'cc-by-sa',
  'cc-by',
  'cc0',
  'public-domain',
] as const;

export type Licence = (typeof creativeCommons)[number];

/** The one that forbids most: of several licences in one place it is what a reader may rely on (§5.5). */
export function mostRestrictive(found: Iterable<Licence>): Licence | null {
  const among = new Set(found);
  return creativeCommons.find((licence) => among.has(licence)) ?? null;
}

/** Text ready for matching: NFKC, lower case, each run of anything but letters and digits one space. */
export function plainWords(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
