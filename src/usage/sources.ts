import type { Sql } from 'postgres';

/** Sources of usage: a name belongs to the account that first delivered under it (specification §2.2). */
export interface Sources {
  /** Whether the account may deliver under the name; claims the name when it is free. */
  claim(name: string, account: string, mayUseAny: boolean): Promise<boolean>;
}

export function createSources(options: { sql: Sql; now(): number }): Sources {
  const owners = new Map<string, string>();
  return {
    async claim(name, account, mayUseAny) {
      let owner = owners.get(name);
      if (owner === undefined) {
        const [row] = await options.sql<{ account: string }[]>`
          with claimed as (
            insert into almanac.usage_sources (name, account, created_at)
            values (${name}, ${account}, ${new Date(options.now())})
            on conflict (name) do nothing
            returning account
          )
          select account from claimed
          union all
          select account from almanac.usage_sources where name = ${name}
          limit 1`;
        owner = row?.account ?? account;
        if (owners.size > 10_000) owners.clear();
        owners.set(name, owner);
      }
      return mayUseAny || owner === account;
    },
  };
}

/** Why a text cannot be the name of a source; null when it can. */
export function sourceNameFault(name: string): string | null {
  if (name.trim() === '') return 'must not be empty';
  if (name.length > 200) return 'must not be longer than 200 characters';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(name)) return 'must not contain control characters';
  return null;
}
