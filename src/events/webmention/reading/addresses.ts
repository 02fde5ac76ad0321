import { attribute, type Document, elementsIn } from './document.ts';

/** What links of a document are resolved against: its address, or the first `<base href>` (HTML §2.4.3). */
export function baseOf(document: Document, address: string): string {
  for (const element of elementsIn(document)) {
    if (element.tagName !== 'base') continue;
    const href = attribute(element, 'href');
    if (href === undefined) continue;
    const base = URL.parse(href, address);
    // A base of `data:` or `javascript:` is ignored by browsers.
    return base !== null && /^https?:$/.test(base.protocol) ? base.href : address;
  }
  return address;
}

/** An address in the one spelling in which two of them are compared: `http://example.org` has a slash at its end. */
export function resolved(text: string, base?: string): string | null {
  return URL.parse(text, base)?.href ?? null;
}
