import type { XmlElement } from '../../platform/xml/index.ts';
import { type Description, emptyDescription } from './description.ts';
import { attributeOf, childrenIn, findElement, plainText } from './elements.ts';
import { type IdentityStatement, joinIdentities, readIdentity } from './identity.ts';
import { inDidl, inDii, inDip, inRdf } from './namespaces.ts';

/**
 * Reads a DIDL document: identity from the `dii:Identifier` of its top item, addresses from its `objectFile` (file) and
 * `humanStartPage` (page) items, all else from the MODS or `oai_dc` inside (specification `usage` §5.4). Identifiers of the single
 * files are not the work's, and the resource of the top item is often the record's own OAI-PMH address: both are left.
 * @param describe reads the metadata inside; null for an element that is none
 * @returns null when there is no item
 */
export function readDidl(
  didl: XmlElement,
  describe: (metadata: XmlElement) => Description | null,
): Description | null {
  const top = findElement(didl, (element) => element.name === 'Item' && inDidl(element.ns));
  if (!top) return null;
  const items = itemsBelow(top);
  const described = items.filter((item) => typeOf(item) === 'descriptivemetadata');
  const inside = describeFirst(described, describe) ?? describeFirst([top], describe) ?? emptyDescription();

  const own = readIdentity(topIdentifiers(top));
  const addresses = readIdentity(items.flatMap(addressesOf));
  return { ...inside, ...joinIdentities(own, inside, addresses) };
}

function topIdentifiers(top: XmlElement): IdentityStatement[] {
  return statementsOf(top)
    .filter((element) => element.name === 'Identifier' && inDii(element.ns))
    .map((element) => ({ text: plainText(element), kind: 'page' }));
}

function addressesOf(item: XmlElement): IdentityStatement[] {
  const type = typeOf(item);
  if (type !== 'objectfile' && type !== 'humanstartpage') return [];
  const kind = type === 'objectfile' ? 'file' : 'page';
  return childrenIn(item, inDidl, 'Component')
    .flatMap((component) => childrenIn(component, inDidl, 'Resource'))
    .map((resource) => attributeOf(resource, 'ref') || (resource.children.length ? '' : plainText(resource)))
    .filter(Boolean)
    .map((text) => ({ text, kind }));
}

/** The item's kind in lower case: `rdf:type/@rdf:resource`, or as text, or (DIDL before 2009) `dip:ObjectType`. */
function typeOf(item: XmlElement): string {
  for (const element of statementsOf(item)) {
    const states = element.name === 'type' && inRdf(element.ns);
    if (!states && !(element.name === 'ObjectType' && inDip(element.ns))) continue;
    const value =
      attributeOf(element, `{${element.ns}}resource`) ||
      attributeOf(element, 'resource') ||
      plainText(element);
    return value.replace(/^.*\//s, '').toLowerCase();
  }
  return '';
}

/** What the descriptors of this item itself state, not those of the items in it. */
function statementsOf(item: XmlElement): XmlElement[] {
  return childrenIn(item, inDidl, 'Descriptor')
    .flatMap((descriptor) => childrenIn(descriptor, inDidl, 'Statement'))
    .flatMap((statement) => statement.children);
}

function itemsBelow(item: XmlElement): XmlElement[] {
  return childrenIn(item, inDidl, 'Item').flatMap((inner) => [inner, ...itemsBelow(inner)]);
}

function describeFirst(
  places: XmlElement[],
  describe: (metadata: XmlElement) => Description | null,
): Description | null {
  for (const place of places) {
    let description: Description | null = null;
    findElement(place, (candidate) => {
      description = describe(candidate);
      return description !== null;
    });
    if (description) return description;
  }
  return null;
}
