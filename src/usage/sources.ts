import type { Sql } from 'postgres';

/** Sources of usage: a name belongs to the account that first delivered under it (specification §2.2). */
export interface Sources {
  /** Whether the account may deliver under the name; claims the name when it is free. */
  claim(name: string, account: string, mayUseAny: boolean): Promise<boolean>;
}

export function createSources(options: { sql: Sql; now(): number }): Sources {
  const { sql } = options;
  const owners = new Map<string, string>();

  async function insert(name: string, account: string): Promise<string | undefined> {
    const [row] = await sql<{ account: string }[]>`
      insert into almanac.usage_sources (name, account, created_at)
      values (${name}, ${account}, ${new Date(options.now())})
      on conflict (name) do nothing
      returning account`;
    return row?.account;
  }

  /** A statement of its own: in the one that inserts, what another process has just inserted cannot be seen. */
  async function find(name: string): Promise<string | undefined> {
    const [row] = await sql<
      { account: string }[]
    >`select account from almanac.usage_sources where name = ${name}`;
    return row?.account;
  }

  return {
    async claim(name, account, mayUseAny) {
      let owner = owners.get(name);
      if (owner === undefined) {
        owner = (await find(name)) ?? (await insert(name, account)) ?? (await find(name));
        if (owner === undefined) throw new Error(`the source ${name} vanished while it was claimed`);
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
