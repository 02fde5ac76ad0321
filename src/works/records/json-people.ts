import { parsePartnerId, parseScholarId } from '../../identifiers/index.ts';
import type { PublicationAuthor, PublicationPartner } from '../publication.ts';
import { collapse } from './elements.ts';
import type { JsonFault, JsonFields } from './json-fields.ts';
import { quoted } from './notes.ts';
import { partnerOf } from './partner.ts';
import { joinSamePeople } from './same-person.ts';
import { readScholarId, type ScholarIdKind } from './scholar-id.ts';

/** Where a reader of one item puts what it finds wrong: `faults` reject the item, `notes` say what was ignored. */
export interface Findings {
  faults: JsonFault[];
  notes: string[];
}

const ID_FIELDS: readonly [field: string, kind: ScholarIdKind][] = [
  ['orcid', 'orcid'],
  ['isni', 'isni'],
  ['dai', 'dai-nl'],
];

/** `authors[{name, orcid, dai, isni, id}]`; `id` may be any id of the sender's own (specification `usage` §5.4). */
export function readJsonAuthors(authors: readonly JsonFields[], findings: Findings): PublicationAuthor[] {
  const people = authors.map((author) => ({ ...readAuthor(author, findings), scholar: true }));
  return joinSamePeople(people).map(({ name, ids }) => ({ name, ids }));
}

function readAuthor(author: JsonFields, { faults, notes }: Findings): PublicationAuthor {
  const ids = new Set<string>();
  for (const [field, kind] of ID_FIELDS) {
    const text = author.text(field);
    if (text === null) continue;
    const { id, note } = readScholarId(kind, text);
    if (id !== null) ids.add(id);
    if (note !== null) notes.push(`${author.pathOf(field)}: ${note}`);
  }
  const own = author.text('id');
  const ownId = own === null ? null : parseScholarId(own);
  if (ownId !== null) ids.add(ownId);
  else if (own !== null) notes.push(`${author.pathOf('id')}: ${quoted(own)} is not a valid id; ignored`);

  const [first] = ids;
  const name = collapse(author.text('name') ?? first ?? '');
  if (name === '')
    faults.push({ path: author.pathOf('name'), message: 'is needed where there is no valid id' });
  return { name, ids: [...ids] };
}

/** `partners[{id, name}]`; one known by name only gets `name:<normalised>`. */
export function readJsonPartners(
  partners: readonly JsonFields[],
  { faults, notes }: Findings,
): PublicationPartner[] {
  return partners.flatMap((partner) => {
    const given = partner.text('id');
    const name = collapse(partner.text('name') ?? '');
    const id = given === null ? null : parsePartnerId(given);
    if (id !== null) return [{ id, name: name || null }];
    if (given !== null) notes.push(`${partner.pathOf('id')}: ${quoted(given)} is not a valid id; ignored`);
    const byName = partnerOf(name, []).partner;
    if (!byName) faults.push({ path: partner.pathOf('id'), message: 'is needed where there is no name' });
    return byName ? [byName] : [];
  });
}
