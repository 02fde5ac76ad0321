import { createAccounts } from '../../accounts/index.ts';
import { type RunningServer, startServer } from '../../app.ts';
import { type AlmanacClient, createClient } from '../../client/index.ts';
import { type Config, loadConfig } from '../../platform/config/index.ts';
import type { Right } from '../../platform/http/index.ts';
import { createLog, type Log } from '../../platform/log/index.ts';
import { quietLog, testDatabase } from '../../testing/index.ts';

export type Sql = Awaited<ReturnType<typeof testDatabase>>['sql'];

/** A whole server in this process, on a free port and a database of its own. */
export interface TestServer {
  url: string;
  config: Config;
  sql: Sql;
  /** The key of the account `depositor`. */
  key: string;
  client: AlmanacClient;
  /** Makes an account (or gives it a new key). */
  keyOf(name: string, ...rights: Right[]): Promise<string>;
  /** A request without a key. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** A POST with the key of `depositor`. */
  post(path: string, contentType: string, body: NonNullable<RequestInit['body']>): Promise<Response>;
  stop(): Promise<void>;
}

export interface TestServerOptions {
  env?: Record<string, string>;
  /** Takes the lines of the log at level debug; absent: nothing is logged. */
  lines?: string[];
  /** For tests of what happens later. */
  now?: () => number;
}

/** Starts the server as `almanac serve` would. To be stopped by the caller, in `after`. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const undo: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const database = await testDatabase({ after: (step) => undo.push(step as () => unknown) });
    const config = configOf({
      PORT: '0',
      DATA_DIR: database.dataDir,
      DATABASE_URL: database.url,
      RATE_LIMIT: '1000000',
      ...options.env,
    });
    const { now = Date.now } = options;
    const server: RunningServer = await startServer(config, logOf(options.lines), { now });
    undo.push(server.stop);
    const accounts = createAccounts({ sql: database.sql });
    const keyOf = async (name: string, ...rights: Right[]): Promise<string> => {
      const made = await accounts.create({ name, rights });
      if ('failure' in made) throw new Error(made.failure);
      return made.token;
    };
    const key = await keyOf('depositor', 'deposit');
    const ask = (path: string, init?: RequestInit): Promise<Response> => fetch(`${server.url}${path}`, init);
    return {
      url: server.url,
      config,
      sql: database.sql,
      key,
      client: createClient({ baseUrl: server.url, token: key }),
      keyOf,
      ask,
      post: (path, contentType, body) =>
        ask(path, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': contentType },
          body,
        }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function logOf(lines: string[] | undefined): Log {
  if (lines === undefined) return quietLog;
  return createLog({ level: 'debug', destination: { write: (line: string) => lines.push(line) } });
}

export function configOf(env: Record<string, string>): Config {
  const loaded = loadConfig(env);
  if (!loaded.ok) throw new Error(loaded.faults.join('\n'));
  return loaded.config;
}
