import { hash } from 'node:crypto';
import type { EventToKeep } from './delivery.ts';
import type { DeliveredRecord } from './event.ts';
import { keyedHash } from './rules/index.ts';

export interface Identity {
  /** 32 digits. */
  hex: string;
  /** `time`: it contains the time, so that it cannot come back with another; `record`: it is a place in an OAI record. */
  by: 'time' | 'record' | 'sender';
}

export type IdentityOf = (event: EventToKeep, record: DeliveredRecord | null) => Identity;

/**
 * Identities of a source's events (specification §2.2): the event's own identifier; else its place in the OAI record;
 * else its content. The content, and the digest of a log line (64 hex digits as `id`), come from addresses, so they are
 * keyed with the salt of the event's day: without it nobody can test an address against them.
 */
export function identities(source: string, saltOf: (day: string) => Uint8Array): IdentityOf {
  const hashes = new Map<string, (material: string) => bigint>();
  const keyed = (time: number, material: string): string => {
    const day = new Date(time).toISOString().slice(0, 10);
    let hashOf = hashes.get(day);
    if (hashOf === undefined) {
      hashOf = keyedHash(saltOf(day));
      hashes.set(day, hashOf);
    }
    return hex64(hashOf(`identity-a${material}`)) + hex64(hashOf(`identity-b${material}`));
  };
  return (event, record) => {
    if (event.identifier !== null) {
      const material = JSON.stringify([source, 'id', event.identifier]);
      if (record === null && /^[0-9a-f]{64}$/.test(event.identifier))
        return { hex: keyed(event.time, material), by: 'time' };
      return { hex: plain(material), by: 'sender' };
    }
    if (record !== null) {
      return {
        hex: plain(JSON.stringify([source, 'record', record.identifier, event.recordPosition])),
        by: 'record',
      };
    }
    const { position: _position, recordPosition: _recordPosition, ...content } = event;
    return { hex: keyed(event.time, JSON.stringify([source, 'content', content])), by: 'time' };
  };
}

function plain(material: string): string {
  return hash('sha256', material, 'hex').slice(0, 32);
}

function hex64(number: bigint): string {
  return BigInt.asUintN(64, number).toString(16).padStart(16, '0');
}
