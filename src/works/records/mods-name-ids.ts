import type { XmlElement } from '../../platform/xml/index.ts';
import { attributeOf, childrenIn, plainText } from './elements.ts';
import { authorNumbersOf } from './mods-roles.ts';
import { inDaiList, inMods } from './namespaces.ts';
import { readScholarId, SCHOLAR_ID_KINDS, type ScholarIdKind, type ScholarIdReading } from './scholar-id.ts';

/** `nameIdentifier[@type=orcid|isni|dai-nl|nod-prs]`; the type may stand at the end of `typeURI` instead. Others are no ids of scholars. */
export function nameIdentifiersOf(name: XmlElement): ScholarIdReading[] {
  return childrenIn(name, inMods, 'nameIdentifier').flatMap((element) => {
    const kind = kindOf(attributeOf(element, 'type')) ?? kindOf(attributeOf(element, 'typeURI'));
    const text = plainText(element);
    return kind && text ? [readScholarId(kind, text)] : [];
  });
}

/** The number in a `roleTerm` of a name whose `authority` is that of the DAI. */
export function idsInRoles(name: XmlElement): ScholarIdReading[] {
  if (kindOf(attributeOf(name, 'authority')) !== 'dai-nl') return [];
  return authorNumbersOf(name).map((number) => readScholarId('dai-nl', number));
}

/** `extension/daiList`: what is said of each `name/@ID`; several ids per name are allowed. */
export function daiListOf(mods: XmlElement): Map<string, ScholarIdReading[]> {
  const list = new Map<string, ScholarIdReading[]>();
  const identifiers = childrenIn(mods, inMods, 'extension')
    .flatMap((extension) => childrenIn(extension, inDaiList, 'daiList'))
    .flatMap((daiList) => childrenIn(daiList, inDaiList, 'identifier'));
  for (const element of identifiers) {
    const name = attributeOf(element, 'IDref').replace(/^#/, '');
    const kind = kindOf(attributeOf(element, 'authority')) ?? 'dai-nl';
    const text = plainText(element);
    if (!text) continue;
    const readings = list.get(name) ?? [];
    readings.push(readScholarId(kind, text));
    list.set(name, readings);
  }
  return list;
}

function kindOf(text: string): ScholarIdKind | null {
  if (/^info:eu-repo\/dai(?:\/nl)?\/?$/i.test(text)) return 'dai-nl';
  const word = text.toLowerCase().replace(/\/$/, '').replace(/^.*\//s, '');
  if (word === 'dai') return 'dai-nl';
  return SCHOLAR_ID_KINDS.find((kind) => kind === word) ?? null;
}
