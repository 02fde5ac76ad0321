import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '../platform/database/index.ts';

/** Whoever asks for the health waits no longer than this for a database that is silent (probes give up after 5 to 10 s). */
const PATIENCE_MS = 3_000;

/** Asks the database one small question at a time; answers null, or in a sentence what is wrong. */
export function databaseCheck(sql: Sql): () => Promise<string | null> {
  let asking: Promise<string | null> | null = null;

  async function ask(): Promise<string | null> {
    try {
      await sql`select 1`;
      return null;
    } catch {
      return 'the database does not answer';
    } finally {
      asking = null;
    }
  }

  return async () => {
    // A question that nobody answered yet is not asked a second time: it holds a connection.
    asking ??= ask();
    const patience = new AbortController();
    const silence = sleep(PATIENCE_MS, 'the database is silent', { signal: patience.signal, ref: false });
    silence.catch(() => undefined);
    try {
      return await Promise.race([asking, silence]);
    } finally {
      patience.abort();
    }
  };
}
