// XML 1.0 §2.2: everything else may not stand in a document, not even as a reference.
const illegal = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** Text for XML: illegal characters dropped, the rest escaped for content and attributes. */
export function xmlText(text: string): string {
  return text
    .replace(illegal, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** An element with text; nothing when there is none. */
export function xmlElement(name: string, text: string | number | boolean | null | undefined): string {
  return text === null || text === undefined || text === ''
    ? ''
    : `<${name}>${xmlText(String(text))}</${name}>`;
}

export const xmlHead = '<?xml version="1.0" encoding="UTF-8"?>\n';
