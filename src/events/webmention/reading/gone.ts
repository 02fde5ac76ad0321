import { attribute, type Document, elementsIn } from './document.ts';

/** Whether a page that cannot send a status says by `<meta http-equiv="status" content="410 Gone">` that it is gone. */
export function saysGone(document: Document): boolean {
  return [...elementsIn(document)].some(
    (element) =>
      element.tagName === 'meta' &&
      attribute(element, 'http-equiv')?.trim().toLowerCase() === 'status' &&
      /^\s*410(?!\d)/.test(attribute(element, 'content') ?? ''),
  );
}
