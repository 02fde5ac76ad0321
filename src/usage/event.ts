/**
 * One usage event as a delivery states it, before anything is decided about it.
 * Every reader (context objects, tracker pings, log lines) produces this shape; only `intake` consumes it.
 * It may hold a raw address, so it never leaves memory: `intake` replaces addresses by pseudonyms before storing.
 */
export interface DeliveredEvent {
  /** Place in the body, counting from 1 through the whole delivery. */
  position: number;
  /** Place in its OAI-PMH record, counting from 1, rejected ones too; null outside OAI-PMH. */
  recordPosition: number | null;
  /** The sender's own identity of the event (`context-object/@identifier`, or the `id` of an event line). */
  identifier: string | null;
  /** Milliseconds since 1970, UTC. */
  time: number;
  /** Canonical identifiers of the document, in the order of the delivery, without repeats; at least one. */
  identifiers: string[];
  /** The URL that was fetched, fragment removed, otherwise as written; null when the delivery has none. */
  url: string | null;
  kind: 'request' | 'investigation' | 'other';
  /** HTTP method, upper case; null when absent. */
  method: string | null;
  /** HTTP status; null when absent (a success by definition). */
  status: number | null;
  /** True when classified `internal` or `administrative`. */
  excludedClass: boolean;
  /** A network address (IPv4, IPv6, possibly shortened to a C-class subnet) as delivered. */
  address: string | null;
  /**
   * A requester that is already a hash or pseudonym at its sender's. Beside it `address` can only be the subnet that the
   * sender gave for the country: then this says who, and the address only where.
   */
  hashedAddress: string | null;
  /** Null is unknown; the empty string is an empty user agent, which is a robot. */
  userAgent: string | null;
  user: string | null;
  cookie: string | null;
  session: string | null;
  /** ISO 3166-1 alpha-2 as stated by the delivery; null when it does not say. */
  country: string | null;
  /** Referring page as delivered. */
  referrer: string | null;
  /** Base URL or name of the repository that served the document. */
  repository: string | null;
}

/** The OAI-PMH record a group of events came in. */
export interface DeliveredRecord {
  identifier: string;
  /** As in the header (`YYYY-MM-DD` or `YYYY-MM-DDThh:mm:ssZ`); null outside OAI-PMH. */
  datestamp: string | null;
  deleted: boolean;
}

export interface Rejection {
  position: number;
  reason: string;
}
