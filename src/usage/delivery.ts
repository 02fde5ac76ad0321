import { createHash, type Hash } from 'node:crypto';
import { createPayloadWriter, type Inbox, type PayloadWriter } from '../evidence/index.ts';
import type { DeliveredEvent, DeliveredRecord, Rejection } from './event.ts';
import { type Identity, identities } from './identity.ts';
import { holdsFewAddresses, keyedDigest, type Pseudonyms, pseudonymiser, saltDays } from './rules/index.ts';
import type { Salts } from './salts.ts';
import type { StoredEvent } from './stored-event.ts';

/** What a delivery must know beside its body. */
export interface DeliveryHead {
  account: string;
  /** Name of the source; part of every event's identity. */
  source: string;
  partner: { id: string; name: string | null } | null;
  contentType: string;
  /** UTC days of which the delivery holds all there is of the source (access logs). */
  replaceDays?: string[];
}

export interface DeliveryTools {
  inbox: Inbox;
  salts: Salts;
  now(): number;
  /** ISO alpha-2 of an address, `ZZ` when unknown. */
  countryOf(address: string): string;
}

export type EventToKeep = Omit<DeliveredEvent, 'kind'> & { kind: StoredEvent['kind'] };

/** Events wait for their salts at most this long before they are written. */
const EVENTS_AT_ONCE = 1_000;

/** A body with more bad items than this is refused as a whole: the list of them is no help any more, only a weight. */
export const MOST_REJECTED = 100_000;

export class TooManyRejected extends Error {
  constructor() {
    super(`More than ${MOST_REJECTED} items of the body are bad.`);
  }
}

/**
 * One delivery of usage on its way into the inbox. Raw addresses, user names, cookies and session ids live in memory
 * until `settle` and no longer; what is written (hashed, compressed) holds pseudonyms only.
 */
export function createDelivery(tools: DeliveryTools, head: DeliveryHead) {
  const writer: PayloadWriter = createPayloadWriter();
  const received: Hash = createHash('sha256');
  let pending: { event: EventToKeep | null; record: DeliveredRecord | null }[] = [];
  let current: DeliveredRecord | null = null;
  let accepted = 0;
  const rejected: Rejection[] = [];
  const notes: string[] = [];
  const renewedDays = new Set<string>();
  /** The first ten events with different addresses are enough to know. */
  let fewAddresses = true;
  const witnesses: Pick<DeliveredEvent, 'address' | 'hashedAddress'>[] = [];

  function witness(event: EventToKeep): void {
    if (!fewAddresses || (event.address === null && event.hashedAddress === null)) return;
    const same = witnesses.some(
      (other) => other.address === event.address && other.hashedAddress === event.hashedAddress,
    );
    if (same) return;
    witnesses.push({ address: event.address, hashedAddress: event.hashedAddress });
    fewAddresses = holdsFewAddresses(witnesses);
  }

  async function settle(): Promise<void> {
    if (pending.length === 0) return;
    const batch = pending;
    pending = [];
    const days = saltDays(batch.flatMap(({ event }) => (event === null ? [] : event.time)));
    const salts = await tools.salts.of(days);
    const saltOf = (day: string): Uint8Array => {
      const salt = salts.get(day);
      if (salt === undefined) throw new Error(`no salt for ${day}`);
      return salt;
    };
    for (const day of days) if (tools.salts.isRenewed(day)) renewedDays.add(day);
    const pseudonyms = pseudonymiser(saltOf);
    const identityOf = identities(head.source, saltOf);
    let lines = '';
    for (const { event, record } of batch) {
      if (record !== current) {
        current = record;
        if (record !== null) lines += recordLine(record);
      }
      if (event === null) continue;
      const identity = identityOf(event, record);
      lines += eventLine(event, identity, pseudonyms(event, identity.hex), tools.countryOf);
    }
    await writer.write(lines);
  }

  return {
    /** The body as it came, for its hash. */
    received(chunk: Uint8Array): void {
      received.update(chunk);
    },
    add(event: EventToKeep, record: DeliveredRecord | null): void {
      accepted++;
      witness(event);
      pending.push({ event, record });
    },
    /** A record without events of its own: deleted, or emptied by its newer version. */
    addRecord(record: DeliveredRecord): void {
      pending.push({ event: null, record });
    },
    reject(rejection: Rejection): void {
      if (rejected.length >= MOST_REJECTED) throw new TooManyRejected();
      rejected.push(rejection);
    },
    note(text: string): void {
      if (notes.length < 1_000) notes.push(text);
    },
    /** To be called between chunks. */
    async breathe(): Promise<void> {
      if (pending.length >= EVENTS_AT_ONCE) await settle();
    },
    /** Stores the delivery; resolves once it is durable. */
    async store(): Promise<{ evidence: string; accepted: number; rejected: Rejection[] }> {
      await settle();
      for (const day of [...renewedDays].sort()) {
        notes.push(
          `the salt of ${day} was destroyed: what was delivered for that day before cannot be recognised; only replacing the day is safe`,
        );
      }
      const payload = await writer.seal();
      const digest = received.digest();
      const today = new Date(tools.now()).toISOString().slice(0, 10);
      const salt = fewAddresses ? (await tools.salts.of([today])).get(today) : undefined;
      const receivedSha256 =
        salt === undefined ? digest.toString('hex') : Buffer.from(keyedDigest(salt, digest)).toString('hex');
      const evidence = await tools.inbox.accept({
        account: head.account,
        kind: 'usage',
        contentType: 'application/x-ndjson',
        payload,
        receivedSha256,
        restricted: true,
        params: {
          source: head.source,
          partner: head.partner?.id ?? null,
          partner_name: head.partner?.name ?? null,
          received_content_type: head.contentType,
          ...(head.replaceDays === undefined ? {} : { replace_days: head.replaceDays }),
        },
        result: { accepted, rejected, ...(notes.length > 0 ? { notes } : {}) },
      });
      return { evidence, accepted, rejected };
    },
  };
}

export type Delivery = ReturnType<typeof createDelivery>;

function recordLine(record: DeliveredRecord): string {
  return `${JSON.stringify({ record: { identifier: record.identifier, datestamp: record.datestamp, deleted: record.deleted } })}\n`;
}

/** A `StoredEvent` as JSON, written out: ten objects for each of millions of events made the garbage of accepting them. */
function eventLine(
  event: EventToKeep,
  { hex, by }: Identity,
  keys: Pseudonyms,
  countryOf: (address: string) => string,
): string {
  let line = `{"event":"${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}"`;
  if (by === 'time') line += ',"fixed":true';
  else if (by === 'record') line += ',"in_record":true';
  line += `,"ids":${JSON.stringify(event.identifiers)},"time":${event.time},"kind":"${event.kind}"`;
  if (event.status !== null) line += `,"status":${event.status}`;
  if (event.method !== null && event.method !== 'GET') line += `,"method":${JSON.stringify(event.method)}`;
  if (event.excludedClass) line += ',"internal":true';
  if (event.userAgent !== null) line += `,"agent":${JSON.stringify(event.userAgent)}`;
  const country = event.country ?? (event.address === null ? 'ZZ' : countryOf(event.address));
  line += `,"country":${JSON.stringify(country)},"session":"${keys.session}","click":"${keys.click}"`;
  if (keys.clickPrevious !== null) line += `,"click_previous":"${keys.clickPrevious}"`;
  const referrer = event.referrer?.split(/[?#]/, 1)[0];
  if (referrer) line += `,"referrer":${JSON.stringify(referrer)}`;
  if (event.repository) line += `,"repository":${JSON.stringify(event.repository)}`;
  return `${line}}\n`;
}
