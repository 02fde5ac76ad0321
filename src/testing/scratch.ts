import { glob, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeTemporaryFolder } from './temporary-folder.ts';

/** How long processes of an interrupted test get to end by themselves. */
const patienceMs = 5_000;

/** A folder for the temporary files of a whole run. */
export interface Scratch {
  folder: string;
  /** Removes it, after ending each PostgreSQL that an interrupted test left running in it. */
  remove(): Promise<void>;
}

/** Makes the folder; give it to the tests as TMPDIR. */
export async function makeScratch(): Promise<Scratch> {
  const folder = await makeTemporaryFolder();
  async function remove(): Promise<void> {
    const until = Date.now() + patienceMs;
    // Processes that an interrupted test had started close their databases when they find their parent gone.
    while (Date.now() < until && (await runningBelow(folder)).length > 0) await sleep(100);
    for (const pid of await runningBelow(folder)) process.kill(pid, 'SIGQUIT');
    // A PostgreSQL that is ending may still write.
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
  return { folder, remove };
}

/** Process ids of the PostgreSQLs that run in folders below. */
async function runningBelow(folder: string): Promise<number[]> {
  const pids: number[] = [];
  for await (const name of glob('**/postgres/postmaster.pid', { cwd: folder })) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '');
    const pid = Number.parseInt(text, 10);
    if (pid > 1 && isRunning(pid)) pids.push(pid);
  }
  return pids;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
