import { resolved } from './addresses.ts';
import { attribute, type Document, type Element, elementsIn } from './document.ts';

/** Where a page may refer to a target (events §9.2). */
const LINKING: Readonly<Record<string, string>> = {
  a: 'href',
  area: 'href',
  link: 'href',
  img: 'src',
  video: 'src',
  audio: 'src',
  source: 'src',
  iframe: 'src',
  blockquote: 'cite',
  q: 'cite',
  del: 'cite',
  ins: 'cite',
};

/** The address an element refers to, resolved; null when it refers to none. */
export function referenceOf(element: Element, base: string): string | null {
  const name = LINKING[element.tagName];
  const value = name === undefined ? undefined : attribute(element, name);
  return value === undefined ? null : resolved(value, base);
}

/** The elements that refer to the target, in document order. Fragments count. */
export function linksTo(document: Document, base: string, target: string): Element[] {
  const wanted = resolved(target);
  return [...elementsIn(document)].filter((element) => referenceOf(element, base) === wanted);
}

/** Whether a value somewhere in the JSON is the target; keys are no values. Text that is no JSON holds nothing. */
export function occursInJson(text: string, target: string): boolean {
  const wanted = resolved(target);
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return false;
  }
  const stack = [root];
  while (stack.length > 0) {
    const value = stack.pop();
    if (typeof value === 'string' && (value === target || resolved(value) === wanted)) return true;
    if (typeof value !== 'object' || value === null) continue;
    for (const one of Object.values(value)) stack.push(one);
  }
  return false;
}

/** White space, quotes, brackets of any kind. */
const DELIMITER = /[\s"'`“”‘’„‚«»‹›()[\]{}<>]/u;

/** Whether the target stands in a text between delimiters; it may have brackets inside itself. */
export function occursInText(text: string, target: string): boolean {
  const spellings = new Set([target, resolved(target) ?? target]);
  return [...spellings].some((spelling) => standsAlone(text, spelling));
}

function standsAlone(text: string, spelling: string): boolean {
  for (let at = text.indexOf(spelling); at >= 0; at = text.indexOf(spelling, at + spelling.length)) {
    if (isDelimiter(text[at - 1]) && isDelimiter(text[at + spelling.length])) return true;
  }
  return false;
}

const isDelimiter = (character: string | undefined): boolean =>
  character === undefined || DELIMITER.test(character);
