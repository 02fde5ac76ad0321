import type { AlmanacClient } from '../src/client/index.ts';
import { sendAll } from './delivery.ts';
import { eventLineBodies, WORKS } from './load.ts';

const EVENTS_AT_ONCE = 40_000;
const LINES_PER_BODY = 5_000;
const DAY_MS = 86_400_000;
const DAYS = 730;

/**
 * Delivers event lines over two years until `events` are counted, or until `seconds` have passed.
 * Answers how many are in the database.
 */
export async function fill(
  client: AlmanacClient,
  events: number,
  seconds: number,
  now: number,
): Promise<number> {
  const began = performance.now();
  let { events: present } = await client.usage.status();
  const missing = events - present;
  const from = now - DAYS * DAY_MS;
  for (let sent = 0; sent < missing && performance.now() - began < seconds * 1000; sent += EVENTS_AT_ONCE) {
    const count = Math.min(EVENTS_AT_ONCE, missing - sent);
    const load = {
      name: `fill-${present}`,
      works: WORKS,
      events: count,
      from: from + ((DAYS - 1) * DAY_MS * sent) / missing,
      until: from + ((DAYS - 1) * DAY_MS * (sent + count)) / missing,
    };
    await sendAll(eventLineBodies(load, LINES_PER_BODY), (body) =>
      client.usage.events(body, { source: 'bench-fill' }),
    );
    ({ events: present } = await client.usage.waitUntilCounted());
  }
  return present;
}
