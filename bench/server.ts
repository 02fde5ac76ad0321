import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Database, openDatabase, type Sql } from '../src/platform/database/index.ts';
import { createLog } from '../src/platform/log/index.ts';
import { freePort } from './free-port.ts';

const PROGRAM = resolve(import.meta.dirname, '../bin/almanac.js');
const START_PATIENCE_MS = 180_000;
const STOP_PATIENCE_MS = 15_000;

/** A process of ours: a server or a worker. */
export interface Process {
  pid: number;
  stop(): Promise<void>;
}

export interface Server extends Process {
  url: string;
  /** From spawning to the first answer 200 of `/health`. */
  startMs: number;
}

export interface Installation {
  dataDir: string;
  env: NodeJS.ProcessEnv;
  startServer(env?: NodeJS.ProcessEnv): Promise<Server>;
  startWorker(): Promise<Process>;
  /** Runs a command of the program; answers its standard output. */
  command(...args: string[]): Promise<string>;
  /** Runs `work` with a connection of our own to the database. */
  withSql<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Ends whatever still runs, PostgreSQL included. */
  stopAll(): Promise<void>;
}

/** An installation of its own in `folder`, run by the real program with the real defaults. */
export function createInstallation(folder: string, extra: NodeJS.ProcessEnv = {}): Installation {
  const dataDir = join(folder, 'data');
  const logFile = join(folder, 'almanac.log');
  const running = new Set<Process>();
  let database: Database | null = null;
  const { DATABASE_URL: _given, ...inherited } = process.env;
  const env = { ...inherited, DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...extra };

  function run(command: string, more: NodeJS.ProcessEnv): { child: ChildProcess; process: Process } {
    const output = openSync(logFile, 'a');
    const child = spawn(process.execPath, [PROGRAM, command], {
      env: { ...env, ...more },
      stdio: ['ignore', output, output],
    });
    const ended = once(child, 'exit');
    const started: Process = {
      pid: child.pid ?? 0,
      async stop() {
        running.delete(started);
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.kill('SIGTERM');
        const timer = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
        await ended;
        clearTimeout(timer);
        // A killed process leaves PostgreSQL running; the last one to close the database stops it.
        if (child.signalCode === 'SIGKILL') await open().then((left) => left.close());
      },
    };
    running.add(started);
    return { child, process: started };
  }

  const open = () =>
    openDatabase({
      dataDir,
      log: createLog({ level: 'error' }),
      migrate: false,
      max: 1,
      applicationName: 'almanac bench',
    });

  return {
    dataDir,
    env,
    async startServer(more = {}) {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      const began = performance.now();
      const { child, process: started } = run('serve', { HOST: '127.0.0.1', PORT: String(port), ...more });
      while (performance.now() - began < START_PATIENCE_MS) {
        if (child.exitCode !== null) throw new Error(`the server ended: ${tail(logFile)}`);
        const healthy = await fetch(`${url}/health`).then(
          (answer) => answer.ok,
          () => false,
        );
        if (healthy) return { ...started, url, startMs: performance.now() - began };
        await sleep(5);
      }
      throw new Error(`the server is not healthy after ${START_PATIENCE_MS / 1000} s: ${tail(logFile)}`);
    },
    async startWorker() {
      return run('worker', {}).process;
    },
    async command(...args) {
      const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, ...args], { env });
      return stdout;
    },
    async withSql(work) {
      database = await open();
      try {
        return await work(database.sql);
      } finally {
        await database.close();
        database = null;
      }
    },
    async stopAll() {
      await Promise.all([...running].map((one) => one.stop()));
      await database?.close();
    },
  };
}

/** The token of an account that may deliver. */
export async function createToken(installation: Installation): Promise<string> {
  const output = await installation.command('account', 'create', '-n', 'bench', '-d', '-o', '--json');
  const { auth_token: token } = JSON.parse(output) as { auth_token: string };
  return token;
}

function tail(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
}
