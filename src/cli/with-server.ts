import type { Accounts } from '../accounts/index.ts';
import { type AlmanacClient, createClient } from '../client/index.ts';
import { announcedAddress, publicUrl } from '../platform/config/index.ts';
import type { Right } from '../platform/http/index.ts';
import type { House } from './house.ts';
import { leanFetch } from './lean-fetch.ts';
import type { Setting } from './setting.ts';
import { withAccounts } from './with-database.ts';

/**
 * Gives `work` a client with an account of the command line's own. It talks to the running server of this
 * installation, or to one that runs for as long as the command does.
 */
export async function withServer<T>(
  house: Pick<House, 'startServer'>,
  setting: Setting,
  rights: readonly Right[],
  work: (client: AlmanacClient, url: string) => Promise<T>,
): Promise<T> {
  return withServerAs(house, setting, (accounts) => accounts.internalToken('command-line', rights), work);
}

/** Like `withServer`, with the token that `tokenOf` gives. */
export async function withServerAs<T>(
  house: Pick<House, 'startServer'>,
  setting: Setting,
  tokenOf: (accounts: Accounts) => Promise<string>,
  work: (client: AlmanacClient, url: string) => Promise<T>,
): Promise<T> {
  return withAccounts(setting, async (accounts) => {
    const token = await tokenOf(accounts);
    const running = await runningServer(setting, token);
    if (running) return work(createClient({ baseUrl: running, token, fetch: leanFetch }), running);
    const server = await house.startServer({ ...setting.config, host: '127.0.0.1', port: 0 }, setting.log);
    try {
      return await work(createClient({ baseUrl: server.url, token, fetch: leanFetch }), server.url);
    } finally {
      await server.stop();
    }
  });
}

/** The server that knows our token has our database; another one that happens to listen there does not. */
async function runningServer({ config }: Setting, token: string): Promise<string | null> {
  const announced = await announcedAddress(config.dataDir);
  const candidates = [announced, publicUrl(config)].filter((url) => url !== null);
  for (const baseUrl of new Set(candidates)) {
    if (await knows(baseUrl, token)) return baseUrl;
  }
  return null;
}

async function knows(baseUrl: string, token: string): Promise<boolean> {
  try {
    const answer = await fetch(`${baseUrl}/health`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(3000),
    });
    const { status } = (await answer.json()) as { status?: unknown };
    return answer.ok && status === 'ok';
  } catch {
    return false;
  }
}
