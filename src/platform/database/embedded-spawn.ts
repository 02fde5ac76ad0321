import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { env, platform } from 'node:process';
import type { Binaries } from './embedded-binaries.ts';
import type { Owner } from './embedded-owner.ts';

/** A program of PostgreSQL to be run on a data folder. */
export interface Run {
  binaries: Binaries;
  program: 'initdb' | 'postgres';
  /** The data folder; becomes the property of `owner`. */
  folder: string;
  /** File with the first password, for initdb. */
  passwordFile?: string;
  args: string[];
  owner: Owner | null;
  /** Descriptor that takes what it prints; without it, read `stderr` of the child. */
  output?: number;
  /** True for a child that outlives us and our terminal. */
  detached: boolean;
}

/**
 * Starts the program. As root it runs as `owner`, who gets the data folder as an open descriptor
 * (`/proc/self/fd/3`): so it reaches a folder below a path that only root may enter.
 */
export async function runOnFolder(run: Run): Promise<ChildProcess> {
  const handles: FileHandle[] = [];
  try {
    const folder = await handOver(run, run.folder, constants.O_RDONLY | constants.O_DIRECTORY, handles);
    const password = run.passwordFile && (await handOver(run, run.passwordFile, constants.O_RDONLY, handles));
    const args = ['-D', folder, ...(password ? [`--pwfile=${password}`] : []), ...run.args];
    const output = run.output ?? 'pipe';
    const child = spawn(join(run.binaries.home, 'bin', run.program), args, {
      stdio: ['ignore', output, output, ...handles.map((handle) => handle.fd)],
      detached: run.detached,
      cwd: run.owner === null ? run.binaries.home : '/',
      env: cleanEnvironment(),
      windowsHide: true,
      ...run.owner,
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', reject);
    });
    return child;
  } finally {
    await Promise.all(handles.map((handle) => handle.close()));
  }
}

/** The name by which the child finds `path`: itself, or as root the next inherited descriptor. */
async function handOver(run: Run, path: string, flags: number, handles: FileHandle[]): Promise<string> {
  if (run.owner === null) return path;
  const handle = await open(path, flags);
  handles.push(handle);
  await handle.chown(run.owner.uid, run.owner.gid);
  return `/proc/self/fd/${2 + handles.length}`;
}

/** Nothing of our environment (keys, PG…) is PostgreSQL's business; its messages are in English for our log. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  if (platform === 'win32') return { ...env, LC_ALL: 'C' };
  return { PATH: env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}
