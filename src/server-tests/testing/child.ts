import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

const program = join(import.meta.dirname, '../../../bin/almanac.js');

const running = new Set<ChildProcess>();

// A test that failed halfway leaves processes behind, which would keep the file from ending.
after(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** A command of Almanac running as a process of its own. */
export interface Command {
  process: ChildProcess;
  /** What it wrote to stderr so far. */
  errors(): string;
  /** The next line of stdout; rejects when there is none any more. */
  line(): Promise<string>;
  /** Resolves with its exit code, or the name of the signal that ended it. */
  ended: Promise<number | string>;
  kill(): Promise<void>;
}

/** Starts `almanac <args>` with these variables and none of the surroundings' own settings. */
export function startCommand(args: string[], env: Record<string, string>): Command {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      PORT: '0',
      RATE_LIMIT: '1000000',
      ...env,
    },
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    process: child,
    errors: () => errors,
    async line() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`almanac ${args[0]} ended with ${await ended}: ${errors.slice(-2_000)}`);
      return value;
    },
    ended,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

export interface ServerProcess extends Command {
  url: string;
}

/** Starts `almanac serve` and waits until it listens. */
export async function startServerProcess(env: Record<string, string>): Promise<ServerProcess> {
  const command = startCommand(['serve', '--json'], env);
  const { url } = JSON.parse(await command.line()) as { url: string };
  return { ...command, url };
}

/** Runs a command to its end; answers what it wrote. Throws when it fails. */
export async function runCommand(args: string[], env: Record<string, string>): Promise<string> {
  const command = startCommand(args, env);
  let text = '';
  for (;;) {
    try {
      text += `${await command.line()}\n`;
    } catch {
      break;
    }
  }
  const code = await command.ended;
  if (code !== 0) throw new Error(`almanac ${args.join(' ')} ended with ${code}: ${command.errors()}`);
  return text;
}

/** Makes an account through the command line; answers its key. */
export async function createAccount(
  name: string,
  rights: string,
  env: Record<string, string>,
): Promise<string> {
  const made = await runCommand(['account', 'create', '-n', name, rights, '--json'], env);
  return (JSON.parse(made) as { auth_token: string }).auth_token;
}

/** Starts `almanac worker` and waits until it works. `LOG_LEVEL` must be info or lower. */
export async function startWorkerProcess(env: Record<string, string>): Promise<Command> {
  const command = startCommand(['worker'], env);
  while (!command.errors().includes('"working"')) {
    if (command.process.exitCode !== null) throw new Error(`the worker ended: ${command.errors()}`);
    await sleep(10);
  }
  return command;
}
