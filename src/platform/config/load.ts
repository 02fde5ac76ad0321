import { variables } from './variables.ts';

type Variables = typeof variables;

/** What the environment says, read and checked; absent variables have their default. Paths are absolute. */
export type Config = { [K in keyof Variables]: Variables[K]['fallback'] };

export type LoadedConfig = { ok: true; config: Config } | { ok: false; faults: string[] };

/**
 * Reads the configuration from environment variables. Absent and empty are the same.
 * Every fault is one line that names the variable and what it must be; the value itself is not repeated,
 * since it may hold a password.
 */
export function loadConfig(env: Record<string, string | undefined>): LoadedConfig {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, variable] of Object.entries(variables)) {
    const text = env[variable.name]?.trim() ?? '';
    const value = text === '' ? defaultOf(variable) : variable.read(text);
    if (value === undefined) faults.push(`${variable.name} must be ${variable.must}`);
    values[key] = value;
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, config: values as Config };
}

// The default folder is relative and depends on where the process was started, like a path that was given.
function defaultOf(variable: Variables[keyof Variables]): unknown {
  return variable === variables.dataDir
    ? variables.dataDir.read(variables.dataDir.fallback)
    : variable.fallback;
}

/**
 * Where this server is reached: `PUBLIC_URL`, or `http://HOST:PORT` with the port it really listens on
 * (which differs from `PORT` when that is 0). No trailing slash.
 */
export function publicUrl(
  config: Pick<Config, 'publicUrl' | 'host' | 'port'>,
  listeningPort?: number,
): string {
  if (config.publicUrl !== null) return config.publicUrl;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return `http://${host}:${listeningPort ?? config.port}`;
}
