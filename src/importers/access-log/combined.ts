import type { LogLine } from './log-line.ts';
import { CLF_TIME_LENGTH, readClfTime } from './utc-time.ts';

/**
 * `address ident user [time] "request" status bytes "referrer" "user agent"`; what some servers write after that
 * (forwarded address, duration) is ignored. Null when the line is malformed: a quote left open, a field missing.
 * The user agent `-` stays as it is: the robots list has it (`^.?$`).
 */
export function parseCombined(line: string): LogLine | null {
  return parse(line, true);
}

/** The same without referrer and user agent, and nothing after the size. EZproxy writes this, with absolute URLs. */
export function parseCommon(line: string): LogLine | null {
  return parse(line, false);
}

const BACKSLASH = 92;
const SPACE = 32;
const MINUS = 45;

function parse(line: string, withAgent: boolean): LogLine | null {
  const addressEnd = line.indexOf(' ');
  if (addressEnd <= 0) return null;
  const identEnd = line.indexOf(' ', addressEnd + 1);
  if (identEnd <= addressEnd + 1) return null;
  // User names may hold spaces, so the user ends where the time begins.
  const userEnd = line.indexOf(' [', identEnd + 2);
  if (userEnd < 0) return null;
  const time = readClfTime(line, userEnd + 2);
  const timeEnd = userEnd + 2 + CLF_TIME_LENGTH;
  if (Number.isNaN(time) || !line.startsWith('] "', timeEnd)) return null;
  const request = timeEnd + 3;
  const requestEnd = closingQuote(line, request);
  if (requestEnd < 0 || line.charCodeAt(requestEnd + 1) !== SPACE) return null;
  const status = statusAt(line, requestEnd + 2);
  const sizeEnd = endOfSize(line, requestEnd + 6);
  if (status === null || sizeEnd < 0) return null;

  let referrer: string | null = null;
  let userAgent: string | null = null;
  if (withAgent) {
    if (!line.startsWith(' "', sizeEnd)) return null;
    const referrerEnd = closingQuote(line, sizeEnd + 2);
    if (referrerEnd < 0 || !line.startsWith(' "', referrerEnd + 1)) return null;
    const agentEnd = closingQuote(line, referrerEnd + 3);
    if (agentEnd < 0) return null;
    if (agentEnd + 1 !== line.length && line.charCodeAt(agentEnd + 1) !== SPACE) return null;
    referrer = given(unescaped(line.slice(sizeEnd + 2, referrerEnd)));
    userAgent = unescaped(line.slice(referrerEnd + 3, agentEnd));
  } else if (sizeEnd !== line.length) {
    return null;
  }
  const methodEnd = endOfMethod(line, request, requestEnd);
  return {
    time,
    address: given(line.slice(0, addressEnd)),
    user: given(line.slice(identEnd + 1, userEnd)),
    cookie: null,
    session: null,
    method: methodEnd < 0 ? null : line.slice(request, methodEnd),
    status,
    target: methodEnd < 0 ? null : targetOf(line, methodEnd + 1, requestEnd),
    referrer,
    userAgent,
    identifier: null,
    namesFile: false,
  };
}

/** The next quote that no backslash escapes. */
function closingQuote(line: string, from: number): number {
  for (let at = line.indexOf('"', from); at >= 0; at = line.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (at - backslashes > from && line.charCodeAt(at - backslashes - 1) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return at;
  }
  return -1;
}

/** Three digits from 100, followed by a space. */
function statusAt(line: string, at: number): number | null {
  if (line.charCodeAt(at + 3) !== SPACE) return null;
  let status = 0;
  for (let i = at; i < at + 3; i++) {
    const digit = line.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return null;
    status = status * 10 + digit;
  }
  return status >= 100 ? status : null;
}

/** Digits, or one `-`; -1 when neither. */
function endOfSize(line: string, at: number): number {
  if (line.charCodeAt(at) === MINUS) return at + 1;
  let end = at;
  while (end < line.length && line.charCodeAt(end) >= 48 && line.charCodeAt(end) <= 57) end++;
  return end === at ? -1 : end;
}

/** Capital letters and a space, as in `GET /`; -1 for anything else a client may have sent. */
function endOfMethod(line: string, from: number, end: number): number {
  let at = from;
  while (at < end && line.charCodeAt(at) >= 65 && line.charCodeAt(at) <= 90) at++;
  return at > from && at < end && line.charCodeAt(at) === SPACE ? at : -1;
}

/** Between method and protocol; HTTP/0.9 requests have no protocol, and careless clients put spaces into URLs. */
function targetOf(line: string, from: number, end: number): string | null {
  const protocol = line.lastIndexOf(' HTTP/', end - 1);
  const target = line.slice(from, protocol >= from ? protocol : end);
  return target === '' ? null : target;
}

function given(value: string): string | null {
  return value === '-' || value === '' || value === '""' ? null : value;
}

/** Apache writes quotes, backslashes and control characters escaped; nginx `\x22` for a quote. */
function unescaped(value: string): string {
  if (value.indexOf('\\') < 0) return value;
  return value.replace(/\\(?:x([0-9a-f]{2})|(["\\]))/gi, (written, hex?: string, plain?: string) => {
    if (plain !== undefined) return plain;
    const code = Number.parseInt(hex ?? '', 16);
    // Control characters and single bytes of UTF-8 stay as the server wrote them.
    return code >= 32 && code < 127 ? String.fromCharCode(code) : written;
  });
}
