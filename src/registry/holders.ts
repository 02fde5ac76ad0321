import { urlKey } from '../identifiers/index.ts';
import type { Sql } from '../platform/database/index.ts';
import type { Log } from '../platform/log/index.ts';
import { followRegister } from './follower.ts';
import { defaultMetadata, entriesOf, type RegistryRecord, textOf } from './model/record.ts';
import { urlKeysOf } from './url-keys.ts';

export interface Holder {
  id: string;
  name: string;
}

/** Which repository of the register an address lies in: by its home page's address, else by the host of one of its APIs. */
export interface Holders {
  put(record: RegistryRecord): void;
  /** Of several the one with the longest address, then the first by id. */
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
  const byKey = new Map<string, Set<string>>();
  const byHost = new Map<string, Set<string>>();

  return {
    put({ id, register, admin }) {
      const before = entries.get(id);
      if (before !== undefined) {
        for (const key of before.keys) remove(byKey, key, id);
        for (const host of before.hosts) remove(byHost, host, id);
        entries.delete(id);
      }
      if ('deleted' in register) return;
      const keys = urlKeysOf(register, admin);
      const addresses = entriesOf(register, 'api').map((api) => textOf(api, 'base_url'));
      const hosts = [...new Set(addresses.flatMap((address) => hostOf(address ?? '') ?? []))];
      entries.set(id, { name: textOf(defaultMetadata(register), 'name') ?? '', keys, hosts });
      for (const key of keys) add(byKey, key, id);
      for (const host of hosts) add(byHost, host, id);
    },
    at(url) {
      const host = hostOf(url);
      if (host === null) return null;
      const found =
        prefixesOf(urlKey(url) ?? '')
          .map((key) => firstOf(byKey.get(key)))
          .find((id) => id !== null) ?? firstOf(byHost.get(host));
      const entry = entries.get(found ?? '');
      return found === null || found === undefined || entry === undefined
        ? null
        : { id: found, name: entry.name };
    },
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

function hostOf(url: string): string | null {
  const host = urlKey(url)?.split(/[/?]/)[0] ?? '';
  return host === '' ? null : host;
}

function firstOf(ids: Set<string> | undefined): string | null {
  if (ids === undefined) return null;
  let first: string | null = null;
  for (const id of ids) if (first === null || id < first) first = id;
  return first;
}

function add(index: Map<string, Set<string>>, key: string, id: string): void {
  index.set(key, (index.get(key) ?? new Set()).add(id));
}

function remove(index: Map<string, Set<string>>, key: string, id: string): void {
  const ids = index.get(key);
  ids?.delete(id);
  if (ids?.size === 0) index.delete(key);
}
