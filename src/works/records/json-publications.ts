import { parseDoi, parseIsbn, parseIssn } from '../../identifiers/index.ts';
import type { PublicationParent, PublicationPartner, PublicationRecord } from '../publication.ts';
import { dataTypeOf, parentTypeOf } from './data-type.ts';
import { emptyDescription } from './description.ts';
import { collapse } from './elements.ts';
import { joinIdentities, readIdentity } from './identity.ts';
import { type JsonFault, type JsonFields, jsonFields } from './json-fields.ts';
import { type Findings, readJsonAuthors, readJsonPartners } from './json-people.ts';
import { boundedNotes, quoted } from './notes.ts';
import { type NamedPartner, namedPartner } from './oai-record.ts';
import { joinPartners } from './partner.ts';
import { publicationDate } from './publication-date.ts';
import { MAX_AUTHORS, MAX_RECORD_ID } from './record-limits.ts';

export type JsonPublications =
  | {
      ok: true;
      records: { record: PublicationRecord; position: number }[];
      /** `reason` is all the faults in one line. Positions count from 1. */
      rejected: { position: number; reason: string; errors: JsonFault[] }[];
    }
  /** The body as a whole is none. */
  | { ok: false; errors: JsonFault[] };

const FIELDS =
  'id identifiers title type date publisher urls authors partners parent datestamp deleted'.split(' ');
const TIME = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Reads `{"publications":[…]}` (specification `usage` §5.1). An item with a fault is rejected with every fault it has; what has no known form
 * (identifiers, dates, ids of people) is ignored with a note. The partner of the batch comes after those of the item.
 */
export function readJsonPublications(
  body: unknown,
  given: { partner?: NamedPartner | null } = {},
): JsonPublications {
  const items =
    typeof body === 'object' && body !== null && 'publications' in body ? body.publications : undefined;
  if (!Array.isArray(items)) {
    return { ok: false, errors: [{ path: 'publications', message: 'must be an array of publications' }] };
  }
  const partner = given.partner ? namedPartner(given.partner) : null;
  const result: JsonPublications = { ok: true, records: [], rejected: [] };
  for (const [at, item] of items.entries()) {
    const position = at + 1;
    const findings: Findings = { faults: [], notes: [] };
    const fields = jsonFields(item, `publications[${at}]`, findings.faults);
    const record = fields && readPublication(fields, partner, findings);
    if (record && findings.faults.length === 0) result.records.push({ record, position });
    else result.rejected.push({ position, reason: inOneLine(findings.faults), errors: findings.faults });
  }
  return result;
}

function readPublication(
  fields: JsonFields,
  partner: PublicationPartner | null,
  findings: Findings,
): PublicationRecord | null {
  const { faults, notes } = findings;
  for (const name of fields.others(FIELDS))
    notes.push(`${fields.pathOf(name)} is not a known field; ignored`);

  const id = fields.text('id');
  if (id !== null && id.length > MAX_RECORD_ID) {
    faults.push({
      path: fields.pathOf('id'),
      message: `must not be longer than ${MAX_RECORD_ID} characters`,
    });
  }
  // An `id` may be the sender's own number, so one of no known form is no note.
  const named = { ...readIdentity(id === null ? [] : [{ text: id, kind: 'page' }]), notes: [] };
  const stated = readIdentity(fields.texts('identifiers').map((text) => ({ text, kind: 'page' })));
  const addresses = readIdentity(fields.objects('urls').flatMap((entry) => addressOf(entry, faults)));
  const identity = joinIdentities(named, stated, addresses);
  const recordId = id ?? identity.identifiers[0] ?? identity.urls[0]?.url;
  const described = describe(fields, partner, findings);
  const frame = { datestamp: datestampOf(fields, faults), deleted: fields.flag('deleted') };

  const nameless = identity.identifiers.length === 0 && identity.urls.length === 0;
  if (recordId === undefined || (nameless && !frame.deleted)) {
    const message = 'needs an id or one identifier of a known form';
    faults.push({ path: fields.pathOf('identifiers'), message });
    return null;
  }
  const common = { recordId, ...frame, notes: boundedNotes([...identity.notes, ...notes]) };
  if (frame.deleted) return { ...emptyDescription(), ...identity, ...common };
  return { ...described, ...identity, ...common };
}

function describe(fields: JsonFields, partner: PublicationPartner | null, findings: Findings) {
  const date = fields.text('date');
  const read = date === null ? null : publicationDate(date);
  if (date !== null && read === null)
    findings.notes.push(`${fields.pathOf('date')}: ${quoted(date)} is no date; ignored`);
  const type = fields.text('type');
  const authors = fields.objects('authors');
  if (authors.length > MAX_AUTHORS) {
    findings.faults.push({ path: fields.pathOf('authors'), message: `must not be more than ${MAX_AUTHORS}` });
  }
  return {
    title: collapse(fields.text('title') ?? '') || null,
    type: dataTypeOf(type === null ? [] : [type]),
    date: read,
    publisher: collapse(fields.text('publisher') ?? '') || null,
    authors: authors.length > MAX_AUTHORS ? [] : readJsonAuthors(authors, findings),
    partners: joinPartners([
      ...readJsonPartners(fields.objects('partners'), findings),
      ...(partner ? [partner] : []),
    ]),
    parent: parentOf(fields.object('parent'), findings.notes),
  };
}

function addressOf(entry: JsonFields, faults: JsonFault[]): { text: string; kind: 'page' | 'file' }[] {
  const text = entry.text('url');
  const kind = entry.text('kind') ?? 'page';
  if (text === null) faults.push({ path: entry.pathOf('url'), message: 'is needed' });
  if (kind === 'page' || kind === 'file') return text === null ? [] : [{ text, kind }];
  faults.push({ path: entry.pathOf('kind'), message: 'must be page or file' });
  return [];
}

function datestampOf(fields: JsonFields, faults: JsonFault[]): string | null {
  const text = fields.text('datestamp');
  if (text === null) return null;
  if (TIME.test(text) && publicationDate(text.slice(0, 10)) !== null && !Number.isNaN(Date.parse(text)))
    return text;
  faults.push({
    path: fields.pathOf('datestamp'),
    message: 'must be YYYY-MM-DD or a time as YYYY-MM-DDThh:mm:ssZ',
  });
  return null;
}

function parentOf(fields: JsonFields | null, notes: string[]): PublicationParent | null {
  if (!fields) return null;
  const read = (name: string, parse: (text: string) => string | null) => {
    const text = fields.text(name);
    const value = text === null ? null : parse(text);
    if (text !== null && value === null)
      notes.push(`${fields.pathOf(name)}: ${quoted(text)} has no known form; ignored`);
    return value;
  };
  const parent: PublicationParent = {
    title: read('title', collapse),
    type: read('type', (text) => parentTypeOf([text])),
    issnOnline: read('issn_online', parseIssn),
    issnPrint: read('issn_print', parseIssn),
    isbn: read('isbn', parseIsbn),
    doi: read('doi', (text) => parseDoi(text)),
  };
  return Object.values(parent).every((value) => value === null) ? null : parent;
}

function inOneLine(faults: readonly JsonFault[]): string {
  return faults.map(({ path, message }) => `${path} ${message}`).join('; ');
}
