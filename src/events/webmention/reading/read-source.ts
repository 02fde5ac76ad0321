import { baseOf } from './addresses.ts';
import { textOfBytes } from './charset.ts';
import { parseDocument } from './document.ts';
import { saysGone } from './gone.ts';
import { type Mention, readMention } from './mention.ts';
import { linksTo, occursInJson, occursInText } from './occurs.ts';

/** The body of a source that answered 2xx. */
export interface SourceBody {
  bytes: Uint8Array;
  /** As in the header; empty when there was none. */
  contentType: string;
  /** Where it came from, after redirects. */
  url: string;
  target: string;
}

export type Reading =
  | { kind: 'linked'; mention: Mention }
  | { kind: 'no_link' }
  /** The page says of itself that it is gone. */
  | { kind: 'gone' }
  /** Of a type in which nobody can look for a link. */
  | { kind: 'unsupported_type' }
  /** No page that anybody wrote: too many elements, or too deeply nested. */
  | { kind: 'unreadable' };

const plain: Mention = { relation: 'references', title: null, author: null, published: null };

/** Looks for the target in the way of the body's media type (events §9.2). Pure; bounded in time and memory by its size. */
export function readSource({ bytes, contentType, url, target }: SourceBody): Reading {
  const text = textOfBytes(bytes, contentType);
  switch (formOf(contentType, text)) {
    case 'html': {
      const document = parseDocument(text);
      if (document === null) return { kind: 'unreadable' };
      if (saysGone(document)) return { kind: 'gone' };
      const links = linksTo(document, baseOf(document, url), target);
      return links.length === 0
        ? { kind: 'no_link' }
        : { kind: 'linked', mention: readMention(document, links) };
    }
    case 'json':
      return occursInJson(text, target) ? { kind: 'linked', mention: plain } : { kind: 'no_link' };
    case 'text':
      return occursInText(text, target) ? { kind: 'linked', mention: plain } : { kind: 'no_link' };
    default:
      return { kind: 'unsupported_type' };
  }
}

function formOf(contentType: string, text: string): 'html' | 'json' | 'text' | 'other' {
  const type = contentType.replace(/;.*$/s, '').trim().toLowerCase();
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html';
  if (type === 'application/json' || /^application\/[a-z0-9.-]+\+json$/.test(type)) return 'json';
  if (type === 'text/plain') return 'text';
  if (type !== '') return 'other';
  // A server that names no type leaves it to whoever reads (RFC 9110 §8.3).
  return /^\s*</.test(text) ? 'html' : 'text';
}
