import { type Licence, plainWords } from './licence.ts';

// Longest first, so that "no derivative works" is not read as "no derivative" and three stray letters.
const NC = 'non commercial|noncommercial|nc';
const SA = 'share alike|sharealike|sa';
const ND =
  'no derivative works|no derivatives|no derivative|no derivs|no deriv|noderivatives|noderivative|noderivs|noderiv|nd';
const AND = '(?:and )?';
const QUALIFIERS =
  `(?: ${AND}(?<nc1>${NC})(?: ${AND}(?:(?<nd1>${ND})|(?<sa1>${SA})))?` +
  `| ${AND}(?<nd2>${ND})(?: ${AND}(?<nc2>${NC}))?` +
  `| ${AND}(?<sa2>${SA}))?`;
const PREFIX = '(?:creative commons|cc)(?: (?:public licen[cs]e|licen[cs]e))?';
const EDGE = '(?![\\p{L}\\p{N}])';

const ATTRIBUTION = new RegExp(`(?<![\\p{L}\\p{N}])${PREFIX} (?:attribution|by)${QUALIFIERS}${EDGE}`, 'gu');
const DEDICATION =
  /(?<![\p{L}\p{N}])(?:(?<zero>creative commons zero|creative commons cc0|cc zero|cc 0|cc0|public domain dedication)|(?<mark>public domain mark))(?![\p{L}\p{N}])/gu;
/** A value that is a licence and nothing else: the prefix may be missing, `cc nc` implies `by`, a version may follow. */
const VALUE = new RegExp(
  `^(?:(?:${PREFIX} )?(?:attribution|by)|cc(?= (?:${NC})${EDGE}))${QUALIFIERS}(?: licen[cs]e)?(?: v?\\d+)*$`,
  'u',
);
const SAYS_NOTHING = new Set([
  '',
  'open access',
  'free',
  'creative commons',
  'cc',
  'creativecommons',
  'implied oa',
  'author choice',
]);

/** Licences named in running words (§5.5), each once. The prefix "Creative Commons" or "CC" is needed. */
export function licencesOfWords(text: string): Licence[] {
  const words = plainWords(text);
  const found = new Set<Licence>();
  for (const match of words.matchAll(ATTRIBUTION)) found.add(qualified(match.groups ?? {}));
  for (const match of words.matchAll(DEDICATION)) {
    found.add(match.groups?.zero === undefined ? 'public-domain' : 'cc0');
  }
  return [...found];
}

/** Licences of a short value (`license-type`, Europe PMC's `license`), where `by nc` is enough. */
export function licencesOfValue(value: string): Licence[] {
  const match = VALUE.exec(plainWords(value));
  return match === null ? licencesOfWords(value) : [qualified(match.groups ?? {})];
}

/** Whether a value or text is one of those that are written without meaning any licence. */
export function saysNothing(text: string): boolean {
  return SAYS_NOTHING.has(plainWords(text));
}

function qualified(groups: Record<string, string | undefined>): Licence {
  const nc = groups.nc1 ?? groups.nc2;
  const nd = groups.nd1 ?? groups.nd2;
  const sa = groups.sa1 ?? groups.sa2;
  return `cc-by${nc ? '-nc' : ''}${nd ? '-nd' : sa ? '-sa' : ''}` as Licence;
}
