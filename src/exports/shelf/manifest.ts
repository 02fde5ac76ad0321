import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Static, Type } from '../../platform/http/index.ts';
import { writeWhole } from './write-file.ts';

/** One file as `GET /exports` and `manifest.json` name it (events.md §8). */
export const ExportedFile = Type.Object({
  file: Type.String(),
  type: Type.String({ description: 'What it holds: `register`' }),
  month: Type.String({ description: '`YYYY-MM`' }),
  rows: Type.Integer(),
  bytes: Type.Integer(),
  sha256: Type.String({ description: 'Hexadecimal' }),
  created_at: Type.String(),
  license: Type.String({ description: 'SPDX identifier' }),
});

export const Manifest = Type.Object({ exports: Type.Array(ExportedFile) });

export type ExportedFile = Static<typeof ExportedFile>;

const nameOf = (folder: string): string => join(folder, 'manifest.json');

/** What lies on the shelf, newest first; nothing when there is no manifest yet. */
export async function readManifest(folder: string): Promise<ExportedFile[]> {
  let text: string;
  try {
    text = await readFile(nameOf(folder), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const manifest: unknown = JSON.parse(text);
  if (!isManifest(manifest)) throw new Error(`${nameOf(folder)} is not a list of exports`);
  return manifest.exports;
}

function isManifest(read: unknown): read is Static<typeof Manifest> {
  const { exports: files } = (read ?? {}) as { exports?: unknown };
  return Array.isArray(files) && files.every(isExportedFile);
}

function isExportedFile(read: unknown): boolean {
  const file = (read ?? {}) as Record<string, unknown>;
  return Object.entries(ExportedFile.properties).every(([name, { type }]) =>
    type === 'string' ? typeof file[name] === 'string' : Number.isInteger(file[name]),
  );
}

export async function writeManifest(folder: string, exports: ExportedFile[]): Promise<void> {
  const text = `{"exports":[\n${exports.map((one) => JSON.stringify(one)).join(',\n')}\n]}\n`;
  await writeWhole(
    nameOf(folder),
    (async function* () {
      yield text;
    })(),
  );
}
