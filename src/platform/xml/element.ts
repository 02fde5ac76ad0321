/** An element with all below it; small by construction, because only units (see `createXmlReader`) become trees. */
export interface XmlElement {
  /** Namespace URI, empty when it has none. */
  ns: string;
  /** Local name. */
  name: string;
  /** By local name, or by `{namespace}local` for those in a namespace; declarations of namespaces are left out. */
  attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
  /** Its own text, concatenated, white space as written. */
  text: string;
  /** Where it stands in its parent's own text, so that mixed content can be read in order. */
  at: number;
}

/** Of all that have none, which are most; never written to. */
export const NO_CHILDREN: XmlElement[] = [];
Object.freeze(NO_CHILDREN);

export const NO_ATTRIBUTES: XmlElement['attributes'] = Object.freeze(Object.create(null));

/** The first child of that local name (in that namespace, when given). */
export function child(element: XmlElement, name: string, ns?: string): XmlElement | undefined {
  for (const candidate of element.children) if (matches(candidate, name, ns)) return candidate;
  return undefined;
}

/** All children of that local name (in that namespace, when given), in document order. */
export function childrenOf(element: XmlElement, name: string, ns?: string): XmlElement[] {
  return element.children.filter((candidate) => matches(candidate, name, ns));
}

/** The first element below, in document order, of that local name (in that namespace, when given). */
export function firstDescendant(element: XmlElement, name: string, ns?: string): XmlElement | undefined {
  for (const candidate of element.children) {
    if (matches(candidate, name, ns)) return candidate;
    const below = firstDescendant(candidate, name, ns);
    if (below) return below;
  }
  return undefined;
}

/** All elements below, in document order, of that local name (in that namespace, when given); without a name all there are. */
export function descendants(element: XmlElement, name?: string, ns?: string): XmlElement[] {
  const found: XmlElement[] = [];
  collect(element, name, ns, found);
  return found;
}

/** Everything written inside the element, at any depth, in document order. */
export function textOf(element: XmlElement): string {
  if (element.children.length === 0) return element.text;
  let text = '';
  let from = 0;
  for (const part of element.children) {
    text += element.text.slice(from, part.at) + textOf(part);
    from = part.at;
  }
  return text + element.text.slice(from);
}

function matches(element: XmlElement, name: string, ns: string | undefined): boolean {
  return element.name === name && (ns === undefined || element.ns === ns);
}

function collect(
  element: XmlElement,
  name: string | undefined,
  ns: string | undefined,
  found: XmlElement[],
): void {
  for (const candidate of element.children) {
    if (name === undefined || matches(candidate, name, ns)) found.push(candidate);
    collect(candidate, name, ns, found);
  }
}
