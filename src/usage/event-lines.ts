import { parseIdentifier } from '../identifiers/index.ts';
import { parseTimestamp } from './context-objects/index.ts';
import type { EventToKeep } from './delivery.ts';
import type { Rejection } from './event.ts';

const MAX_LINE = 64 * 1024;
const MS_PER_DAY = 86_400_000;

export interface EventLineOptions {
  now(): number;
  /** True: lines may have no `item`; the catalogue says by the URL what they are. */
  matchKnown: boolean;
  onEvent(event: EventToKeep): void;
  onReject(rejection: Rejection): void;
}

/** Bytes that are not UTF-8. The whole delivery is refused: where its lines end is not certain any more. */
export class EncodingFault extends Error {}

/**
 * Reads event lines (NDJSON, specification §2.4), cut anywhere: one JSON object a line,
 * `{time,item,url,kind,id?,method?,status?,address?,user_agent?,user?,cookie?,session?,referrer?}`. Blank lines count as
 * positions but are no events. A bad line is rejected with every fault it has, the rest goes on.
 */
export function createEventLineReader(options: EventLineOptions) {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let position = 0;

  function take(line: string): void {
    position++;
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (text.trim() === '') return;
    const read =
      text.length > MAX_LINE
        ? { faults: [`is longer than ${MAX_LINE} characters`] }
        : readLine(text, position, options);
    if ('faults' in read) options.onReject({ position, reason: read.faults.join('; ') });
    else options.onEvent(read.event);
  }

  function decode(chunk?: Uint8Array): string {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch {
      throw new EncodingFault(`The body is not UTF-8 (after line ${position}).`);
    }
  }

  return {
    write(chunk: Uint8Array): void {
      const lines = (rest + decode(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) take(line);
      // A line without an end must not fill the memory.
      if (rest.length > 2 * MAX_LINE) rest = rest.slice(0, MAX_LINE + 1);
    },
    end(): void {
      rest += decode();
      if (rest !== '') take(rest);
    },
  };
}

type Fields = Record<string, unknown>;

function readLine(
  text: string,
  position: number,
  options: EventLineOptions,
): { event: EventToKeep } | { faults: string[] } {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    return { faults: ['is not JSON'] };
  }
  if (typeof line !== 'object' || line === null || Array.isArray(line))
    return { faults: ['is not a JSON object'] };
  const fields = line as Fields;
  const faults: string[] = [];
  const known = (name: string): string | null => stringOf(fields, name, faults);
  for (const name of Object.keys(fields))
    if (!NAMES.has(name)) faults.push(`${name.slice(0, 50)} is not a field of an event`);

  const time = timeOf(known('time'), options.now(), faults);
  const url = known('url');
  const identifiers = identifiersOf(known('item'), url, options.matchKnown, faults);
  const kind = kindOf(
    known('kind'),
    fields.item === null || fields.item === undefined,
    options.matchKnown,
    faults,
  );
  const status = statusOf(fields.status, faults);
  const event: EventToKeep = {
    position,
    recordPosition: null,
    identifier: known('id'),
    time,
    identifiers,
    url: url === null ? null : (url.split('#', 1)[0] ?? ''),
    kind,
    method: known('method')?.toUpperCase() ?? null,
    status,
    excludedClass: false,
    address: known('address'),
    hashedAddress: null,
    userAgent: known('user_agent'),
    user: known('user'),
    cookie: known('cookie'),
    session: known('session'),
    country: null,
    referrer: known('referrer'),
    repository: null,
  };
  return faults.length > 0 ? { faults } : { event };
}

const NAMES = new Set([
  'time',
  'item',
  'url',
  'kind',
  'id',
  'method',
  'status',
  'address',
  'user_agent',
  'user',
  'cookie',
  'session',
  'referrer',
]);

function stringOf(fields: Fields, name: string, faults: string[]): string | null {
  const value = fields[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') {
    faults.push(`${name} must be a string`);
    return null;
  }
  if (value.includes('\u0000')) faults.push(`${name} contains a null character`);
  if (!value.isWellFormed()) faults.push(`${name} contains half a character`);
  return value;
}

function timeOf(text: string | null, now: number, faults: string[]): number {
  if (text === null) {
    faults.push('time is missing');
    return 0;
  }
  const time = parseTimestamp(text);
  if (time === null) faults.push('time is not ISO 8601 with time');
  else if (time > now + MS_PER_DAY) faults.push('time is more than 24 hours in the future');
  return time ?? 0;
}

function identifiersOf(
  item: string | null,
  url: string | null,
  matchKnown: boolean,
  faults: string[],
): string[] {
  const text = item ?? (matchKnown ? url : null);
  if (text === null) {
    faults.push(matchKnown ? 'item and url are missing' : 'item is missing');
    return [];
  }
  const parsed = parseIdentifier(text);
  if (parsed.ok) return [parsed.identifier.id];
  faults.push(`${item === null ? 'url' : 'item'} is not an identifier: ${parsed.reason}`);
  return [];
}

function kindOf(
  text: string | null,
  noItem: boolean,
  matchKnown: boolean,
  faults: string[],
): EventToKeep['kind'] {
  if (noItem && matchKnown) return 'known';
  const kind = (text ?? 'request').toLowerCase();
  if (kind === 'request' || kind === 'investigation') return kind;
  faults.push('kind must be request or investigation');
  return 'request';
}

function statusOf(value: unknown, faults: string[]): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 999) return value;
  faults.push('status must be a whole number from 0 to 999');
  return null;
}
