import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { ImportStopped } from './run.ts';

export interface InputFile {
  path: string;
  /** Size on disk. */
  bytes: number;
  gzip: boolean;
}

/** Big enough that a chunk holds about a thousand log lines, small enough to stay in the processor's cache. */
const CHUNK_BYTES = 256 * 1024;

/**
 * Opens every file once, so that a missing or unreadable one stops the run before anything is stored.
 * Whether gzip data is whole shows only at its end, so those files are read through.
 */
export async function checkInputFiles(
  paths: string[],
  onBytes: (bytes: number) => void = () => {},
): Promise<InputFile[]> {
  const files: InputFile[] = [];
  for (const path of paths) files.push(await inspect(path));
  for (const file of files.filter((file) => file.gzip)) {
    for await (const _ of readInputFile(file, onBytes)) {
      // Only the end matters: a broken checksum or a missing end throws.
    }
  }
  return files;
}

async function inspect(path: string): Promise<InputFile> {
  try {
    await using handle = await open(path, 'r');
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return { path, bytes: size, gzip: bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b };
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** The content of a file, unpacked. `onBytes` hears of bytes as they leave the disk. */
export async function* readInputFile(
  file: InputFile,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<Buffer> {
  const raw = createReadStream(file.path, { highWaterMark: CHUNK_BYTES });
  raw.on('data', (chunk) => onBytes(chunk.length));
  const stream = file.gzip ? raw.pipe(createGunzip({ chunkSize: CHUNK_BYTES })) : raw;
  // `pipe` does not carry errors on: without this a vanished file would leave the reader waiting.
  if (file.gzip) raw.on('error', (error) => stream.destroy(error));
  try {
    for await (const chunk of stream) yield chunk;
  } catch (error) {
    throw unreadable(file.path, error);
  } finally {
    raw.destroy();
    stream.destroy();
  }
}

const REASONS: Record<string, string> = {
  ENOENT: 'no such file',
  EACCES: 'no permission to read it',
  EISDIR: 'is a folder',
  Z_BUF_ERROR: 'its gzip data is cut off',
  Z_DATA_ERROR: 'its gzip data is damaged',
};

function unreadable(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  return new ImportStopped(`${path}: ${REASONS[String(error.code)] ?? error.message}`);
}
