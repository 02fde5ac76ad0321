import { descendants, textOf, type XmlElement } from '../../platform/xml/index.ts';

interface Step {
  /** Local name, or `*`. */
  name: string;
  /** Any number of elements may lie between (`//`). */
  anywhere: boolean;
}

/** Finds the text a path names, the context object being where paths begin; null when there is none. */
export type TextFinder = (contextObject: XmlElement) => string | null;

const NAME = /^(?:[\p{L}_][\p{L}\p{N}_.-]*:)?([\p{L}_][\p{L}\p{N}_.-]*|\*)$/u;

/**
 * Compiles the subset of XPath that `country_xpath` may use: names with or without a prefix (prefixes are not looked at),
 * `*`, `/`, `//`, and at the end `@attribute` or `text()`. A path may begin with `/context-object`, with `.` or right below.
 * Anything else (predicates, functions, other axes) is a fault that says what is not supported.
 */
export function compileCountryXpath(path: string): TextFinder | { fault: string } {
  const fault = (what: string) => ({ fault: `country_xpath ${JSON.stringify(path)}: ${what}` });
  const steps: Step[] = [];
  let attribute: string | null = null;
  let rest = path.trim().replace(/^\.(?=\/)/, '');
  if (rest === '' || rest.length > 500) return fault('must be a path of 1 to 500 characters');
  // From the document downwards the context object is the first step, from the context object itself it is not.
  const fromDocument = rest.startsWith('/') && !path.trim().startsWith('.');
  if (!rest.startsWith('/')) rest = `/${rest}`;
  let ended = false;
  for (const match of rest.matchAll(/(\/{1,2})([^/]*)/g)) {
    const [anywhere, text] = [match[1] === '//', match[2] ?? ''];
    if (ended) return fault('@attribute and text() can only come last');
    if (text === 'text()') {
      if (anywhere) return fault('//text() is not supported');
      ended = true;
      continue;
    }
    const name = NAME.exec(text.replace(/^@/, ''))?.[1];
    if (name === undefined)
      return fault(`${JSON.stringify(text)} is not supported, only names, *, //, @attribute and text()`);
    if (text.startsWith('@')) {
      if (anywhere || name === '*') return fault('//@attribute and @* are not supported');
      attribute = name;
      ended = true;
    } else {
      steps.push({ name, anywhere });
    }
  }
  const first = steps[0];
  if (first === undefined) return fault('must name an element');
  // Each // multiplies the work by the depth of the document.
  if (steps.filter((step) => step.anywhere).length > 2) return fault('// may be used twice');
  if (fromDocument && !first.anywhere) {
    if (first.name !== 'context-object' && first.name !== '*')
      return fault('must begin at /context-object, or with //');
    steps.shift();
  } else if (fromDocument && first.name === 'context-object') {
    steps.shift();
  }
  return (contextObject) => find(contextObject, steps, 0, attribute);
}

function find(element: XmlElement, steps: Step[], at: number, attribute: string | null): string | null {
  const step = steps[at];
  if (step === undefined) return textAt(element, attribute);
  for (const below of step.anywhere ? descendants(element) : element.children) {
    if (step.name !== '*' && step.name !== below.name) continue;
    const found = find(below, steps, at + 1, attribute);
    if (found !== null) return found;
  }
  return null;
}

function textAt(element: XmlElement, attribute: string | null): string | null {
  if (attribute === null) return textOf(element).trim() || null;
  for (const name in element.attributes) {
    if (name === attribute || name.endsWith(`}${attribute}`)) return element.attributes[name]?.trim() || null;
  }
  return null;
}
