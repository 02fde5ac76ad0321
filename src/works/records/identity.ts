import { parseIdentifier } from '../../identifiers/index.ts';
import type { PublicationRecord } from '../publication.ts';
import { quoted } from './notes.ts';

/** A text that a record gives for its own work; `kind` is what it is when it turns out to be a plain URL. */
export interface IdentityStatement {
  text: string;
  kind: 'page' | 'file';
}

export type Identity = Pick<PublicationRecord, 'identifiers' | 'urls' | 'notes'>;

/** ISSN and ISBN in any dress: they name a journal or an edition, and different works share them. */
const SERIAL_OR_BOOK = /^(?:urn:)?(?:[ep]?-?issn(?:-l)?|isbn(?:-?1[03])?)(?:[\s:]|$)|^\d{4}-\d{3}[\dX]$/i;

/**
 * Canonical identifiers and URLs of the work, in delivered order, without repeats. What has no known form is a note;
 * ISSN and ISBN are never a work's identity (specification `usage` §5.2).
 */
export function readIdentity(statements: readonly IdentityStatement[]): Identity {
  const parts = statements.map(({ text, kind }): Identity => {
    if (SERIAL_OR_BOOK.test(text.trim()))
      return ignored(text, 'an ISSN or ISBN is not the identity of a work');
    const parsed = parseIdentifier(text);
    if (!parsed.ok) return ignored(text, parsed.reason);
    if (parsed.identifier.kind === 'isbn')
      return ignored(text, 'an ISSN or ISBN is not the identity of a work');
    if (parsed.identifier.kind === 'url') {
      return { identifiers: [], urls: [{ url: parsed.identifier.id, kind }], notes: [] };
    }
    return { identifiers: [parsed.identifier.id], urls: [], notes: [] };
  });
  return joinIdentities(...parts);
}

/** One identity of several, the first first; a repeated URL keeps the kind it had first. */
export function joinIdentities(...parts: readonly Identity[]): Identity {
  const urls = new Map<string, PublicationRecord['urls'][number]>();
  for (const entry of parts.flatMap((part) => part.urls)) {
    if (!urls.has(entry.url)) urls.set(entry.url, entry);
  }
  return {
    identifiers: [...new Set(parts.flatMap((part) => part.identifiers))],
    urls: [...urls.values()],
    notes: [...new Set(parts.flatMap((part) => part.notes))],
  };
}

function ignored(text: string, reason: string): Identity {
  return { identifiers: [], urls: [], notes: [`${quoted(text)} ignored: ${reason}`] };
}
