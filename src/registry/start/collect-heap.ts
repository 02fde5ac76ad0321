import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Runs work that fills the memory. A heap that may grow by a fifth only before it is collected (see `bin/almanac.js`) is
 * right for a server that has all it needs; one that fills would be collected again and again, which took more time than
 * all else. At the end it is collected once: the messages of the work lie among what stays, and nobody would come by for
 * hours.
 */
export async function whileHeapFills<T>(work: () => Promise<T>): Promise<T> {
  setFlagsFromString('--heap-growing-percent=50');
  try {
    return await work();
  } finally {
    setFlagsFromString('--heap-growing-percent=20');
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    setFlagsFromString('--no-expose-gc');
    if (typeof collect === 'function') collect();
  }
}
