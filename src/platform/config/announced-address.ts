import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeFolder } from './make-folder.ts';

const fileOf = (dataDir: string) => join(dataDir, 'server.json');

/**
 * Writes where the server listens, so that commands of the same installation find it whatever its port.
 * The file may outlive its server: whoever reads it asks the address whether it is the right one.
 * @returns takes the announcement back.
 */
export async function announceAddress(dataDir: string, url: string): Promise<() => Promise<void>> {
  await makeFolder(resolve(dataDir));
  await writeFile(fileOf(dataDir), `${JSON.stringify({ url, pid: process.pid })}\n`);
  return () => rm(fileOf(dataDir), { force: true });
}

/** The address announced last, or null. */
export async function announcedAddress(dataDir: string): Promise<string | null> {
  try {
    const { url } = JSON.parse(await readFile(fileOf(dataDir), 'utf8')) as { url?: unknown };
    return typeof url === 'string' && URL.canParse(url) ? url : null;
  } catch {
    return null;
  }
}
