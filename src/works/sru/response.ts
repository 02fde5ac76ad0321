import { canonicalId, oaiNamespace } from '../../identifiers/index.ts';
import { descendants, type XmlElement, XmlFault } from '../../platform/xml/index.ts';
import type { PublicationRecord } from '../publication.ts';
import { createRecordElements, isMetadata, readBareRecord } from '../records/index.ts';

export interface SruDiagnostic {
  uri: string;
  message: string;
  details: string;
}

export type SruAnswer =
  | {
      ok: true;
      /** As the server counts; null when it does not say. */
      numberOfRecords: number | null;
      /** The first record that could be read. */
      record: PublicationRecord | null;
      /** Why records before it, or all, could not be read. */
      rejected: string[];
      diagnostics: SruDiagnostic[];
    }
  /** Well-formed, but no answer to `searchRetrieve`. */
  | { ok: false; reason: string };

export interface SruReader {
  /** @throws XmlFault when the bytes are not well-formed XML within limits */
  write(chunk: Uint8Array): void;
  /** @throws XmlFault when the document is not complete */
  end(): SruAnswer;
}

/** SRU 1.1 and 1.2 share a namespace; 2.0 servers answer with theirs whatever version they were asked for. */
const SRU =
  /^(?:http:\/\/www\.loc\.gov\/zing\/srw\/?|http:\/\/docs\.oasis-open\.org\/ns\/search-ws\/sruResponse)$/;
const DIAGNOSTIC =
  /^(?:http:\/\/www\.loc\.gov\/zing\/srw\/diagnostics?\/?|http:\/\/docs\.oasis-open\.org\/ns\/search-ws\/diagnostic)$/;

/**
 * Reads the answer to a `searchRetrieve` request: `oai_dc`, MODS or DIDL in `recordData`, as elements or as an escaped string.
 * @param asked.id the identifier asked for; the namespace of an OAI identifier is the partner of the record (specification `usage` §5.5)
 */
export function createSruReader(asked: { id?: string } = {}): SruReader {
  const namespace = oaiNamespace(canonicalId(asked.id ?? '') ?? '');
  const partner = namespace === null ? null : { id: namespace };
  const answer: Extract<SruAnswer, { ok: true }> = {
    ok: true,
    numberOfRecords: null,
    record: null,
    rejected: [],
    diagnostics: [],
  };
  let isAnswer = false;

  function take(element: XmlElement | { tooLarge: string }): void {
    if ('tooLarge' in element) answer.rejected.push(element.tooLarge);
    else if (element.name === 'diagnostic') answer.diagnostics.push(diagnosticOf(element));
    else if (answer.record === null) takeRecord(element);
  }

  function takeRecord(record: XmlElement): void {
    const data = descendants(record, 'recordData').find((element) => SRU.test(element.ns));
    // A surrogate diagnostic stands where the record would be when the server cannot give it in this schema (SRU 1.1, "Diagnostics").
    const surrogates = data
      ? descendants(data, 'diagnostic').filter((element) => DIAGNOSTIC.test(element.ns))
      : [];
    answer.diagnostics.push(...surrogates.map(diagnosticOf));
    if (surrogates.length > 0) return;
    const found = data ? metadataIn(data) : { reason: 'the record has no recordData' };
    const reading = 'reason' in found ? { ok: false as const, ...found } : readBareRecord(found, { partner });
    if (reading.ok) answer.record = reading.record;
    else answer.rejected.push(reading.reason);
  }

  const reader = createRecordElements({
    isRecord(ns, name, path) {
      if (path.length === 0) isAnswer = name === 'searchRetrieveResponse' && SRU.test(ns);
      if (path.length !== 2) return false;
      return (name === 'record' && SRU.test(ns)) || (name === 'diagnostic' && DIAGNOSTIC.test(ns));
    },
    onRecord: take,
    onClose(element, path) {
      const count = element.text.trim();
      if (path.length === 1 && element.name === 'numberOfRecords' && /^\d{1,15}$/.test(count)) {
        answer.numberOfRecords = Number(count);
      }
    },
  });

  return {
    write: reader.write,
    end() {
      reader.end();
      return isAnswer ? answer : { ok: false, reason: 'the document is no searchRetrieveResponse' };
    },
  };
}

/** As `createSruReader`, for an answer that is there already. @throws XmlFault */
export function readSruResponse(chunks: Iterable<Uint8Array>, asked: { id?: string } = {}): SruAnswer {
  const reader = createSruReader(asked);
  for (const chunk of chunks) reader.write(chunk);
  return reader.end();
}

/** The metadata of `recordData`: an element at any depth, or the same as an escaped string (`recordPacking` `string`). */
function metadataIn(data: XmlElement): XmlElement | { reason: string } {
  const inside = descendants(data).find((element) => isMetadata(element.ns, element.name));
  if (inside) return inside;
  if (data.children.length > 0 || data.text.trim() === '') {
    return { reason: 'the recordData holds none of oai_dc, MODS and DIDL' };
  }
  return metadataInText(data.text);
}

function metadataInText(text: string): XmlElement | { reason: string } {
  const found: (XmlElement | { reason: string })[] = [];
  const reader = createRecordElements({
    isRecord: isMetadata,
    onRecord: (element) => found.push('tooLarge' in element ? { reason: element.tooLarge } : element),
  });
  try {
    // Its XML declaration, if any, speaks of an encoding that the string has left behind.
    reader.write(Buffer.from(text.trim().replace(/^<\?xml.*?\?>/s, '')));
    reader.end();
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error;
    return { reason: `the recordData is no well-formed XML: ${error.reason}` };
  }
  return found[0] ?? { reason: 'the recordData holds none of oai_dc, MODS and DIDL' };
}

function diagnosticOf(element: XmlElement): SruDiagnostic {
  const text = (name: string) => descendants(element, name)[0]?.text.trim() ?? '';
  return { uri: text('uri'), message: text('message'), details: text('details') };
}
