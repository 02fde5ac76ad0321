import { access, constants, readFile, statfs } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';

const inMemory = '/dev/shm';
/** Of memory, for the databases, browsers and servers of a run. */
const neededBytes = 4 * 1024 ** 3;

/**
 * Where temporary files of a run are best: in memory when the machine has enough of it (Linux; a copy of a database takes 20 ms
 * there and twenty times that on many a disk), else where the system wants them.
 */
export async function quickestPlace(): Promise<string> {
  if (process.env.TMPDIR !== undefined) return tmpdir();
  try {
    const [mounts, { bavail, bsize }] = await Promise.all([
      readFile('/proc/mounts', 'utf8'),
      statfs(inMemory),
      access(inMemory, constants.W_OK),
    ]);
    const mount = mounts.split('\n').findLast((line) => line.split(' ')[1] === inMemory);
    const isRunnable = mount !== undefined && !mount.split(' ')[3]?.split(',').includes('noexec');
    if (isRunnable && Math.min(bavail * bsize, freemem()) >= neededBytes) return inMemory;
  } catch {
    // No such place on this system.
  }
  return tmpdir();
}
