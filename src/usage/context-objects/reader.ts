import { createXmlReader, type XmlElement, type XmlReader } from '../../platform/xml/index.ts';
import type { DeliveredEvent, DeliveredRecord, Rejection } from '../event.ts';
import { compileCountryXpath, type TextFinder } from './country-xpath.ts';
import { deliveredEvent } from './delivered-event.ts';
import { FormFault } from './form-fault.ts';
import { createOaiEnvelope, OAI_NS, type OaiSummary } from './oai-envelope.ts';
import { CONTEXT_OBJECT_NS, readStatement } from './statement.ts';

export interface ContextObjectReaderOptions {
  /** Milliseconds since 1970; decides what lies in the future. */
  now(): number;
  /** The source's own place of the country; see `compileCountryXpath`. Must have been checked. */
  countryXpath?: string;
  /** `record` is the same object for all events of one OAI-PMH record; null outside OAI-PMH. */
  onEvent(event: DeliveredEvent, record: DeliveredRecord | null): void;
  /** After each OAI-PMH record, deleted ones too, with the number of events accepted from it. */
  onRecord?(record: DeliveredRecord, events: number): void;
  onReject(rejection: Rejection): void;
  /** At the end: each kind of oddity once, with the first position it occurred at and how often. */
  onNote?(position: number, note: string): void;
}

export interface ContextObjectSummary extends OaiSummary {
  kind: 'context-objects' | 'context-object' | 'oai';
  accepted: number;
  rejected: number;
}

export interface ContextObjectReader {
  /** Takes the next bytes, cut anywhere. Throws `XmlFault` (not well-formed) or `FormFault` (none of the three forms). */
  write(chunk: Uint8Array): void;
  end(): ContextObjectSummary;
}

/**
 * Reads a body of context objects in any dialect (specification `usage` §2.1): `context-objects`, one `context-object`, or an
 * OAI-PMH response with them. Events come as they are read, so nothing of them may be kept before `end` has returned.
 * Raw addresses are passed on; whoever stores must replace them.
 */
export function createContextObjectReader(options: ContextObjectReaderOptions): ContextObjectReader {
  const countryOf = options.countryXpath === undefined ? () => null : checked(options.countryXpath);
  const envelope = createOaiEnvelope((record) => options.onRecord?.(record, recordAccepted));
  const notes = new Map<string, { position: number; count: number }>();
  let kind: ContextObjectSummary['kind'] | null = null;
  let position = 0;
  let accepted = 0;
  let rejected = 0;
  let record: DeliveredRecord | null = null;
  let recordPosition = 0;
  let recordAccepted = 0;

  function note(text: string): void {
    const known = notes.get(text);
    if (known === undefined) notes.set(text, { position, count: 1 });
    else known.count++;
  }

  function judge(unit: XmlElement): DeliveredEvent | { reason: string } {
    if (unit.ns !== CONTEXT_OBJECT_NS) {
      return {
        reason: `the context-object is in the namespace "${unit.ns.slice(0, 100)}", not "${CONTEXT_OBJECT_NS}"`,
      };
    }
    if (record?.deleted) return { reason: 'the OAI-PMH record is deleted' };
    const place = { position, recordPosition: record === null ? null : recordPosition };
    return deliveredEvent(readStatement(unit), place, options.now(), countryOf(unit), note);
  }

  const xml: XmlReader = createXmlReader({
    isUnit(ns, name, path) {
      if (name !== 'context-object') return false;
      if (path.length > 0) return true;
      if (ns !== CONTEXT_OBJECT_NS) throw wrongRoot(ns, name);
      kind = 'context-object';
      return true;
    },
    onUnit(unit) {
      position++;
      const current = kind === 'oai' ? envelope.record() : null;
      if (current !== record) {
        record = current;
        recordPosition = 0;
      }
      recordPosition++;
      const judged = judge(unit);
      if ('reason' in judged) {
        rejected++;
        options.onReject({ position, reason: judged.reason });
        return;
      }
      accepted++;
      recordAccepted++;
      options.onEvent(judged, record);
    },
    onOpen(element, path) {
      if (path.length === 0) kind = formOf(element);
      else if (kind === 'oai') {
        if (path.length === 2) recordAccepted = 0;
        envelope.open(element, path);
      }
    },
    onClose(element, path) {
      if (kind === 'oai') envelope.close(element, path);
    },
  });

  return {
    write: xml.write,
    end() {
      xml.end();
      if (kind === null) throw new Error('a document without an element was read');
      const summary = envelope.summary();
      if (kind === 'oai') envelope.check();
      for (const [text, { position: first, count }] of notes) {
        options.onNote?.(first, count === 1 ? text : `${text} (${count} times)`);
      }
      return { kind, accepted, rejected, ...summary };
    },
  };
}

/** Who configures a path has compiled it before, to tell the fault to whoever wrote it. */
function checked(path: string): TextFinder {
  const finder = compileCountryXpath(path);
  if ('fault' in finder) throw new RangeError(finder.fault);
  return finder;
}

function formOf(root: XmlElement): ContextObjectSummary['kind'] {
  if (root.name === 'context-objects' && root.ns === CONTEXT_OBJECT_NS) return 'context-objects';
  if (root.name === 'OAI-PMH' && root.ns === OAI_NS) return 'oai';
  throw wrongRoot(root.ns, root.name);
}

function wrongRoot(ns: string, name: string): FormFault {
  return new FormFault(
    `the outermost element is "${name.slice(0, 100)}" of the namespace "${ns.slice(0, 100)}"; it must be context-objects or ` +
      `context-object of ${CONTEXT_OBJECT_NS}, or OAI-PMH of ${OAI_NS}`,
  );
}
