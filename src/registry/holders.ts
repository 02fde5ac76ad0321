import { urlKey } from '../identifiers/index.ts';
import type { Sql } from '../platform/database/index.ts';
import type { Log } from '../platform/log/index.ts';
import { followRegister } from './follower.ts';
import { createIdIndex } from './id-index.ts';
import { defaultMetadata, type RegistryRecord, textOf } from './model/record.ts';
import { apiHostsOf, hostOf, urlKeysOf } from './url-keys.ts';

export interface Holder {
  id: string;
  name: string;
}

/** Where addresses are looked up; ids are sorted. */
export interface Addresses {
  /** Records with this key of a home page. */
  recordsAt(key: string): string[];
  /** Records with an API on this host. */
  recordsOn(host: string): string[];
  /** Null: the record was deleted. */
  nameOf(id: string): string | null;
}

/**
 * Which repository of the register an address lies in: by its home page's address, else by the host of one of its APIs.
 * Of several the one with the longest address, then the first by id.
 */
export function holderOf(url: string, { recordsAt, recordsOn, nameOf }: Addresses): Holder | null {
  const host = hostOf(url);
  if (host === null) return null;
  const first = (ids: string[]): Holder | null => {
    for (const id of ids) {
      const name = nameOf(id);
      if (name !== null) return { id, name };
    }
    return null;
  };
  for (const key of prefixesOf(urlKey(url) ?? '')) {
    const found = first(recordsAt(key));
    if (found !== null) return found;
  }
  return first(recordsOn(host));
}

/** The name a repository goes by; null for a tombstone. */
export function nameOf({ register }: RegistryRecord): string | null {
  return 'deleted' in register ? null : (textOf(defaultMetadata(register), 'name') ?? '');
}

export interface Holders {
  put(record: RegistryRecord): void;
  at(url: string): Holder | null;
}

/** The same for a process without a register of its own: read from the database, and followed. */
export async function followHolders(parts: {
  sql: Sql;
  log: Log;
}): Promise<Pick<Holders, 'at'> & { stop(): Promise<void> }> {
  const holders = createHolders();
  const { stop } = await followRegister(parts, ({ record }) => holders.put(record));
  return { at: holders.at, stop };
}

export function createHolders(): Holders {
  const entries = new Map<string, { name: string; keys: string[]; hosts: string[] }>();
  const byKey = createIdIndex();
  const byHost = createIdIndex();
  const addresses: Addresses = {
    recordsAt: byKey.idsOf,
    recordsOn: byHost.idsOf,
    nameOf: (id) => entries.get(id)?.name ?? null,
  };

  return {
    put(record) {
      const { id, register, admin } = record;
      const before = entries.get(id);
      for (const key of before?.keys ?? []) byKey.remove(key, id);
      for (const host of before?.hosts ?? []) byHost.remove(host, id);
      entries.delete(id);
      const name = nameOf(record);
      if (name === null) return;
      const [keys, hosts] = [urlKeysOf(register, admin), apiHostsOf(register)];
      entries.set(id, { name, keys, hosts });
      for (const key of keys) byKey.add(key, id);
      for (const host of hosts) byHost.add(host, id);
    },
    at: (url) => holderOf(url, addresses),
  };
}

/** `a.example/b/c?d` → itself, `a.example/b/c`, `a.example/b`, `a.example`. */
function prefixesOf(key: string): string[] {
  const [path = ''] = key.split('?');
  const steps = path.split('/');
  // Files lie a few folders deep; an address of a thousand steps is somebody's joke.
  const lengths = Array.from(
    { length: Math.min(steps.length, 20) },
    (_, at) => Math.min(steps.length, 20) - at,
  );
  return [key, ...lengths.map((length) => steps.slice(0, length).join('/'))];
}
