import type { XmlElement } from '../../platform/xml/index.ts';
import type { PublicationRecord } from '../publication.ts';
import { collapse } from './elements.ts';
import { isMetadata } from './metadata.ts';
import { inMods, inOai } from './namespaces.ts';
import { type NamedPartner, readBareRecord, readOaiRecord } from './oai-record.ts';
import { createRecordElements } from './record-elements.ts';

export interface PublicationReaderOptions {
  /** The partner of the whole delivery, before any that a record states. */
  partner?: NamedPartner | null;
  /** `position` counts all records of the delivery from 1, rejected ones too. */
  onRecord(record: PublicationRecord, position: number): void;
  onReject(rejection: { position: number; reason: string }): void;
}

interface Counts {
  records: number;
  rejected: number;
}

export interface OaiDelivery extends Counts {
  kind: 'oai';
  responseDate: string | null;
  /** Text of `request`. */
  baseUrl: string | null;
  /** Null when there is none or it is empty: the list ends here. */
  resumptionToken: string | null;
  oaiError: { code: string; message: string } | null;
}

/** `bare`: DIDL, MODS, a collection of MODS or `oai_dc` without OAI-PMH around it. `refused`: well-formed, but nothing we read. */
export type PublicationDelivery =
  | OaiDelivery
  | ({ kind: 'bare' } & Counts)
  | { kind: 'refused'; reason: string };

export interface PublicationReader {
  /** Takes the next bytes, cut anywhere. @throws XmlFault when they are not well-formed XML within limits */
  write(chunk: Uint8Array): void;
  /** What the delivery was as a whole. @throws XmlFault when the document is not complete */
  end(): PublicationDelivery;
}

const LISTS = new Set(['ListRecords', 'GetRecord']);

/**
 * Reads a delivery of publications: an OAI-PMH `ListRecords` or `GetRecord` response in `oai_dc`, MODS or DIDL
 * (specification `usage` §5.1), or such metadata on its own. One record at a time is in memory.
 */
export function createPublicationReader(options: PublicationReaderOptions): PublicationReader {
  const partner = options.partner ?? null;
  const counts: Counts = { records: 0, rejected: 0 };
  const oai: Omit<OaiDelivery, keyof Counts> = {
    kind: 'oai',
    responseDate: null,
    baseUrl: null,
    resumptionToken: null,
    oaiError: null,
  };
  let root: { ns: string; name: string } | null = null;
  let listed = false;

  function take(element: XmlElement | { tooLarge: string }): void {
    const reading =
      'tooLarge' in element
        ? { ok: false as const, reason: element.tooLarge }
        : isMetadata(element.ns, element.name)
          ? readBareRecord(element, { partner })
          : readOaiRecord(element, { partner, baseUrl: oai.baseUrl });
    const position = counts.records + counts.rejected + 1;
    if (reading.ok) {
      counts.records++;
      options.onRecord(reading.record, position);
    } else {
      counts.rejected++;
      options.onReject({ position, reason: reading.reason });
    }
  }

  function note(element: XmlElement): void {
    const text = collapse(element.text) || null;
    if (element.name === 'responseDate') oai.responseDate = text;
    else if (element.name === 'request') oai.baseUrl = text;
    else if (element.name === 'resumptionToken') oai.resumptionToken = text;
    else if (element.name === 'error')
      oai.oaiError ??= { code: element.attributes.code ?? '', message: text ?? '' };
  }

  const reader = createRecordElements({
    isRecord(ns, name, path) {
      if (path.length === 0) root = { ns, name };
      return path.length === 0 ? isMetadata(ns, name) : isListed(name, path);
    },
    onRecord: take,
    onOpen(element, path) {
      if (path.length === 1 && LISTS.has(element.name) && inOai(element.ns)) listed = true;
    },
    onClose(element) {
      if (inOai(element.ns)) note(element);
    },
  });

  return {
    write: reader.write,
    end() {
      reader.end();
      if (root === null) return { kind: 'refused', reason: 'the document has no element' };
      if (isMetadata(root.ns, root.name) || isCollection(root)) return { kind: 'bare', ...counts };
      if (!isOaiRoot(root))
        return { kind: 'refused', reason: `the root element is ${root.name}, not OAI-PMH, DIDL, mods or dc` };
      if (!listed && oai.oaiError === null) {
        return { kind: 'refused', reason: 'the OAI-PMH response is neither ListRecords nor GetRecord' };
      }
      return { ...oai, ...counts };
    },
  };
}

/** A record of an OAI-PMH list, or metadata in a collection. */
function isListed(name: string, path: readonly XmlElement[]): boolean {
  const [root, list] = path;
  if (!root) return false;
  if (path.length === 1) return name === 'mods' && isCollection(root);
  return path.length === 2 && name === 'record' && isOaiRoot(root) && LISTS.has(list?.name ?? '');
}

function isOaiRoot(root: { ns: string; name: string }): boolean {
  return root.name === 'OAI-PMH' && inOai(root.ns);
}

function isCollection(root: { ns: string; name: string }): boolean {
  return root.name === 'modsCollection' && inMods(root.ns);
}
