import type { Fault } from '../../platform/http/index.ts';
import { completePeople } from '../model/people.ts';
import type { JsonObject, RegistryRecord, StoredRecord } from '../model/record.ts';
import { same } from '../model/same.ts';
import { etagMatches } from './etag.ts';

/** A write whose body has been checked. `own` is the name under which the caller's admin data lies. */
export type Write = {
  id: string;
  /** Name of the calling account, for the history. */
  account: string;
  own: string;
  /** Undefined: untouched; empty: taken away. */
  admin?: JsonObject | undefined;
  /** `If-Match` as sent. */
  ifMatch?: string | undefined;
} & (
  | { kind: 'create' | 'replace'; register: JsonObject }
  | { kind: 'merge'; register: JsonObject; emptied: string[]; path: string }
  | { kind: 'delete' | 'admin' }
);

export type Decision =
  | {
      kind: 'write';
      record: RegistryRecord;
      /** The version that goes into history; null when the register stays as it is or is new. */
      superseded: RegistryRecord | null;
    }
  | { kind: 'unchanged'; record: RegistryRecord; seq: number }
  | Refusal;

export type Refusal = { kind: 'unknown' } | { kind: 'stale' } | { kind: 'faulty'; faults: Fault[] };

/**
 * What a write makes of a record (registry.md §3). Pure: the caller holds the lock.
 * @param now `YYYY-MM-DDTHH:MM:SSZ`, not before any date in the register.
 */
export function decide(write: Write, current: StoredRecord | null, now: string): Decision {
  if (write.kind === 'create') return { kind: 'write', record: created(write, now), superseded: null };
  if (current === null) return { kind: 'unknown' };
  if (write.ifMatch !== undefined && !etagMatches(write.ifMatch, current)) return { kind: 'stale' };

  const { record } = current;
  const wanted = registerAfter(write, record.register, now);
  if ('faults' in wanted) return { kind: 'faulty', faults: wanted.faults };
  const register = same(wanted.register, record.register) ? record.register : wanted.register;
  const admin = adminAfter(write, record.admin);
  if (register === record.register && admin === record.admin)
    return { kind: 'unchanged', record, seq: current.seq };

  const isNewVersion = register !== record.register;
  const next: RegistryRecord = {
    id: record.id,
    created_date: record.created_date,
    last_updated: now,
    version_created: isNewVersion ? now : record.version_created,
    ver: isNewVersion ? record.ver + 1 : record.ver,
    register,
    admin,
  };
  return { kind: 'write', record: next, superseded: isNewVersion ? record : null };
}

function created(write: Write & { register: JsonObject }, now: string): RegistryRecord {
  return {
    id: write.id,
    created_date: now,
    last_updated: now,
    version_created: now,
    ver: 1,
    register: completePeople(write.register, {}, now),
    admin: adminAfter(write, {}),
  };
}

function registerAfter(
  write: Exclude<Write, { kind: 'create' }> | Write,
  before: JsonObject,
  now: string,
): { register: JsonObject } | { faults: Fault[] } {
  switch (write.kind) {
    case 'admin':
      return { register: before };
    case 'delete':
      return { register: 'deleted' in before ? before : { deleted: now } };
    case 'merge': {
      // Nothing said about the register: a tombstone stays one.
      if (Object.keys(write.register).length === 0 && write.emptied.length === 0) return { register: before };
      const { deleted: _, ...kept } = before;
      for (const name of write.emptied) delete kept[name];
      const merged = { ...kept, ...write.register };
      if (Object.keys(merged).length === 0)
        return {
          faults: [{ path: write.path, message: 'would leave nothing; use DELETE to delete a record' }],
        };
      return { register: completePeople(merged, before, now) };
    }
    default:
      return { register: completePeople(write.register, before, now) };
  }
}

function adminAfter({ admin, own }: Write, before: Record<string, JsonObject>): Record<string, JsonObject> {
  if (admin === undefined || same(admin, before[own] ?? {})) return before;
  const { [own]: _, ...others } = before;
  return Object.keys(admin).length === 0 ? others : { ...others, [own]: admin };
}
