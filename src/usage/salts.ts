import { randomBytes } from 'node:crypto';
import type { Sql } from 'postgres';

/** Salts of UTC days: made when a day is first met, destroyed a set number of days after they were made. */
export interface Salts {
  /** The salts (32 bytes) of some days (`YYYY-MM-DD`), made where there is none. */
  of(days: Iterable<string>): Promise<Map<string, Uint8Array>>;
  /** Whether the day's salt is a second one, its first having been destroyed. Known for days that `of` was asked for. */
  isRenewed(day: string): boolean;
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
  const renewed = new Set<string>();
  let since = 0;

  async function load(days: string[]): Promise<void> {
    const rows = await sql<{ day: string; salt: Buffer; renewed: boolean }[]>`
      select s.day::text, s.salt, d.day is not null as renewed
      from almanac.usage_salts s left join almanac.usage_salts_destroyed d using (day)
      where s.day = any(${days}::date[])`;
    for (const row of rows) {
      remembered.set(row.day, new Uint8Array(row.salt));
      if (row.renewed) renewed.add(row.day);
    }
  }

  return {
    async of(days) {
      if (now() - since > REMEMBERED_MS || remembered.size > 4_000) {
        remembered.clear();
        renewed.clear();
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
    isRenewed: (day) => renewed.has(day),
    async destroyOld() {
      const at = new Date(now());
      const rows = await sql`
        with gone as (
          delete from almanac.usage_salts
          where made_at < ${new Date(now() - options.lifeDays * MS_PER_DAY)}
          returning day
        )
        insert into almanac.usage_salts_destroyed (day, destroyed_at)
        select day, ${at} from gone
        on conflict (day) do update set destroyed_at = excluded.destroyed_at
        returning day`;
      remembered.clear();
      renewed.clear();
      return rows.length;
    },
    async count() {
      const [row] = await sql<{ n: number }[]>`select count(*) as n from almanac.usage_salts`;
      return row?.n ?? 0;
    },
    forget: () => remembered.clear(),
  };
}
