import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What `database-holder.ts` says first. */
export interface HolderGreeting {
  url?: string;
  fault?: string;
  lock?: { ok: boolean; message?: string } | null;
}

export interface Holder {
  process: ChildProcess;
  greeting: HolderGreeting;
  /** Runs a query in the other process. */
  ask(query: string): Promise<{ rows?: Record<string, unknown>[]; error?: string }>;
  /** Lets the process close its database and end; answers its exit code. */
  close(): Promise<number>;
  /** SIGKILL, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Starts a process that has the embedded database of `dataDir` open. The caller closes or kills it. */
export async function startHolder(dataDir: string, role: 'server' | 'command' = 'command'): Promise<Holder> {
  const program = join(import.meta.dirname, 'database-holder.ts');
  const child = spawn(process.execPath, [program, dataDir, role], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();

  async function nextLine() {
    const { value, done } = await lines.next();
    if (done) throw new Error('the process ended without an answer');
    return JSON.parse(value);
  }

  async function close(): Promise<number> {
    child.stdin.end();
    const [code] = await ended;
    return code ?? 1;
  }

  async function kill(): Promise<void> {
    child.kill('SIGKILL');
    await ended;
  }

  return {
    process: child,
    greeting: await nextLine(),
    ask(query) {
      child.stdin.write(`${query}\n`);
      return nextLine();
    },
    close,
    kill,
  };
}
