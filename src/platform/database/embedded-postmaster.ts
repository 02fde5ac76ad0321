import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { platform } from 'node:process';
import { errorCode } from './errors.ts';

/** A running PostgreSQL as its `postmaster.pid` describes it. */
export interface Postmaster {
  pid: number;
  port: number;
}

/**
 * The name that every process of this cluster shows in its title: made of the folder's device and inode, so that
 * a copied data folder is never mistaken for the original.
 */
export async function clusterName(folder: string): Promise<string> {
  const { dev, ino } = await stat(folder, { bigint: true });
  return `almanac-${dev.toString(36)}-${ino.toString(36)}`;
}

/**
 * The PostgreSQL that runs on the folder, null when none does. A `postmaster.pid` that was left by a killed server
 * is removed, also when its number now belongs to some other program (as after the restart of a container), but
 * not while any process of the killed server lives: two at once would ruin the data.
 */
export async function findPostmaster(folder: string): Promise<Postmaster | null | 'leaving'> {
  const path = join(folder, 'postmaster.pid');
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  });
  const name = await clusterName(folder);
  if (text === null) return (await anyProcessNamed(name)) ? 'leaving' : null;
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (await isProcessOf(pid, name)) return port > 0 ? { pid, port } : 'leaving';
  if (await anyProcessNamed(name)) return 'leaving';
  if (platform === 'linux') await rm(path, { force: true });
  return null;
}

/** True while the process runs and belongs to the cluster. */
export async function isProcessOf(pid: number, name: string): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  if (platform === 'linux') return (await titleOf(pid)).includes(name);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** /proc/…/cmdline is open to all, unlike /proc/…/cwd, which even root may not read in most containers. */
async function titleOf(pid: number | string): Promise<string> {
  return readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '');
}

async function anyProcessNamed(name: string): Promise<boolean> {
  if (platform !== 'linux') return false;
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  const titles = await Promise.all(pids.map(titleOf));
  return titles.some((title) => /postgres/.test(title) && title.includes(name));
}
