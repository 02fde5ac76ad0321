import type { Licence } from './licence.ts';

/** What may stand right after the licence's name: so `/licenses/by-foo/` is no CC BY. */
const END = String.raw`(?=[/?#\s"'\u2018\u2019\u201C\u201D).]|$)`;
const URLS = new RegExp(
  String.raw`(?:https?:)?//(?:www\.)?creativecommons\.org/` +
    `(?:licenses/(by-nc-nd|by-nd-nc|by-nc-sa|by-nc|by-nd|by-sa|by)${END}|publicdomain/(zero|mark)${END})`,
  'gi',
);

/** Licences named by a Creative Commons address anywhere in a text, each once, in their order. */
export function licencesOfUrls(text: string): Licence[] {
  const found = new Set<Licence>();
  for (const [, licence, dedication] of text.matchAll(URLS)) {
    found.add(dedication === undefined ? named(licence ?? '') : ofDedication(dedication));
  }
  return [...found];
}

function named(path: string): Licence {
  const name = path.toLowerCase();
  // The first versions of 2002 wrote the qualifiers the other way round.
  return `cc-${name === 'by-nd-nc' ? 'by-nc-nd' : name}` as Licence;
}

function ofDedication(name: string): Licence {
  return name.toLowerCase() === 'zero' ? 'cc0' : 'public-domain';
}
