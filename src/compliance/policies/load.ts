import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Policy } from './policy.ts';
import { readPolicy } from './read-policy.ts';

/** By id, the built-in ones first. `faults`: one line for each fault of a file that is not used for it. */
export interface LoadedPolicies {
  policies: ReadonlyMap<string, Policy>;
  faults: string[];
}

const BUILT_IN = join(import.meta.dirname, 'built-in');
const LARGEST = 1024 * 1024;

/** The built-in policies and those of the operator in `DATA_DIR/policies/*.json`; there need be no such folder. */
export async function loadPolicies(dataDir: string): Promise<LoadedPolicies> {
  const policies = new Map<string, Policy>();
  const faults: string[] = [];
  for (const folder of [BUILT_IN, join(dataDir, 'policies')]) {
    for (const name of await filesOf(folder)) {
      const read = await readFileOf(join(folder, name));
      if ('faults' in read) {
        faults.push(...read.faults.map(({ path, message }) => `policies/${name}: ${path || '/'} ${message}`));
      } else if (policies.has(read.policy.id)) {
        faults.push(`policies/${name}: /id "${read.policy.id}" is that of another policy`);
      } else {
        policies.set(read.policy.id, read.policy);
      }
    }
  }
  return { policies, faults };
}

async function filesOf(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

async function readFileOf(path: string): Promise<ReturnType<typeof readPolicy>> {
  const { size } = await stat(path);
  if (size > LARGEST) return { faults: [{ path: '', message: 'is larger than 1 MiB' }] };
  return readPolicy((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''));
}
