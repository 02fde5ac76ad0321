import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type postgres from 'postgres';
import { connectionLost } from './connection.ts';
import { type ConnectionSettings, connectOnce } from './connection-options.ts';
import { messageOf } from './errors.ts';
import { lockKeys } from './lock-keys.ts';

export type ServerLockOutcome = { ok: true } | { ok: false; message: string };

export interface ServerLock {
  take(): Promise<ServerLockOutcome>;
  release(): Promise<void>;
}

/** A server that was killed this moment still holds its lock until PostgreSQL sees its connection end. */
const graceMs = 1_500;

/**
 * The right to be the one server of `dataDir`: a session advisory lock on a connection of its own, so that it ends
 * with its holder. When PostgreSQL is restarted the lock is taken again.
 */
export function serverLock(settings: ConnectionSettings, dataDir: string, embedded: boolean): ServerLock {
  let session: postgres.Sql | null = null;
  let wanted = false;

  async function attempt(): Promise<ServerLockOutcome> {
    const key = embedded ? String(lockKeys.server) : await keyOf(dataDir);
    const name = `almanac server ${process.pid}`;
    let lost = false;
    const mine = connectOnce({ ...settings, applicationName: name }, () => {
      lost = true;
      if (session !== mine) return;
      session = null;
      void mine.end({ timeout: 0 });
      if (wanted) void retake();
    });
    try {
      const [row] = await mine`select pg_try_advisory_lock(${key}::bigint) as taken`;
      if (row?.taken === true) {
        if (lost) throw connectionLost();
        session = mine;
        return { ok: true };
      }
      const message = await refusal(mine, key, dataDir);
      await mine.end({ timeout: 1 });
      return { ok: false, message };
    } catch (error) {
      await mine.end({ timeout: 0 });
      throw error;
    }
  }

  async function take(): Promise<ServerLockOutcome> {
    if (session !== null) return { ok: true };
    const until = Date.now() + graceMs;
    for (;;) {
      const outcome = await attempt();
      wanted = outcome.ok;
      if (outcome.ok || Date.now() > until) return outcome;
      await sleep(50);
    }
  }

  async function retake(): Promise<void> {
    while (wanted && session === null) {
      await sleep(100);
      try {
        const outcome = await attempt();
        if (!outcome.ok) settings.log.error({}, outcome.message);
        else if (!wanted) await release();
      } catch (error) {
        settings.log.debug({ reason: messageOf(error) }, 'the server lock is not back yet');
      }
    }
  }

  async function release(): Promise<void> {
    wanted = false;
    const mine = session;
    session = null;
    await mine?.end({ timeout: 1 });
  }

  return { take, release };
}

/** One number for this folder on this host, in the space of `bigint` above the keys of `lockKeys`. */
async function keyOf(dataDir: string): Promise<string> {
  const place = await realpath(dataDir).catch(() => dataDir);
  const digest = createHash('sha256').update(`${hostname()}\0${place}`).digest();
  return (digest.readBigInt64BE() | (1n << 62n)).toString();
}

async function refusal(sql: postgres.Sql, key: string, dataDir: string): Promise<string> {
  const [holder] = await sql`
    select application_name as name
    from pg_locks join pg_stat_activity using (pid)
    where locktype = 'advisory' and objsubid = 1 and granted
      and database = (select oid from pg_database where datname = current_database())
      and (classid::bigint << 32) | objid::bigint = ${key}::bigint
  `;
  const pid = /(\d+)$/.exec(holder?.name ?? '')?.[1];
  const who = pid === undefined ? '' : ` (process ${pid})`;
  return `another Almanac server${who} uses the data folder ${dataDir}: stop it, or set DATA_DIR to another folder`;
}
