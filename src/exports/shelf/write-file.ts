import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A file that is complete and on the disk, but has its name yet to come. */
export interface Draft {
  path: string;
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
}

const temporaryPrefix = '.partial-';

/**
 * Writes `content` beside where it shall lie, under a hidden name, as fast as the disk takes it. When that fails, or
 * `signal` fires, nothing remains; when the process is killed, a hidden file does, which `sweepDrafts` takes away.
 */
export async function writeDraft(
  target: string,
  content: AsyncIterable<Uint8Array | string>,
  signal?: AbortSignal,
): Promise<Draft> {
  await mkdir(dirname(target), { recursive: true });
  const path = join(
    dirname(target),
    `${temporaryPrefix}${randomBytes(6).toString('hex')}-${basename(target)}`,
  );
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    await using file = await open(path, 'wx');
    for await (const chunk of content) {
      signal?.throwIfAborted();
      const buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      hash.update(buffer);
      bytes += buffer.length;
      await file.writeFile(buffer);
    }
    // A name that survives a power cut must not stand for bytes that did not.
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return { path, bytes, sha256: hash.digest('hex') };
}

/** Writes a whole file: under its name there is the old content or the new, never a part. */
export async function writeWhole(
  target: string,
  content: AsyncIterable<Uint8Array | string>,
  signal?: AbortSignal,
): Promise<Draft> {
  const draft = await writeDraft(target, content, signal);
  try {
    await rename(draft.path, target);
  } catch (error) {
    await rm(draft.path, { force: true });
    throw error;
  }
  return { ...draft, path: target };
}

/** Takes away what killed processes left half written, once nobody has written to it for a day. */
export async function sweepDrafts(folder: string, now: number): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (!name.startsWith(temporaryPrefix)) continue;
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found !== null && found.mtimeMs < now - 86_400_000) await rm(path, { force: true });
  }
}

/** Names of what lies in a folder; none when it does not exist. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
