/**
 * `npm run check`: format and lint, types, the plan of the rooms, dead code. One line for each; what is wrong
 * follows its line. Exit code 1 when anything is.
 */
import { spawn } from 'node:child_process';
import { glob, readFile } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { pageFaults, roomFaults } from './rooms.ts';

const root = resolve(import.meta.dirname, '..');

interface Finding {
  ok: boolean;
  /** What is wrong, or nothing. */
  text: string;
}

const checks: [string, () => Promise<Finding>][] = [
  [
    'format and lint',
    () => tool('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--colors=off', '.'),
  ],
  ['types', () => tool('typescript/bin/tsc', '--noEmit', '-p', '.')],
  ['types of the pages', () => tool('typescript/bin/tsc', '--noEmit', '-p', 'web')],
  ['rooms', rooms],
  ['the checks themselves', () => tests('scripts/*.test.ts')],
  ['dead code', () => tool('knip/bin/knip.js', '--no-progress')],
];

const findings = await Promise.all(checks.map(([, check]) => check()));
for (const [index, { ok, text }] of findings.entries()) {
  process.stdout.write(`${ok ? 'ok     ' : 'FAILED '} ${checks[index]?.[0]}\n`);
  if (!ok) process.stdout.write(`${text.trim().replace(/^/gm, '        ')}\n`);
}
process.exitCode = findings.every(({ ok }) => ok) ? 0 : 1;

/** Runs a tool of `node_modules` with this Node, whatever the PATH. */
function tool(path: string, ...args: string[]): Promise<Finding> {
  return node(join(root, 'node_modules', path), ...args);
}

function tests(pattern: string): Promise<Finding> {
  return node('--test', '--test-reporter=dot', pattern);
}

function node(...args: string[]): Promise<Finding> {
  const { promise, resolve: done } = Promise.withResolvers<Finding>();
  const child = spawn(process.execPath, args, { cwd: root });
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  child.stderr.on('data', (chunk) => (text += chunk));
  child.on('close', (code) => done({ ok: code === 0, text }));
  child.on('error', (error) => done({ ok: false, text: error.message }));
  return promise;
}

async function rooms(): Promise<Finding> {
  const files = new Map<string, string>();
  for await (const path of glob('**/*.ts', { cwd: join(root, 'src') })) {
    files.set(path.split(sep).join('/'), await readFile(join(root, 'src', path), 'utf8'));
  }
  const pages = new Map<string, string>();
  for await (const path of glob('app/**/*.{ts,tsx}', { cwd: join(root, 'web') })) {
    pages.set(path.split(sep).join('/'), await readFile(join(root, 'web', path), 'utf8'));
  }
  const faults = [...roomFaults(files), ...pageFaults(pages)];
  return { ok: faults.length === 0, text: faults.join('\n') };
}
