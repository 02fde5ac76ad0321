import { escapeXml } from './mods.ts';
import type { DemoPartner } from './partners.ts';
import type { DemoEvent, DemoUsage } from './usage.ts';

/** One body on its way to the server. */
export interface UsageDelivery {
  partner: DemoPartner;
  format: DemoPartner['usage'];
  body: string;
  events: number;
}

/** Days of usage that the sample has, today included. */
export const DAYS = 730;
const DAY_MS = 86_400_000;
/** Enough to make a request's own cost small, few enough to see the bar move. */
const EVENTS_PER_BODY = 2_500;

/** The days of the sample. Clocks ahead of UTC are in tomorrow already; what lies after `now` is left out later. */
function daysUntil(now: number): { first: number; last: number } {
  const today = Math.floor(now / DAY_MS);
  return { first: today - DAYS + 1, last: today + 1 };
}

/** About how many events there are, for a progress bar. */
export function countUsage(usages: readonly DemoUsage[], now: number): number {
  const { first, last } = daysUntil(now);
  let count = 0;
  for (const usage of usages) for (let day = first; day < last; day++) count += usage.countOn(day);
  return count;
}

/** The bodies that hold the usage of all repositories, oldest first, made as they are asked for. */
export function* usageDeliveries(usages: readonly DemoUsage[], now: number): Generator<UsageDelivery> {
  const { first, last } = daysUntil(now);
  for (const usage of usages) {
    const { partner } = usage;
    const format = partner.usage;
    let parts = '';
    let events = 0;
    for (let day = first; day <= last; day++) {
      for (const event of usage.eventsOn(day)) {
        if (event.time > now) continue;
        parts += format === 'context-objects' ? contextObject(event) : eventLine(event);
        events++;
      }
      if (events === 0 || (events < EVENTS_PER_BODY && day < last)) continue;
      yield { partner, format, events, body: format === 'context-objects' ? contextObjects(parts) : parts };
      parts = '';
      events = 0;
    }
  }
}

/** One line of NDJSON for `POST /api/usage/events`. */
export function eventLine(event: DemoEvent): string {
  const { id, time, publication, kind, reader, session, status, referrer } = event;
  return `${JSON.stringify({
    time: new Date(time).toISOString(),
    item: publication.record.id,
    url: kind === 'request' ? publication.file : publication.page,
    kind,
    id,
    status,
    address: reader.address,
    user_agent: reader.userAgent,
    session,
    ...(referrer === null ? {} : { referrer }),
  })}\n`;
}

export function contextObjects(parts: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<context-objects xmlns="info:ofi/fmt:xml:xsd:ctx">${parts}</context-objects>`;
}

const AGENTS = new Map<string, string>();

/** A context object as SURE repositories send it: the address as a hash, and the country it came from. */
export function contextObject(event: DemoEvent): string {
  const { id, time, publication, kind, reader, session, status, referrer } = event;
  const url = kind === 'request' ? publication.file : publication.page;
  const type = kind === 'request' ? 'objectFile' : 'descriptiveMetadata';
  let agent = AGENTS.get(reader.userAgent);
  if (agent === undefined) {
    agent = escapeXml(reader.userAgent);
    AGENTS.set(reader.userAgent, agent);
  }
  return (
    `<context-object timestamp="${new Date(time).toISOString()}" identifier="${id}" version="Z39.88-2004">` +
    `<referent><identifier>${url}</identifier><identifier>${publication.record.id}</identifier></referent>` +
    (referrer === null ? '' : `<referring-entity><identifier>${referrer}</identifier></referring-entity>`) +
    `<requester><identifier>data:,${reader.hashedAddress}</identifier><metadata-by-val>` +
    '<format>http://dini.de/namespace/oas-requesterinfo</format><metadata>' +
    '<requesterinfo xmlns="http://dini.de/namespace/oas-requesterinfo">' +
    `<hashed-session>${session}</hashed-session><user-agent>${agent}</user-agent><country>${reader.country}</country>` +
    '</requesterinfo></metadata></metadata-by-val></requester>' +
    '<service-type><metadata-by-val><format>http://dublincore.org/documents/2008/01/14/dcmi-terms/</format>' +
    `<metadata><type xmlns="http://purl.org/dc/terms/">info:eu-repo/semantics/${type}</type></metadata></metadata-by-val></service-type>` +
    `<resolver><identifier>https://${publication.partner.id}/oai</identifier></resolver>` +
    (status === 200
      ? ''
      : `<administration><oa-statistics xmlns="http://dini.de/namespace/oas-info"><status_code>${status}</status_code></oa-statistics></administration>`) +
    '</context-object>'
  );
}
