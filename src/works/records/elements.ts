import { textOf, type XmlElement } from '../../platform/xml/index.ts';
import type { InNamespace } from './namespaces.ts';

/** The text of an element at any depth, with runs of white space as one blank. */
export function plainText(element: XmlElement): string {
  return collapse(textOf(element));
}

/** Runs of white space become one blank, the ends are trimmed. */
export function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The children of that local name whose namespace is one of the vocabulary's, in document order. */
export function childrenIn(element: XmlElement, inVocabulary: InNamespace, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name && inVocabulary(child.ns));
}

/** The texts of those children that hold any. */
export function textsIn(element: XmlElement, inVocabulary: InNamespace, name: string): string[] {
  return childrenIn(element, inVocabulary, name).map(plainText).filter(Boolean);
}

/** Value of an attribute, trimmed; local name as in the schema, but capitals do not matter (`IDref`, `IDRef` both occur). Empty when absent. */
export function attributeOf(element: XmlElement, name: string): string {
  const exact = element.attributes[name];
  if (exact !== undefined) return exact.trim();
  const wanted = name.toLowerCase();
  for (const [key, value] of Object.entries(element.attributes)) {
    if (key.toLowerCase() === wanted) return value.trim();
  }
  return '';
}

/** The element itself or the first below it, in document order, that passes; null when none does. */
export function findElement(
  element: XmlElement,
  passes: (candidate: XmlElement) => boolean,
): XmlElement | null {
  if (passes(element)) return element;
  for (const child of element.children) {
    const found = findElement(child, passes);
    if (found) return found;
  }
  return null;
}
