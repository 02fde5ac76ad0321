import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import type { Licence } from '../../licences/licence.ts';
import { licencesOfUrls } from '../../licences/licence-url.ts';
import { licencesOfWords } from '../../licences/licence-words.ts';

type Node = DefaultTreeAdapterTypes.ChildNode | DefaultTreeAdapterTypes.Document;

/** What a page says about its licence, by the places of §5.6 in their order; the first with anything decides. */
interface Said {
  /** `<link rel=license>`, `<a rel=license>`. */
  links: string[];
  /** `<meta name="dc.rights">`, `citation_license`. */
  metas: string[];
  /** RDFa, JSON-LD and RDF in comments, as articles of the 2000s carry it. */
  data: string[];
  /** Every address and text of the page. */
  addresses: string[];
  text: string[];
}

const AROUND = 300;

/** Licences a landing page names, all of the first place that names any; none: the page says nothing that is known. */
export function licencesOfPage(html: string): Licence[] {
  const said: Said = { links: [], metas: [], data: [], addresses: [], text: [] };
  walk(parse(html), said);
  const text = said.text.join(' ').replace(/\s+/g, ' ');
  const places: (() => Licence[])[] = [
    () => said.links.flatMap(licencesOfUrls),
    () => said.metas.flatMap((value) => [...licencesOfUrls(value), ...licencesOfWords(value)]),
    () => said.data.flatMap(licencesOfUrls),
    () => [...said.addresses, text].flatMap(licencesOfUrls),
    () => nearLicence(text).flatMap(licencesOfWords),
  ];
  for (const place of places) {
    const found = place();
    if (found.length > 0) return [...new Set(found)];
  }
  return [];
}

/** The passages around the word "licence", joined where they overlap, so that no words are cut apart in between. */
function nearLicence(text: string): string[] {
  const passages: { from: number; until: number }[] = [];
  for (const { index } of text.matchAll(/licen[cs]e/gi)) {
    const from = Math.max(0, index - AROUND);
    const until = Math.min(text.length, index + AROUND);
    const last = passages.at(-1);
    if (last !== undefined && from <= last.until) last.until = until;
    else passages.push({ from, until });
  }
  return passages.map(({ from, until }) => text.slice(from, until));
}

/** Without recursion: pages nest as deep as they like. */
function walk(root: Node, said: Said): void {
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.nodeName === '#text' && 'value' in node) said.text.push(node.value);
    else if (node.nodeName === '#comment' && 'data' in node) readComment(node.data, said);
    else if ('attrs' in node) {
      if (node.nodeName === 'script') {
        readScript(node, said);
        continue;
      }
      if (node.nodeName === 'style') continue;
      readElement(node, said);
    }
    if ('childNodes' in node) waiting.push(...node.childNodes.toReversed());
  }
}

function readElement(element: DefaultTreeAdapterTypes.Element, said: Said): void {
  const attribute = (name: string) => element.attrs.find((one) => one.name === name)?.value ?? '';
  const target = attribute('href') || attribute('resource') || attribute('content') || attribute('src');
  const tokens = `${attribute('rel')} ${attribute('property')} ${attribute('itemprop')}`
    .toLowerCase()
    .split(/\s+/);
  if (element.nodeName === 'meta') {
    if (/^(?:dcterms\.(?:rights|license)|dc\.rights|citation_license)$/i.test(attribute('name'))) {
      said.metas.push(attribute('content'));
    }
  } else if (
    (element.nodeName === 'a' || element.nodeName === 'link') &&
    hasToken(attribute('rel'), 'license')
  ) {
    said.links.push(attribute('href'));
  }
  if (tokens.some((token) => /^(?:[a-z]+:)?licen[cs]e$/.test(token))) said.data.push(target);
  if (target !== '') said.addresses.push(target);
}

const hasToken = (value: string, token: string) => value.toLowerCase().split(/\s+/).includes(token);

function readScript(element: DefaultTreeAdapterTypes.Element, said: Said): void {
  const type = element.attrs.find(({ name }) => name === 'type')?.value ?? '';
  if (!/^application\/ld\+json/i.test(type)) return;
  const text = element.childNodes.map((child) => ('value' in child ? child.value : '')).join('');
  try {
    collectLicences(JSON.parse(text), said.data);
  } catch (error) {
    // What is no JSON says nothing; anything else would be a fault of ours.
    if (!(error instanceof SyntaxError)) throw error;
  }
}

/** Values of keys `license`, however deep; an object stands for its `url` or `@id`. */
function collectLicences(value: unknown, found: string[]): void {
  const waiting: unknown[] = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    for (const [key, held] of Object.entries(next)) {
      if (/^(?:schema:|dcterms:|dct:|cc:)?licen[cs]e$/i.test(key)) found.push(JSON.stringify(held));
      else waiting.push(held);
    }
  }
}

function readComment(comment: string, said: Said): void {
  for (const [, address = ''] of comment.matchAll(
    /<cc:license\s+rdf:resource\s*=\s*["']([^"']{1,500})["']/gi,
  )) {
    said.data.push(address);
  }
}
