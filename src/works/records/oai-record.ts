import { oaiNamespace, parsePartnerId } from '../../identifiers/index.ts';
import type { XmlElement } from '../../platform/xml/index.ts';
import type { PublicationPartner, PublicationRecord } from '../publication.ts';
import { emptyDescription } from './description.ts';
import { attributeOf, childrenIn, textsIn } from './elements.ts';
import { joinIdentities, readIdentity } from './identity.ts';
import { readMetadata } from './metadata.ts';
import { inOai } from './namespaces.ts';
import { boundedNotes } from './notes.ts';
import { joinPartners } from './partner.ts';
import { MAX_AUTHORS, MAX_RECORD_ID } from './record-limits.ts';

/** A partner as the sender of a delivery names it. */
export interface NamedPartner {
  id: string;
  name?: string | null;
}

export type RecordReading = { ok: true; record: PublicationRecord } | { ok: false; reason: string };

const rejected = (reason: string): RecordReading => ({ ok: false, reason });

/**
 * Reads one `record` of an OAI-PMH response. Its partner is the named one, else the namespace of the header identifier, else the
 * host of `baseUrl` (specification `usage` §5.3). A deleted record keeps only its identity.
 */
export function readOaiRecord(
  record: XmlElement,
  given: { partner: NamedPartner | null; baseUrl: string | null },
): RecordReading {
  const [header] = childrenIn(record, inOai, 'header');
  const [recordId] = header ? textsIn(header, inOai, 'identifier') : [];
  if (!header || recordId === undefined) return rejected('the record has no header identifier');
  if (recordId.length > MAX_RECORD_ID)
    return rejected(`the header identifier is longer than ${MAX_RECORD_ID} characters`);
  const frame = {
    recordId,
    datestamp: textsIn(header, inOai, 'datestamp')[0] ?? null,
    deleted: attributeOf(header, 'status').toLowerCase() === 'deleted',
  };
  const headerIdentity = readIdentity([{ text: recordId, kind: 'page' }]);
  if (frame.deleted) return { ok: true, record: { ...frame, ...emptyDescription(), ...headerIdentity } };

  const [metadata] = childrenIn(record, inOai, 'metadata').flatMap((element) => element.children);
  if (!metadata) return rejected('the record has no metadata');
  const description = readMetadata(metadata);
  if (!description)
    return rejected(
      `the metadata is none of oai_dc, MODS and DIDL but ${metadata.name} of ${metadata.ns || 'no namespace'}`,
    );

  const named = given.partner ? namedPartner(given.partner) : partnerOfHeader(recordId, given.baseUrl);
  return complete({
    ...frame,
    ...description,
    ...joinIdentities(headerIdentity, description),
    partners: joinPartners([...(named ? [named] : []), ...description.partners]),
  });
}

/** Reads metadata that stands without an OAI-PMH record around it; its first identifier is its own identity. */
export function readBareRecord(metadata: XmlElement, given: { partner: NamedPartner | null }): RecordReading {
  const description = readMetadata(metadata);
  if (!description) return rejected('the element is none of oai_dc, MODS and DIDL');
  const named = given.partner ? [namedPartner(given.partner)] : [];
  return complete({
    recordId: description.identifiers[0] ?? description.urls[0]?.url ?? '',
    datestamp: null,
    deleted: false,
    ...description,
    partners: joinPartners([...named, ...description.partners]),
  });
}

function complete(record: PublicationRecord): RecordReading {
  if (record.identifiers.length === 0 && record.urls.length === 0) {
    return rejected('the record has no identifier of a known form');
  }
  if (record.authors.length > MAX_AUTHORS) return rejected(`the record has more than ${MAX_AUTHORS} authors`);
  return { ok: true, record: { ...record, notes: boundedNotes(record.notes) } };
}

/** The partner a delivery names, canonical; an id of no known form stays as it is. */
export function namedPartner(partner: NamedPartner): PublicationPartner {
  return { id: parsePartnerId(partner.id) ?? partner.id.trim(), name: partner.name?.trim() || null };
}

function partnerOfHeader(recordId: string, baseUrl: string | null): PublicationPartner | null {
  const [identifier] = readIdentity([{ text: recordId, kind: 'page' }]).identifiers;
  const namespace = oaiNamespace(identifier ?? '');
  if (namespace !== null) return { id: namespace, name: null };
  const host = baseUrl !== null && URL.canParse(baseUrl) ? new URL(baseUrl).hostname : '';
  return host ? { id: host, name: null } : null;
}
