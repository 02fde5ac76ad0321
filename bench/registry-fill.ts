import type { JsonObject } from '../src/client/index.ts';
import type { StoredRecord } from '../src/registry/model/record.ts';
import {
  lockRegistry,
  saveChanges,
  saveRecords,
  unlockRegistry,
} from '../src/registry/records/records.store.ts';
import type { Installation } from './server.ts';

const RECORDS_AT_ONCE = 1_000;

/**
 * Writes records straight into the tables while no server runs: through the API 100,000 of them take minutes.
 * Answers their ids.
 */
export function fillRegister(
  installation: Installation,
  registers: Iterable<JsonObject>,
  now: number,
): Promise<string[]> {
  const at = `${new Date(now).toISOString().slice(0, 19)}Z`;
  return installation.withSql(async (sql) => {
    const ids: string[] = [];
    let records: StoredRecord[] = [];
    const save = async () => {
      await sql.begin(async (tx) => {
        await lockRegistry(tx);
        await saveRecords(tx, records);
        await saveChanges(
          tx,
          records.map(({ seq, record }) => ({ seq, id: record.id, at })),
        );
        await unlockRegistry(tx, ids.length, Date.parse(at));
      });
      records = [];
    };
    for (const register of registers) {
      const seq = ids.length + 1;
      const id = seq.toString(16).padStart(32, '0');
      ids.push(id);
      const dates = { created_date: at, last_updated: at, version_created: at };
      records.push({ seq, record: { id, ...dates, ver: 1, register, admin: {} } });
      if (records.length === RECORDS_AT_ONCE) await save();
    }
    if (records.length > 0) await save();
    return ids;
  });
}
