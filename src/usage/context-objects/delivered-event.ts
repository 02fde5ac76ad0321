import { parseIdentifier } from '../../identifiers/index.ts';
import { countryCode } from '../country-names.ts';
import type { DeliveredEvent } from '../event.ts';
import { readRequester } from './requester.ts';
import type { Statement } from './statement.ts';
import { parseTimestamp } from './timestamp.ts';

/** Where a context object stands in the delivery and in its OAI-PMH record. */
export interface Place {
  position: number;
  recordPosition: number | null;
}

/** Clocks differ and zones are forgotten; what lies further ahead is an error (specification `usage` §2.1). */
const FUTURE_MS = 24 * 3_600_000;
const CONTROL = /\p{Cc}/u;
/** Longest identity of an event taken; the longest in use are URNs and digests of some dozen characters. */
const IDENTIFIER_LENGTH = 2048;
/** Identifiers read of one document; real ones have up to a handful. */
const IDENTIFIERS = 100;
/** Of texts that are kept as they are; longer than any browser's user agent or address line. */
const TEXT_LENGTH = 2048;

/**
 * Judges what a context object states: an event, or the reason why it is none. `note` hears of what was left out.
 * @param statedCountry what the source's own path found; it goes before the usual places
 */
export function deliveredEvent(
  statement: Statement,
  place: Place,
  now: number,
  statedCountry: string | null,
  note: (text: string) => void,
): DeliveredEvent | { reason: string } {
  if (statement.timestamp === null) return { reason: 'no timestamp' };
  const time = parseTimestamp(statement.timestamp);
  if (time === null)
    return { reason: `timestamp ${shown(statement.timestamp)} is not an ISO 8601 date with time` };
  if (time > now + FUTURE_MS) {
    return { reason: `timestamp ${shown(statement.timestamp)} is more than 24 hours in the future` };
  }
  if (statement.identifier !== null) {
    if (CONTROL.test(statement.identifier))
      return { reason: 'the identifier of the event holds a control character' };
    if (statement.identifier.length > IDENTIFIER_LENGTH) {
      return { reason: 'the identifier of the event is longer than 2,048 characters' };
    }
  }
  const document = readDocument(statement.referents, note);
  if ('reason' in document) return document;
  const { address, hashedAddress } = readRequesters(statement.requesters);
  noteProfile(statement, note);
  return {
    position: place.position,
    recordPosition: place.recordPosition,
    identifier: statement.identifier,
    time,
    identifiers: document.identifiers,
    url: document.url,
    kind: kindOf(statement),
    method: null,
    status: readStatus(statement.status, note),
    excludedClass:
      statement.classification.includes('internal') || statement.classification.includes('administrative'),
    address,
    hashedAddress,
    userAgent: cut(statement.userAgent),
    user: null,
    cookie: null,
    session: statement.session,
    country: readCountry(statedCountry, statement.countries, note),
    referrer: cut(statement.referrer),
    repository: cut(statement.resolver ?? statement.service),
  };
}

function readDocument(
  referents: string[],
  note: (text: string) => void,
): { identifiers: string[]; url: string | null } | { reason: string } {
  const identifiers: string[] = [];
  let url: string | null = null;
  let faulty: string | null = null;
  if (referents.length > IDENTIFIERS) note('more than 100 referent identifiers: the others were left out');
  for (const text of referents.slice(0, IDENTIFIERS)) {
    const parsed = parseIdentifier(text);
    if (!parsed.ok) {
      faulty ??= `${shown(text)} ${parsed.reason}`;
      note(`a referent identifier was left out: it ${parsed.reason}`);
      continue;
    }
    if (!identifiers.includes(parsed.identifier.id)) identifiers.push(parsed.identifier.id);
    if (url === null && /^https?:/i.test(text)) url = text.replace(/#.*$/s, '');
  }
  if (identifiers.length > 0) return { identifiers, url };
  return { reason: faulty === null ? 'no referent identifier' : `no usable referent identifier: ${faulty}` };
}

/** The first hash or pseudonym says who; a subnet beside it (KE) only where. */
function readRequesters(texts: string[]): { address: string | null; hashedAddress: string | null } {
  let address: string | null = null;
  let hashedAddress: string | null = null;
  for (const text of texts) {
    const requester = readRequester(text);
    if (requester?.kind === 'address') address ??= requester.text;
    else if (requester?.kind === 'hash') hashedAddress ??= requester.text;
  }
  return { address, hashedAddress };
}

/** DoDoCo counts downloads: who names no service means one. */
function kindOf(statement: Statement): DeliveredEvent['kind'] {
  if (statement.requested || !statement.served) return 'request';
  return statement.investigated ? 'investigation' : 'other';
}

function readStatus(text: string | null, note: (text: string) => void): number | null {
  if (text === null) return null;
  if (/^[1-9]\d\d$/.test(text)) return Number(text);
  // Only an absent status is a success by definition; 0 is no status of HTTP and never counted.
  note('a status code is no number of three digits: not counted');
  return 0;
}

function readCountry(
  stated: string | null,
  candidates: string[],
  note: (text: string) => void,
): string | null {
  for (const text of stated === null ? candidates : [stated, ...candidates]) {
    const code = countryCode(text);
    if (code !== null) return code;
  }
  if (stated !== null || candidates.length > 0) note('a country is not known');
  return null;
}

/** The KE guidelines want exactly one of each; deliveries without are taken all the same. */
function noteProfile(statement: Statement, note: (text: string) => void): void {
  const { requester, serviceType, resolver } = statement.entities;
  if (requester !== 1) note(requester === 0 ? 'no requester' : 'more than one requester');
  if (serviceType !== 1) note(serviceType === 0 ? 'no service-type' : 'more than one service-type');
  // OA-Statistik names the repository in `administration` instead.
  if (resolver !== 1 && statement.service === null)
    note(resolver === 0 ? 'no resolver' : 'more than one resolver');
}

function cut(text: string | null): string | null {
  return text === null || text.length <= TEXT_LENGTH ? text : text.slice(0, TEXT_LENGTH).toWellFormed();
}

function shown(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}
