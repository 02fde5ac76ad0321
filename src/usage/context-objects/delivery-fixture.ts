import { readFileSync } from 'node:fs';
import type { DeliveredEvent, DeliveredRecord, Rejection } from '../event.ts';
import { createContextObjectReader } from './index.ts';

/** The moment at which the tests read: 2020-01-01T00:00:00Z. */
export const NOW = Date.UTC(2020, 0, 1);

/** Reads a whole body as tests want it: everything that came, in order. */
export function readDelivery(
  body: string | Uint8Array,
  options: { size?: number; countryXpath?: string } = {},
) {
  const events: DeliveredEvent[] = [];
  const recordOf: (string | null)[] = [];
  const records: (DeliveredRecord & { events: number })[] = [];
  const rejections: Rejection[] = [];
  const notes: [number, string][] = [];
  const reader = createContextObjectReader({
    now: () => NOW,
    onEvent: (event, record) => {
      events.push(event);
      recordOf.push(record?.identifier ?? null);
    },
    onRecord: (record, count) => records.push({ ...record, events: count }),
    onReject: (rejection) => rejections.push(rejection),
    onNote: (position, note) => notes.push([position, note]),
    ...(options.countryXpath === undefined ? {} : { countryXpath: options.countryXpath }),
  });
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const size = options.size ?? 65_536;
  for (let from = 0; from < bytes.length; from += size) reader.write(bytes.subarray(from, from + size));
  return { summary: reader.end(), events, recordOf, records, rejections, notes };
}

/** A hand-written delivery in the shape of one dialect. */
export function dialect(name: 'ke' | 'neeo' | 'oas' | 'sure' | 'eprints' | 'invenio'): string {
  return readFileSync(new URL(`fixtures/${name}.xml`, import.meta.url), 'utf8');
}

/** A delivery of context objects of which only what matters is written. */
export function contextObjects(...inner: string[]): string {
  return `<context-objects xmlns="info:ofi/fmt:xml:xsd:ctx">${inner.join('')}</context-objects>`;
}

/** A good context object but for what is given. */
export function contextObject({
  attributes = 'timestamp="2019-05-01T10:00:00Z"',
  referent = '<identifier>oai:example.org:1</identifier>',
  more = '',
}): string {
  return `<context-object ${attributes}><referent>${referent}</referent>${more}</context-object>`;
}
