import { parseDoi, parseIsbn, parseIssn } from '../../identifiers/index.ts';
import type { XmlElement } from '../../platform/xml/index.ts';
import type { PublicationParent } from '../publication.ts';
import { parentTypeOf } from './data-type.ts';
import { attributeOf, childrenIn, plainText, textsIn } from './elements.ts';
import { modsTitle } from './mods-title.ts';
import { inMods } from './namespaces.ts';

/** What the work stands in: the first `relatedItem[@type=host]` that says anything (specification `usage` §5.4). */
export function readModsHost(mods: XmlElement): PublicationParent | null {
  for (const item of childrenIn(mods, inMods, 'relatedItem')) {
    if (attributeOf(item, 'type') !== 'host') continue;
    const parent = readHost(item);
    if (parent) return parent;
  }
  return null;
}

function readHost(item: XmlElement): PublicationParent | null {
  const parent: PublicationParent = {
    title: modsTitle(item),
    type: parentTypeOf(textsIn(item, inMods, 'genre')),
    issnOnline: null,
    issnPrint: null,
    isbn: null,
    doi: null,
  };
  for (const element of childrenIn(item, inMods, 'identifier')) {
    const place = `${attributeOf(element, 'type')} ${attributeOf(element, 'displayLabel')}`.toLowerCase();
    addIdentifier(parent, place, plainText(element));
  }
  if (Object.values(parent).every((value) => value === null)) return null;
  const guessed = parent.issnPrint || parent.issnOnline ? 'Journal' : parent.isbn ? 'Book' : null;
  return { ...parent, type: parent.type ?? guessed };
}

/** An ISSN is the printed journal's unless it says `eissn`, `electronic` or `online`; a second plain one is the online journal's. */
function addIdentifier(parent: PublicationParent, place: string, value: string): void {
  const issn = /issn/.test(place) || /issn/i.test(value) ? parseIssn(value) : null;
  if (issn) {
    const online = /e-?issn|issn-e|electronic|online/.test(place);
    if (online || (parent.issnPrint !== null && parent.issnPrint !== issn)) parent.issnOnline ??= issn;
    else parent.issnPrint ??= issn;
    return;
  }
  parent.doi ??= parseDoi(value);
  parent.isbn ??= /isbn/.test(place) || /isbn/i.test(value) ? parseIsbn(value) : null;
}
