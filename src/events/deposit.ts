import { parseIdentifier } from '../identifiers/index.ts';
import { type FieldFault, MAX_METADATA_BYTES, type Metadata, readEnd } from './deposit-ends.ts';
import { isEmptyObject, keptBody } from './kept-body.ts';
import { findRelation, RELATION_NAMES, type Relation } from './relations.ts';
import { readTime } from './time.ts';
import { isUuid, uuidV5 } from './uuid.ts';

export type Action = 'create' | 'delete' | 'restore';

/** One deposit as it was read (specification `events` §2). */
export interface Deposit {
  /** The identity of the event: as given, else made from what it says. */
  id: string;
  isNamed: boolean;
  type: 'relation' | 'work';
  action: Action;
  source: string | null;
  relation: Relation;
  /** Canonical identifiers, the end's own first. Empty where a uuid alone says which event is meant. */
  subject: string[];
  object: string[];
  /** Milliseconds; null when not given. */
  occurredAt: number | null;
  total: number;
  isCumulative: boolean;
  subj: Metadata | null;
  obj: Metadata | null;
  /** All that is kept as it was deposited, as JSON; empty while it is only judged. */
  body: string;
}

export type ReadDeposit = { ok: true; deposit: Deposit } | { ok: false; faults: FieldFault[] };

export interface DepositContext {
  account: string;
  now: number;
  /** False: it was judged before, and is read to be applied. True: it is judged, and `body` is not needed. */
  judges: boolean;
  /** Sources by name. */
  sources: {
    get(name: string): { cumulative: boolean; state: string } | undefined;
    keys(): Iterable<string>;
  };
}

const TEXTS = ['provenance_url', 'license', 'source_token', 'callback', 'publisher_id', 'prefix'] as const;
const IGNORED = ['state', 'errors', 'timestamp', 'evidence_record', 'action', 'terms'];
const KNOWN = new Set([
  ...['uuid', 'id', 'message_type', 'message_action', 'subj_id', 'obj_id', 'relation_type_id', 'source_id'],
  ...['total', 'total_type', 'occurred_at', 'subj', 'obj', 'extra'],
  ...TEXTS,
  ...IGNORED,
]);
const EARLIEST = Date.UTC(1900, 0, 1);
const DAY = 86_400_000;
const MAX_TEXT = 2_048;

/** Reads and judges one deposit; all its faults are named. */
export function readDeposit(item: unknown, context: DepositContext): ReadDeposit {
  if (typeof item !== 'object' || item === null || Array.isArray(item))
    return { ok: false, faults: [{ path: '', message: 'must be an object' }] };
  const fields = item as Record<string, unknown>;
  const faults: FieldFault[] = [];
  const fault = (path: string, message: string): null => {
    faults.push({ path, message });
    return null;
  };
  for (const key in fields) if (!KNOWN.has(key)) fault(key, 'is not known here');

  const uuid = readUuid(fields, fault);
  const type = oneOf(fields, 'message_type', ['relation', 'work'] as const, fault);
  const action = oneOf(fields, 'message_action', ['create', 'delete', 'restore'] as const, fault);
  if (type === 'work' && action !== 'create') fault('message_action', 'must be create for a work');
  const isById = action !== 'create' && uuid !== null;
  const source = readSource(fields, context, action, isById, fault);
  const relation = readRelation(fields, fault);
  const subjectId = readId(fields, 'subj_id', !isById, fault);
  const objectId = readId(fields, 'obj_id', !isById && type === 'relation', fault);
  if (subjectId !== null && subjectId === objectId) fault('obj_id', 'is the subject itself');
  const total = readTotal(fields, fault);
  const totalType = readTotalType(fields, fault);
  const occurredAt = readOccurredAt(fields, context.now, fault);
  const subj = readMetadata(fields, 'subj', context, fault);
  const obj = readMetadata(fields, 'obj', context, fault);
  readMetadata(fields, 'extra', context, fault);
  for (const field of TEXTS) readText(fields, field, fault);
  const subject = readEnd('subj', { id: subjectId, written: fields.subj_id }, subj, faults);
  const object = readEnd('obj', { id: objectId, written: fields.obj_id }, obj, faults);
  if (faults.length > 0) return { ok: false, faults };

  const isCumulative =
    totalType === null
      ? (context.sources.get(source ?? '')?.cumulative ?? false)
      : totalType === 'cumulative';
  return {
    ok: true,
    deposit: {
      id:
        uuid ??
        madeId(context.account, { type, source, relation, subject, object, occurredAt, isCumulative }),
      isNamed: uuid !== null,
      type,
      action,
      source,
      relation,
      subject,
      object,
      occurredAt,
      total,
      isCumulative,
      subj,
      obj,
      body: action === 'create' && !context.judges ? keptBody(fields, TEXTS) : '',
    },
  };
}

type Fault = (path: string, message: string) => null;
type Fields = Record<string, unknown>;

/** The identity of a deposit that brings none: known without looking anything up. */
function madeId(
  account: string,
  said: Pick<Deposit, 'type' | 'source' | 'relation' | 'subject' | 'object' | 'occurredAt' | 'isCumulative'>,
): string {
  const [subject = ''] = said.subject;
  const [object = ''] = said.object;
  const source = said.source ?? '';
  if (said.type === 'work') return uuidV5(account, source, 'work', subject);
  const ends = said.relation.isInverse ? [object, subject] : [subject, object];
  const at =
    said.occurredAt === null || said.isCumulative ? '' : new Date(said.occurredAt).toISOString().slice(0, 19);
  return uuidV5(account, source, said.relation.active, ...ends, at);
}

