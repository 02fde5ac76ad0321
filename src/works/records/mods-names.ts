import type { XmlElement } from '../../platform/xml/index.ts';
import type { PublicationAuthor, PublicationPartner } from '../publication.ts';
import { attributeOf, childrenIn, collapse, plainText, textsIn } from './elements.ts';
import { daiListOf, idsInRoles, nameIdentifiersOf } from './mods-name-ids.ts';
import { isPartnerRole, isScholarRole, rolesOf } from './mods-roles.ts';
import { inMods } from './namespaces.ts';
import { quoted } from './notes.ts';
import { partnerOf } from './partner.ts';
import { joinSamePeople, type NamedPerson } from './same-person.ts';

export interface ModsNames {
  authors: PublicationAuthor[];
  /** People the record names with ids though they are not its scholars (promotors, reviewers). */
  alsoNamed: PublicationAuthor[];
  partners: PublicationPartner[];
  notes: string[];
}

/**
 * The people and organisations of a MODS record (specification `usage` §5.3 and §5.4): personal names in a scholar's role are
 * authors, corporate names that granted the degree or hosted the work are partners. Names of related items are not looked at.
 */
export function readModsNames(mods: XmlElement): ModsNames {
  const notes = new Set<string>();
  const names = childrenIn(mods, inMods, 'name');
  const dais = daiListOf(mods);
  const people: NamedPerson[] = [];
  const partners: PublicationPartner[] = [];
  const claimed = new Set<string>();

  for (const name of names) {
    const roles = rolesOf(name);
    const id = attributeOf(name, 'ID');
    if (isPersonal(name)) {
      claimed.add(id);
      const readings = [...nameIdentifiersOf(name), ...idsInRoles(name), ...(dais.get(id) ?? [])];
      for (const { note } of readings) if (note) notes.add(note);
      const ids = [...new Set(readings.flatMap((reading) => reading.id ?? []))];
      const shown = personalName(name) || (ids[0] ?? '');
      if (shown) people.push({ name: shown, ids, scholar: isScholarRole(roles) });
    } else if (attributeOf(name, 'type').toLowerCase() === 'corporate' && isPartnerRole(roles)) {
      const { partner, note } = partnerOf(corporateName(name), partnerClaims(name));
      if (partner) partners.push(partner);
      if (note) notes.add(note);
    }
  }
  for (const id of dais.keys()) {
    if (!claimed.has(id)) notes.add(`the DAI for ${quoted(id)} ignored: no personal name has that ID`);
  }
  return { ...byPart(people), partners, notes: [...notes] };
}

/** A person who is the author in one place and the promotor in another is one scholar, with the ids of both places. */
function byPart(people: NamedPerson[]): Pick<ModsNames, 'authors' | 'alsoNamed'> {
  const joined = joinSamePeople(people);
  const plain = ({ name, ids }: NamedPerson): PublicationAuthor => ({ name, ids });
  return {
    authors: joined.filter((person) => person.scholar).map(plain),
    alsoNamed: joined.filter((person) => !person.scholar && person.ids.length > 0).map(plain),
  };
}

/** DSpace's crosswalk leaves `type` away; organisations say `corporate` or `conference`. */
function isPersonal(name: XmlElement): boolean {
  return ['', 'personal'].includes(attributeOf(name, 'type').toLowerCase());
}

/** `family, given`; one missing: the other; neither: the untyped parts, else the display form. */
function personalName(name: XmlElement): string {
  const parts = (type: string) =>
    collapse(
      childrenIn(name, inMods, 'namePart')
        .filter((part) => attributeOf(part, 'type').toLowerCase() === type)
        .map(plainText)
        .join(' '),
    );
  const structured = [parts('family'), parts('given')].filter(Boolean).join(', ');
  return structured || parts('') || (textsIn(name, inMods, 'displayForm')[0] ?? '');
}

function corporateName(name: XmlElement): string {
  return textsIn(name, inMods, 'namePart').join(' ') || (textsIn(name, inMods, 'displayForm')[0] ?? '');
}

function partnerClaims(name: XmlElement): { type: string; text: string }[] {
  return childrenIn(name, inMods, 'nameIdentifier').map((element) => ({
    type: (
      attributeOf(element, 'type') || attributeOf(element, 'typeURI').replace(/^.*\//s, '')
    ).toLowerCase(),
    text: plainText(element),
  }));
}
