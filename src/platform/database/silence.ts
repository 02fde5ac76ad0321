import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from './connection.ts';
import { type ConnectionSettings, connectOnce } from './connection-options.ts';

/** A question that is out for this long makes us look whether the database answers at all. */
const LONG_MS = 3_000;
const LOOK_EVERY_MS = 1_000;
/** A long statement of a database that answers is not asked about at each look: a look costs a connection. */
const REST_MS = 5_000;
/** How long a new connection may take to answer. */
const PATIENCE_MS = 4_000;

export interface SilenceWatch {
  began(connection: Connection): void;
  ended(connection: Connection): void;
}

/**
 * Watches over questions that are out. A database behind a network that swallows everything never answers on connections that
 * were open before, and nobody says so: a caller would wait for as long as TCP does, minutes to hours. So when a question
 * takes long, a new connection asks another one; if that is not answered either, `onSilent` is called with each
 * connection whose question was out before. Slow questions to a database that answers are left alone.
 */
export function watchSilence(
  settings: ConnectionSettings,
  onSilent: (connection: Connection) => void,
): SilenceWatch {
  const out = new Map<Connection, number>();
  let watching = false;

  async function watch(): Promise<void> {
    while (out.size > 0) {
      await sleep(LOOK_EVERY_MS, undefined, { ref: false });
      const began = performance.now();
      const long = [...out].filter(([, since]) => began - since >= LONG_MS);
      if (long.length === 0) continue;
      if (await answers(settings)) {
        await sleep(REST_MS, undefined, { ref: false });
        continue;
      }
      for (const [connection, since] of long) {
        if (out.get(connection) !== since) continue;
        out.delete(connection);
        onSilent(connection);
      }
    }
    watching = false;
  }

  return {
    began(connection) {
      out.set(connection, performance.now());
      if (watching) return;
      watching = true;
      void watch();
    },
    ended(connection) {
      out.delete(connection);
    },
  };
}

async function answers(settings: ConnectionSettings): Promise<boolean> {
  const own = connectOnce(settings);
  const over = new AbortController();
  try {
    return await Promise.race([
      // A refusal is an answer, too.
      own`select 1`.then(
        () => true,
        () => true,
      ),
      sleep(PATIENCE_MS, false, { ref: false, signal: over.signal }).catch(() => false),
    ]);
  } finally {
    over.abort();
    void own.end({ timeout: 0 });
  }
}