function readUuid(fields: Fields, fault: Fault): string | null {
  let found: string | null = null;
  for (const name of ['uuid', 'id']) {
    const value = fields[name];
    if (value === undefined || value === null) continue;
    if (typeof value !== 'string' || !isUuid(value)) fault(name, 'must be a UUID');
    else if (found !== null && found !== value.toLowerCase()) fault(name, 'is not the same as uuid');
    else found = value.toLowerCase();
  }
  return found;
}

function oneOf<const T extends string>(
  fields: Fields,
  name: string,
  values: readonly [T, ...T[]],
  fault: Fault,
): T {
  const value = fields[name];
  if (value === undefined || value === null) return values[0];
  const known = values.find((one) => one === value);
  if (known === undefined) fault(name, `must be one of: ${values.join(', ')}`);
  return known ?? values[0];
}

function readSource(
  fields: Fields,
  { sources }: DepositContext,
  action: Action,
  isById: boolean,
  fault: Fault,
): string | null {
  const value = fields.source_id;
  if (value === undefined || value === null) return isById ? null : fault('source_id', 'is required');
  const known = typeof value === 'string' ? sources.get(value) : undefined;
  if (typeof value !== 'string' || known === undefined)
    return fault('source_id', `is not a known source; known: ${[...sources.keys()].join(', ')}`);
  if (known.state === 'retired' && action === 'create') return fault('source_id', 'is a retired source');
  return value;
}

const REFERENCES = findRelation('references') as Relation;

function readRelation(fields: Fields, fault: Fault): Relation {
  const value = fields.relation_type_id;
  if (value === undefined || value === null) return REFERENCES;
  const relation = typeof value === 'string' ? findRelation(value) : null;
  if (relation === null)
    fault('relation_type_id', `is not a known relation type; known: ${RELATION_NAMES.join(', ')}`);
  return relation ?? REFERENCES;
}

function readId(fields: Fields, name: string, isNeeded: boolean, fault: Fault): string | null {
  const value = fields[name];
  if (value === undefined || value === null) return isNeeded ? fault(name, 'is required') : null;
  if (typeof value !== 'string') return fault(name, 'must be a string');
  const parsed = parseIdentifier(value);
  return parsed.ok ? parsed.identifier.id : fault(name, parsed.reason);
}

function readTotal(fields: Fields, fault: Fault): number {
  const value = fields.total;
  if (value === undefined || value === null) return 1;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  fault('total', 'must be an integer from 0 to 9007199254740991');
  return 1;
}

function readTotalType(fields: Fields, fault: Fault): 'increment' | 'cumulative' | null {
  if (fields.total_type === undefined || fields.total_type === null) return null;
  return oneOf(fields, 'total_type', ['increment', 'cumulative'] as const, fault);
}

function readOccurredAt(fields: Fields, now: number, fault: Fault): number | null {
  const value = fields.occurred_at;
  if (value === undefined || value === null) return null;
  const at = typeof value === 'string' ? readTime(value) : null;
  if (at === null) return fault('occurred_at', 'must be an ISO 8601 time with zone, or a date');
  if (at < EARLIEST) return fault('occurred_at', 'is before 1900');
  if (at > now + DAY) return fault('occurred_at', 'is more than one day in the future');
  return at;
}

function readMetadata(
  fields: Fields,
  name: string,
  { judges }: DepositContext,
  fault: Fault,
): Metadata | null {
  const value = fields[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'object' || Array.isArray(value)) return fault(name, 'must be an object');
  if (isEmptyObject(value)) return null;
  if (!judges || isSmall(value)) return value as Metadata;
  const bytes = bytesOf(value);
  if (bytes === null) return fault(name, 'is nested too deeply');
  if (bytes > MAX_METADATA_BYTES) return fault(name, `is larger than ${MAX_METADATA_BYTES} bytes`);
  return value as Metadata;
}

/** Whether a flat object is far below the limit, whatever its JSON escapes. */
function isSmall(value: object): boolean {
  const { length } = Object.keys(value);
  let characters = 100 * length;
  for (const key in value) {
    const field = (value as Fields)[key];
    if (typeof field === 'string') characters += field.length + key.length;
    else if (typeof field === 'object' && field !== null) return false;
  }
  return 6 * characters < MAX_METADATA_BYTES;
}

/** Bytes of a value as JSON; null when it is nested deeper than the stack is. */
function bytesOf(value: object): number | null {
  try {
    const text = JSON.stringify(value);
    return text.length * 3 < MAX_METADATA_BYTES ? text.length : Buffer.byteLength(text);
  } catch {
    return null;
  }
}

function readText(fields: Fields, name: string, fault: Fault): void {
  const value = fields[name];
  if (value === undefined || value === null) return;
  if (typeof value === 'number' && (name === 'publisher_id' || name === 'prefix')) return;
  if (typeof value !== 'string') fault(name, 'must be a string');
  else if (value.length > MAX_TEXT) fault(name, `is longer than ${MAX_TEXT} characters`);
}
