import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** Writes files into a folder that goes away with the test; gives back their paths. */
export async function temporaryFiles<Name extends string>(
  t: TestContext,
  contents: Record<Name, string | Uint8Array>,
): Promise<Record<Name, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-import-'));
  t.after(() => rm(folder, { recursive: true }));
  const paths: Partial<Record<Name, string>> = {};
  for (const name in contents) {
    paths[name] = join(folder, name);
    await writeFile(join(folder, name), contents[name]);
  }
  return paths as Record<Name, string>;
}
