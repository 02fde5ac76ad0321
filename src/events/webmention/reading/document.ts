import { type DefaultTreeAdapterMap, defaultTreeAdapter, parse, type TreeAdapter } from 'parse5';

export type Document = DefaultTreeAdapterMap['document'];
export type Element = DefaultTreeAdapterMap['element'];
type ParentNode = DefaultTreeAdapterMap['parentNode'];
type Node = DefaultTreeAdapterMap['childNode'];

/**
 * A page of 1 MiB that somebody wrote has some 20,000 elements. By the rules of HTML a few hundred bytes of formatting
 * elements are opened anew in every paragraph, so 20 kB can ask for a million.
 */
const MOST_ELEMENTS = 200_000;
/** Browsers flatten what is nested deeper (Blink: 512); here every level costs time at every tag. */
const DEEPEST = 1_024;

class TooMuch extends Error {}

/**
 * Parses HTML as browsers do (without scripts, so `<noscript>` is markup). Null for a page that is no page: more elements
 * or deeper than anybody writes. Time and memory are bounded by the limits.
 */
export function parseDocument(html: string): Document | null {
  let elements = 0;
  let depth = 0;
  const treeAdapter: TreeAdapter<DefaultTreeAdapterMap> = {
    ...defaultTreeAdapter,
    createElement(...args) {
      elements += 1;
      if (elements > MOST_ELEMENTS) throw new TooMuch();
      return defaultTreeAdapter.createElement(...args);
    },
    onItemPush() {
      depth += 1;
      if (depth > DEEPEST) throw new TooMuch();
    },
    onItemPop() {
      depth -= 1;
    },
  };
  try {
    return parse(html, { treeAdapter, scriptingEnabled: false });
  } catch (error) {
    if (error instanceof TooMuch) return null;
    throw error;
  }
}

const HTML = 'http://www.w3.org/1999/xhtml';

/**
 * The HTML elements below a node in document order, the node itself excluded; without those in templates, SVG and
 * MathML. `skip` leaves out an element with all that is in it.
 */
export function* elementsIn(root: ParentNode, skip?: (element: Element) => boolean): Generator<Element> {
  // A stack of our own: recursion would end at some depth.
  const stack: Node[] = root.childNodes.toReversed();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (!isElement(node)) continue;
    if (node.namespaceURI === HTML) {
      if (skip?.(node)) continue;
      yield node;
    }
    for (let at = node.childNodes.length - 1; at >= 0; at -= 1) {
      const child = node.childNodes[at];
      if (child !== undefined) stack.push(child);
    }
  }
}

/** The value of an attribute; undefined when the element has none of that name. */
export function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

/** The tokens of an attribute such as `class` or `rel`. */
export function tokensOf(element: Element, name: string): string[] {
  return (attribute(element, name) ?? '').split(/[\t\n\f\r ]+/).filter((token) => token !== '');
}

export function parentOf(element: Element): Element | null {
  const parent = element.parentNode;
  return parent !== null && 'tagName' in parent ? parent : null;
}

/** The text in an element, as it stands, without scripts and styles; at most `most` characters. */
export function textOf(root: Element, most: number): string {
  let text = '';
  const stack: Node[] = root.childNodes.toReversed();
  for (let node = stack.pop(); node !== undefined && text.length < most; node = stack.pop()) {
    if (node.nodeName === '#text' && 'value' in node) text += node.value;
    if (!isElement(node) || node.tagName === 'script' || node.tagName === 'style') continue;
    if (node.tagName === 'img') text += attribute(node, 'alt') ?? '';
    for (let at = node.childNodes.length - 1; at >= 0; at -= 1) {
      const child = node.childNodes[at];
      if (child !== undefined) stack.push(child);
    }
  }
  return text.slice(0, most);
}

function isElement(node: Node): node is Element {
  return 'tagName' in node;
}
