import { type Inbox, runLoop } from '../evidence/index.ts';
import type { Config } from '../platform/config/index.ts';
import { type Database, isTransient } from '../platform/database/index.ts';
import type { Log } from '../platform/log/index.ts';
import { createOutbound } from '../platform/outbound/index.ts';
import { createLookups } from '../works/index.ts';
import { userAgentOf } from './user-agent.ts';

/** Asks the remote catalogue about works that are not known, as long as there is one (`SRU_URL`); null: there is none. */
export function startLookups(
  config: Config,
  log: Log,
  { sql }: Database,
  parts: { inbox: Inbox; now(): number },
): { stop(): Promise<void> } | null {
  const base = config.sruUrl;
  if (base === null) return null;
  const outbound = createOutbound({
    allowPrivateAddresses: config.allowPrivateAddresses,
    userAgent: userAgentOf(config),
  });
  const lookups = createLookups({
    sql,
    ...parts,
    base,
    query: config.sruQuery,
    async fetch(url) {
      const answer = await outbound.fetch(url, {
        accept: 'application/xml, text/xml',
        maxBytes: 10 * 1024 * 1024,
        retries: 0,
      });
      if (!answer.ok) return { ok: false, message: answer.message };
      if (answer.status !== 200) return { ok: false, message: `status ${answer.status}` };
      return {
        ok: true,
        bytes: answer.bytes,
        contentType: answer.headers['content-type'] ?? 'application/xml',
      };
    },
  });
  const loop = runLoop({ name: 'lookups', step: lookups.step, log, pollMs: 1_000, isTransient });
  return {
    async stop() {
      await loop.stop();
      await outbound.close();
    },
  };
}
