import { randomBytes } from 'node:crypto';
import type { Sql } from 'postgres';

/** Salts of UTC days: made when a day is first met, destroyed a set number of days after they were made. */
export interface Salts {
  /** The salts (32 bytes) of some days (`YYYY-MM-DD`), made where there is none. */
  of(days: Iterable<string>): Promise<Map<string, Uint8Array>>;
  /** Destroys what is older than its time; answers how many. */
  destroyOld(): Promise<number>;
  count(): Promise<number>;
  forget(): void;
}

const MS_PER_DAY = 86_400_000;
/** A salt is not remembered longer than this, so that one destroyed elsewhere is soon gone from every memory. */
const REMEMBERED_MS = 60_000;

export function createSalts(options: { sql: Sql; now(): number; lifeDays: number }): Salts {
  const { sql, now } = options;
  const remembered = new Map<string, Uint8Array>();
  let since = 0;

  async function load(days: string[]): Promise<void> {
    const rows = await sql<{ day: string; salt: Buffer }[]>`
      select day::text, salt from almanac.usage_salts where day = any(${days}::date[])`;
    for (const row of rows) remembered.set(row.day, new Uint8Array(row.salt));
  }

  return {
    async of(days) {
      if (now() - since > REMEMBERED_MS || remembered.size > 4_000) {
        remembered.clear();
        since = now();
      }
      const asked = [...new Set(days)];
      const missing = asked.filter((day) => !remembered.has(day)).sort();
      if (missing.length > 0) {
        await load(missing);
        const fresh = missing.filter((day) => !remembered.has(day));
        if (fresh.length > 0) {
          await sql`
            insert into almanac.usage_salts (day, salt, made_at)
            select d.day, decode(d.salt, 'hex'), ${new Date(now())}
            from unnest(${fresh}::date[], ${fresh.map(() => randomBytes(32).toString('hex'))}::text[]) as d (day, salt)
            on conflict do nothing`;
          await load(fresh);
        }
      }
      return new Map(
        asked.map((day) => {
          const salt = remembered.get(day);
          if (salt === undefined) throw new Error(`the salt of ${day} was destroyed while it was asked for`);
          return [day, salt];
        }),
      );
    },
    async destroyOld() {
      const rows = await sql`
        delete from almanac.usage_salts where made_at < ${new Date(now() - options.lifeDays * MS_PER_DAY)} returning day`;
      remembered.clear();
      return rows.length;
    },
    async count() {
      const [row] = await sql<{ n: number }[]>`select count(*) as n from almanac.usage_salts`;
      return row?.n ?? 0;
    },
    forget: () => remembered.clear(),
  };
}
