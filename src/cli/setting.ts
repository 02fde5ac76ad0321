import { type Config, type LogLevel, loadConfig } from '../platform/config/index.ts';
import { createLog, type Log } from '../platform/log/index.ts';
import { CommandFailure, type Terminal } from './terminal.ts';

export interface Setting {
  config: Config;
  log: Log;
}

/**
 * Configuration and log of a command. Commands that end by themselves log errors only, unless LOG_LEVEL says more:
 * what they have to say is their result.
 */
export function settingOf(terminal: Terminal, quiet: boolean): Setting {
  const loaded = loadConfig(terminal.env);
  if (!loaded.ok) throw new CommandFailure(loaded.faults.join('\n'));
  const { config } = loaded;
  const level: LogLevel = quiet && !terminal.env.LOG_LEVEL ? 'error' : config.logLevel;
  return { config, log: createLog({ level }) };
}
