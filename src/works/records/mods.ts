import type { XmlElement } from '../../platform/xml/index.ts';
import { dataTypeOf } from './data-type.ts';
import type { Description } from './description.ts';
import { attributeOf, childrenIn, plainText, textsIn } from './elements.ts';
import { type IdentityStatement, joinIdentities, readIdentity } from './identity.ts';
import { readModsHost } from './mods-host.ts';
import { readModsNames } from './mods-names.ts';
import { modsTitle } from './mods-title.ts';
import { inMods } from './namespaces.ts';
import { earliestDate } from './publication-date.ts';

/** Types of `identifier` that never name the work itself (specification `usage` §5.2), or name it only within one system. */
const NOT_IDENTITY =
  /^(?:[ep]?-?issn(?:-[lep])?|isbn.*|issue number|citation|local|lccn|oclc|ismn|isrc|sici|music.*|matrix.*|stock.*)$/;

/** What a bare value of that type lacks to be read; a value that says its scheme itself is taken as it is. */
const SCHEME: Record<string, string> = {
  hdl: 'hdl:',
  handle: 'hdl:',
  doi: 'doi:',
  pmid: 'pmid:',
  pubmed: 'pmid:',
  arxiv: 'arxiv:',
  ark: 'ark:',
  oai: 'oai:',
};

/**
 * Reads MODS 3.0 to 3.7: title, dates, publisher, names and identity of the work itself; what is inside a `relatedItem` belongs to
 * other works and gives only the parent (specification `usage` §5.4).
 */
export function readMods(mods: XmlElement): Description {
  const origins = childrenIn(mods, inMods, 'originInfo');
  const names = readModsNames(mods);
  const identity = joinIdentities(readIdentity(identifiersOf(mods)), readIdentity(locationsOf(mods)));
  return {
    ...identity,
    title: modsTitle(mods),
    type: dataTypeOf([...textsIn(mods, inMods, 'genre'), ...textsIn(mods, inMods, 'typeOfResource')]),
    date: earliestDate(origins.flatMap((origin) => textsIn(origin, inMods, 'dateIssued'))),
    publisher: origins.flatMap((origin) => textsIn(origin, inMods, 'publisher'))[0] ?? null,
    ...names,
    parent: readModsHost(mods),
    notes: [...identity.notes, ...names.notes],
  };
}

function identifiersOf(mods: XmlElement): IdentityStatement[] {
  return childrenIn(mods, inMods, 'identifier')
    .filter((element) => attributeOf(element, 'invalid') !== 'yes')
    .map((element) => ({ type: attributeOf(element, 'type').toLowerCase(), value: plainText(element) }))
    .filter(({ type, value }) => value !== '' && !NOT_IDENTITY.test(type))
    .map(({ type, value }) => ({ text: withScheme(type, value), kind: 'page' }));
}

function withScheme(type: string, value: string): string {
  const scheme = SCHEME[type];
  if (scheme === undefined || /^[a-z][a-z0-9+.-]*:/i.test(value)) return value;
  return `${scheme}${value}`;
}

/** `location/url`: the file when it is access to the object itself (`raw object`), else the page; a preview is neither. */
function locationsOf(mods: XmlElement): IdentityStatement[] {
  return childrenIn(mods, inMods, 'location')
    .flatMap((location) => childrenIn(location, inMods, 'url'))
    .filter((url) => attributeOf(url, 'access') !== 'preview' && plainText(url) !== '')
    .map((url) => ({
      text: plainText(url),
      kind: attributeOf(url, 'access') === 'raw object' ? 'file' : 'page',
    }));
}
