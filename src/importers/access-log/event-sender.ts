import type { Accepted, UsageApi, UsageEventLine } from '../../client/index.ts';
import { createInFlight } from '../in-flight.ts';

/** Where a line came from, for faults the server finds. */
export interface Place {
  file: string;
  line: number;
}

export interface Delivery {
  /** Ids of the evidence, in no particular order. */
  evidence: string[];
  rejected: (Place & { reason: string })[];
}

export interface EventSenderOptions {
  usage: UsageApi;
  source: string;
  /** Lines without item are classed by the server. */
  match: 'known' | undefined;
  /** UTC days to be replaced; undefined leaves what is there. */
  replaceDays: string[] | undefined;
  signal: AbortSignal | undefined;
}

const BATCH_EVENTS = 5_000;
/** Below the server's limit of 10 MiB with room for a last long line. */
const BATCH_BYTES = 4 * 1024 * 1024;
/** The server stores one batch while the next is read and a third is on its way. */
const REQUESTS_IN_FLIGHT = 2;
/** Days are named in the URL; a year of them is 4 KB, and servers take URLs of 8 KB and more. */
const DAYS_A_REQUEST = 366;

/** Collects event lines into requests. `flush` sends what is full; `finish` sends the rest and waits for all answers. */
export function createEventSender(options: EventSenderOptions) {
  const inFlight = createInFlight(REQUESTS_IN_FLIGHT);
  const delivery: Delivery = { evidence: [], rejected: [] };
  const full: { text: string; places: Place[] }[] = [];
  let text = '';
  let places: Place[] = [];

  function close(): void {
    if (places.length > 0) full.push({ text, places });
    text = '';
    places = [];
  }

  async function send(body: string, from: Place[], replaceDays?: string[]): Promise<void> {
    const { source, match, signal } = options;
    const answer: Accepted = await options.usage.events(body, { source, match, replaceDays, signal });
    delivery.evidence.push(answer.evidence);
    for (const { position, reason } of answer.rejected) {
      const place = from[position - 1] ?? { file: '', line: 0 };
      delivery.rejected.push({ ...place, reason });
    }
  }

  async function flush(): Promise<void> {
    for (let batch = full.shift(); batch !== undefined; batch = full.shift()) {
      const { text: body, places: from } = batch;
      await inFlight.add(() => send(body, from));
    }
  }

  return {
    add(event: UsageEventLine, place: Place): void {
      text += `${JSON.stringify(event)}\n`;
      places.push(place);
      if (places.length >= BATCH_EVENTS || text.length >= BATCH_BYTES) close();
    },
    /** Takes the older events of the days away, before anything else is sent. */
    async clearDays(): Promise<void> {
      const days = options.replaceDays ?? [];
      for (let at = 0; at < days.length; at += DAYS_A_REQUEST) {
        await send('', [], days.slice(at, at + DAYS_A_REQUEST));
      }
    },
    flush,
    async finish(): Promise<Delivery> {
      close();
      await flush();
      await inFlight.drain();
      return delivery;
    },
  };
}

export type EventSender = ReturnType<typeof createEventSender>;
