import { setImmediate } from 'node:timers/promises';
import { readXml, XmlFault } from '../platform/xml/index.ts';
import { createContextObjectReader, FormFault } from './context-objects/index.ts';
import { createDelivery, type DeliveryHead, type DeliveryTools, TooManyRejected } from './delivery.ts';
import type { Rejection } from './event.ts';
import { createEventLineReader, EncodingFault } from './event-lines.ts';
import type { Ping } from './openurl.ts';

/** What is answered to a delivery that was stored. */
export interface Accepted {
  evidence: string;
  accepted: number;
  rejected: Rejection[];
}

/** Nothing was stored: the body as a whole cannot be read. */
export interface Refused {
  refused: string;
}

/** Takes a body of context objects (specification §2.1) as a stream. */
export async function takeContextObjects(
  tools: DeliveryTools,
  head: DeliveryHead,
  body: AsyncIterable<Uint8Array>,
  options: { countryXpath?: string } = {},
): Promise<Accepted | Refused> {
  const delivery = createDelivery(tools, head);
  const reader = createContextObjectReader({
    now: tools.now,
    ...(options.countryXpath === undefined ? {} : { countryXpath: options.countryXpath }),
    onEvent: (event, record) => delivery.add(event, record),
    onRecord(record, events) {
      if (events === 0) delivery.addRecord(record);
    },
    onReject: (rejection) => delivery.reject(withoutAddresses(rejection)),
    onNote: (position, note) => delivery.note(`${note}, first at position ${position}`),
  });
  try {
    const { oaiError: error } = await readXml(
      tee(body, async (chunk) => {
        delivery.received(chunk);
        await delivery.breathe();
      }),
      reader,
    );
    if (error !== null && error.code !== 'noRecordsMatch') {
      return {
        refused: `The OAI-PMH response is an error: ${error.code}${error.message === '' ? '' : ` (${error.message.slice(0, 500)})`}.`,
      };
    }
  } catch (error) {
    if (error instanceof XmlFault || error instanceof FormFault)
      return { refused: `The body cannot be read: ${error.message}.` };
    if (error instanceof TooManyRejected) return { refused: error.message };
    throw error;
  }
  return delivery.store();
}

/** Takes event lines (specification §2.4) as a stream. */
export async function takeEventLines(
  tools: DeliveryTools,
  head: DeliveryHead,
  body: AsyncIterable<Uint8Array>,
  options: { matchKnown: boolean },
): Promise<Accepted | Refused> {
  const delivery = createDelivery(tools, head);
  const reader = createEventLineReader({
    now: tools.now,
    matchKnown: options.matchKnown,
    onEvent: (event) => delivery.add(event, null),
    onReject: (rejection) => delivery.reject(withoutAddresses(rejection)),
  });
  try {
    for await (const chunk of body) {
      delivery.received(chunk);
      // 64 KiB are about a millisecond of parsing; in between others have the event loop.
      for (let from = 0; from < chunk.length; from += 65_536) {
        reader.write(chunk.subarray(from, from + 65_536));
        await delivery.breathe();
        await setImmediate();
      }
    }
    reader.end();
  } catch (error) {
    if (error instanceof EncodingFault || error instanceof TooManyRejected) return { refused: error.message };
    throw error;
  }
  return delivery.store();
}

/** Takes one tracker ping (specification §2.3). */
export async function takePing(tools: DeliveryTools, head: DeliveryHead, ping: Ping): Promise<Accepted> {
  const delivery = createDelivery(tools, head);
  delivery.received(Buffer.from(JSON.stringify(ping.event)));
  delivery.add(ping.event, null);
  return delivery.store();
}

async function* tee(
  body: AsyncIterable<Uint8Array>,
  before: (chunk: Uint8Array) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    await before(chunk);
    yield chunk;
  }
}

const ADDRESSES =
  /(?<!\d)\d{1,3}(?:\.\d{1,3}){3}(?!\d)|(?:[\da-f]{1,4}:){7}[\da-f]{1,4}|[\da-f:]*::[\da-f:.]*/gi;

/** Reasons quote the sender, are stored, and a sender may have put an address where a time belongs. */
function withoutAddresses({ position, reason }: Rejection): Rejection {
  return { position, reason: reason.replace(ADDRESSES, '(an address)') };
}
