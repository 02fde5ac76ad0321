/** Deliveries for tests of the whole server: small, invented, and written as a sender would. */

export interface ContextObject {
  id?: string;
  time?: string | null;
  item?: string | null;
  address?: string;
  kind?: 'objectFile' | 'descriptiveMetadata';
}

/** One context object in the KE profile. */
export function contextObject(event: ContextObject): string {
  const {
    id,
    time = '2024-03-01T10:00:00Z',
    item = 'oai:repo.example.org:1',
    address,
    kind = 'objectFile',
  } = event;
  const attributes = [
    ...(time === null ? [] : [`timestamp="${time}"`]),
    ...(id === undefined ? [] : [`identifier="${id}"`]),
  ].join(' ');
  const referent = item === null ? '' : `<ctx:identifier>${item}</ctx:identifier>`;
  const requester =
    address === undefined
      ? ''
      : `<ctx:requester><ctx:identifier>data:,${address}</ctx:identifier></ctx:requester>`;
  const type = `<ctx:service-type><ctx:metadata><dcterms:type xmlns:dcterms="http://purl.org/dc/terms/">info:eu-repo/semantics/${kind}</dcterms:type></ctx:metadata></ctx:service-type>`;
  return `<ctx:context-object ${attributes}><ctx:referent>${referent}</ctx:referent>${requester}${type}</ctx:context-object>`;
}

export function contextObjects(...inner: string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?><ctx:context-objects xmlns:ctx="info:ofi/fmt:xml:xsd:ctx">${inner.join('')}</ctx:context-objects>`;
}

/** An OAI-PMH response around whatever a verb holds. */
export function oaiResponse(inner: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2024-05-01T10:00:00Z</responseDate><request verb="ListRecords">https://repo.example.org/oai</request>${inner}</OAI-PMH>`;
}

export function ndjson(...lines: unknown[]): string {
  return lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32, public domain). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
