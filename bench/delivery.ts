import { setTimeout as sleep } from 'node:timers/promises';
import type { AlmanacClient } from '../src/client/index.ts';
import { percentile } from './percentiles.ts';

/** Sends one body; resolves with the answer 202. */
export type Send = (body: string) => Promise<{ accepted: number; rejected: unknown[] }>;

export interface Burst {
  events: number;
  acceptedPerSecond: number;
  countedPerSecond: number;
}

/** Sends everything as fast as it is taken, `lanes` bodies at once, and waits until it is counted. */
export async function burst(
  client: AlmanacClient,
  bodies: Iterable<string>,
  send: Send,
  lanes = 2,
): Promise<Burst> {
  const began = performance.now();
  const events = await sendAll(bodies, send, lanes);
  const accepted = performance.now();
  await client.usage.waitUntilCounted();
  const counted = performance.now();
  return {
    events,
    acceptedPerSecond: (events * 1000) / (accepted - began),
    countedPerSecond: (events * 1000) / (counted - began),
  };
}

/** Sends everything, a few bodies at once, each made when it is needed; answers how many events were accepted. */
export async function sendAll(bodies: Iterable<string>, send: Send, lanes = 2): Promise<number> {
  const iterator = bodies[Symbol.iterator]();
  let events = 0;
  const lane = async () => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) {
      const { accepted, rejected } = await send(next.value);
      if (rejected.length > 0) throw new Error(`the server rejected ${JSON.stringify(rejected[0])}`);
      events += accepted;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return events;
}

/**
 * Sends a body every `everyMs`, whether or not the one before has been answered, as independent senders do.
 * Waiting times, in milliseconds, count from the moment a body was due.
 */
export async function steady(bodies: readonly string[], send: Send, everyMs: number) {
  const began = performance.now();
  const waits: number[] = [];
  const answers: Promise<void>[] = [];
  for (const [at, body] of bodies.entries()) {
    const due = began + at * everyMs;
    await sleep(Math.max(0, due - performance.now()));
    const answer = send(body).then(() => {
      waits.push(performance.now() - due);
    });
    answers.push(answer);
  }
  await Promise.all(answers);
  return { p50: percentile(waits, 0.5), p99: percentile(waits, 0.99) };
}
