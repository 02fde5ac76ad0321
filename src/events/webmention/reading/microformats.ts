import { attribute, type Element, elementsIn, parentOf, textOf, tokensOf } from './document.ts';

// The part of microformats2 (microformats.org/wiki/microformats2-parsing) that tells what a page says about a target:
// roots, which elements are whose properties, and the values of `p-` and `dt-` properties.

const ROOT = /^h(?:-[a-z0-9]+)*-[a-z]+$/;
const PROPERTY = /^(?:p|u|dt|e)-((?:[a-z0-9]+-)*[a-z]+)$/;
/** More than any name or date has; what is cut is cut again when it is cleaned. */
const MOST_CHARACTERS = 4_000;

export function isRoot(element: Element): boolean {
  return tokensOf(element, 'class').some((token) => ROOT.test(token));
}

export function isOfType(element: Element, types: readonly string[]): boolean {
  return tokensOf(element, 'class').some((token) => types.includes(token));
}

/** The nearest element around this one, itself included, that is a root of one of the types. */
export function enclosing(element: Element, types: readonly string[]): Element | null {
  for (let at: Element | null = element; at !== null; at = parentOf(at)) if (isOfType(at, types)) return at;
  return null;
}

/** The elements that are properties of a root, by name, in document order. What is inside another root belongs to that one. */
export function propertiesOf(root: Element): Map<string, Element[]> {
  const found = new Map<string, Element[]>();
  const inner = new Set<Element>();
  const belongsToInner = (element: Element): boolean => {
    const parent = parentOf(element);
    return parent !== null && inner.has(parent);
  };
  for (const element of elementsIn(root)) {
    if (belongsToInner(element)) {
      inner.add(element);
      continue;
    }
    for (const name of propertyNames(element)) {
      const others = found.get(name);
      if (others === undefined) found.set(name, [element]);
      else others.push(element);
    }
    if (isRoot(element)) inner.add(element);
  }
  return found;
}

function propertyNames(element: Element): Set<string> {
  const names = tokensOf(element, 'class').map((token) => PROPERTY.exec(token)?.[1]);
  return new Set(names.filter((name) => name !== undefined));
}

/** The value of a `p-` property: what `abbr`, `data` or `img` say, else the text. */
export function plainValue(element: Element): string {
  const { tagName } = element;
  const said =
    tagName === 'abbr' || tagName === 'link'
      ? attribute(element, 'title')
      : tagName === 'data' || tagName === 'input'
        ? attribute(element, 'value')
        : tagName === 'img' || tagName === 'area'
          ? attribute(element, 'alt')
          : undefined;
  return said ?? (valueParts(element)?.join('') || textOf(element, MOST_CHARACTERS));
}

/** The text of a `dt-` property; date and time may be given in parts (value class pattern). */
export function timeValue(element: Element): string {
  const parts = valueParts(element);
  if (parts !== null) {
    const date = parts.find((part) => /^\d{4}-\d/.test(part)) ?? '';
    const rest = parts.filter((part) => part !== date);
    return rest.length === 0 ? date : `${date}T${rest.join('')}`;
  }
  return datetime(element) ?? textOf(element, MOST_CHARACTERS).trim();
}

function datetime(element: Element): string | undefined {
  const { tagName } = element;
  if (tagName === 'time' || tagName === 'ins' || tagName === 'del') return attribute(element, 'datetime');
  if (tagName === 'abbr') return attribute(element, 'title');
  return tagName === 'data' || tagName === 'input' ? attribute(element, 'value') : undefined;
}

function valueParts(element: Element): string[] | null {
  const parts = [...elementsIn(element, isRoot)]
    .filter((one) => isOfType(one, ['value', 'value-title']))
    .map((one) =>
      isOfType(one, ['value-title'])
        ? (attribute(one, 'title') ?? '')
        : (datetime(one) ?? textOf(one, MOST_CHARACTERS)).trim(),
    );
  return parts.length === 0 ? null : parts;
}

/** What a property that is a person (`p-author h-card`) is called: its name, or by implication all it says. */
export function nameOf(element: Element): string {
  if (!isRoot(element)) return plainValue(element);
  const [name] = propertiesOf(element).get('name') ?? [];
  if (name !== undefined) return plainValue(name);
  return plainValue(element);
}
