import type { DeliveredEvent } from '../event.ts';
import { canonicalAddress } from './address.ts';
import { keyedHash } from './keyed-hash.ts';

/**
 * What is kept of who made an event (spec usage §4, privacy): numbers that tell same from different and nothing else.
 * Each is HMAC-SHA-256 under the salt of a UTC day, cut to 64 bits. They are compared only within one work and day:
 * even a million events of one work in one day meet a false equality with a chance of 1 in 37 million (n²/2^65).
 */
export interface Pseudonyms {
  /** Same who and URL (rule 4; the kind is compared beside it), under the salt of the event's day. */
  click: bigint;
  /**
   * The same under the salt of the day before; only for events of the first 30 s of a UTC day, else null. With it the
   * last clicks of a day can be recomputed from that day's events and the first 30 s of the next.
   */
  clickPrevious: bigint | null;
  /** Same session (rule 5), under the salt of the event's day; a session never leaves its day. */
  session: bigint;
}

/** The part of a delivered event that its pseudonyms are made of. */
export type Requester = Pick<
  DeliveredEvent,
  'time' | 'url' | 'user' | 'cookie' | 'session' | 'address' | 'hashedAddress' | 'userAgent'
>;

const day = 86_400_000;
const hour = 3_600_000;
/** COUNTER R5.1 §7.2: the window of a double click, in milliseconds, its end included. */
const doubleClick = 30_000;

/**
 * Makes pseudonyms for a batch of events. `saltOf` gives the salt (32 bytes) of a UTC day (`YYYY-MM-DD`) and is asked
 * once for each day of `saltDays(times)`. Let go of the function with the batch: it holds salts, which must be
 * forgotten when they are destroyed. About 3 µs an event.
 * `identity` is the event's identity (§2.2), as hexadecimal digits; it is the user and the session of an event that names neither.
 */
export function pseudonymiser(
  saltOf: (day: string) => Uint8Array,
): (event: Requester, identity: string) => Pseudonyms {
  const hashes = new Map<number, (material: string) => bigint>();
  const hashOf = (dayNumber: number) => {
    let keyed = hashes.get(dayNumber);
    if (!keyed) {
      keyed = keyedHash(saltOf(dayName(dayNumber)));
      hashes.set(dayNumber, keyed);
    }
    return keyed;
  };
  return (event, identity) => {
    const dayNumber = Math.floor(event.time / day);
    const keyed = hashOf(dayNumber);
    const place = placeOf(event);
    const click = clickMaterial(event, place, identity);
    return {
      click: keyed(click),
      clickPrevious: isNearMidnight(event.time) ? hashOf(dayNumber - 1)(click) : null,
      session: keyed(sessionMaterial(event, place, identity)),
    };
  };
}

/** The UTC days (`YYYY-MM-DD`) whose salts the pseudonyms of events at those times need: one each, near midnight two. */
export function saltDays(times: readonly number[]): Set<string> {
  const numbers = new Set<number>();
  for (const time of times) {
    const dayNumber = Math.floor(time / day);
    numbers.add(dayNumber);
    if (isNearMidnight(time)) numbers.add(dayNumber - 1);
  }
  return new Set(Array.from(numbers, dayName));
}

/**
 * Whether a delivery holds fewer than ten different addresses (spec usage §4, privacy): its plain digest could then be
 * searched for them. Addresses hashed by the sender count as addresses.
 */
export function holdsFewAddresses(
  events: Iterable<Pick<DeliveredEvent, 'address' | 'hashedAddress'>>,
): boolean {
  const seen = new Set<string>();
  for (const event of events) {
    const address = event.address || event.hashedAddress;
    if (address) seen.add(canonicalAddress(address));
    if (seen.size >= 10) return false;
  }
  return true;
}

function isNearMidnight(time: number): boolean {
  return time - Math.floor(time / day) * day <= doubleClick;
}

function dayName(dayNumber: number): string {
  return new Date(dayNumber * day).toISOString().slice(0, 10);
}

/** Address and user agent, null without an address: a user agent alone names nobody. Absent agent = empty. */
function placeOf(event: Requester): string | null {
  // A sender that hashes may name the subnet beside it, for the country: many readers share that.
  const address = event.hashedAddress || event.address;
  return address ? part(canonicalAddress(address)) + part(event.userAgent ?? '') : null;
}

/** Rules 3 and 4. The first letters keep a user name apart from a cookie or a session of the same text. */
function clickMaterial(event: Requester, place: string | null, identity: string): string {
  const what = `click${part(withoutFragment(event.url ?? ''))}`;
  if (event.user) return `${what}user${part(event.user)}`;
  if (event.cookie) return `${what}cookie${part(event.cookie)}`;
  if (event.session) return `${what}session${part(event.session)}`;
  if (place !== null) return `${what}place${place}`;
  return `${what}event:${identity}`;
}

/** Rule 5. The date needs no place in it: the salt is that of the date. */
function sessionMaterial(event: Requester, place: string | null, identity: string): string {
  if (event.session) return `visit-session${part(event.session)}`;
  const hourOfDay = Math.floor(event.time / hour) % 24;
  if (event.user) return `visit-user${hourOfDay}${part(event.user)}`;
  if (event.cookie) return `visit-cookie${hourOfDay}${part(event.cookie)}`;
  if (place !== null) return `visit-place${hourOfDay}${place}`;
  return `visit-event:${identity}`;
}

function withoutFragment(url: string): string {
  const hash = url.indexOf('#');
  return hash < 0 ? url : url.slice(0, hash);
}

/** With its length in front a part cannot run into the next one, whatever it holds. */
function part(text: string): string {
  return `:${text.length}:${text}`;
}
