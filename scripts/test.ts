/**
 * `npm test [-- FILE…]`: the checks, then every test against the bundled PostgreSQL, then the database and HTTP
 * tests against each other PostgreSQL that is installed. FILEs (or folders) choose tests and leave out the checks.
 * In a whole run, the files that fail beside the others (if they are few) run once more by themselves; what passes then
 * is named as unsteady.
 * `npm run test:corpus`: the corpus tests; CORPUS names the folder of the corpora.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type Binaries, findBinaries } from '../src/platform/database/index.ts';
import { installedPostgres } from '../src/testing/installed-postgres.ts';
import { quickestPlace } from '../src/testing/quickest-place.ts';
import { makeScratch } from '../src/testing/scratch.ts';
// Not through the room's index, which belongs to test processes: it registers hooks of node:test.
import { startTemplate } from '../src/testing/template.ts';

const root = resolve(import.meta.dirname, '..');
const checks = join(root, 'scripts', 'check.ts');
/** More than this do not fail by chance. */
const MOST_UNSTEADY = 3;
const testing = ['--import', pathToFileURL(join(root, 'scripts', 'property-seed.ts')).href, '--test'];
const { values, positionals } = parseArgs({
  options: { corpus: { type: 'boolean' } },
  allowPositionals: true,
});

let child: ChildProcess | null = null;
let interrupted = false;

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interrupted = true;
    child?.kill(signal);
  });
}

process.exitCode = await main();

async function main(): Promise<number> {
  const chosen = positionals.map((path) => resolve(path));
  process.env.TMPDIR = await quickestPlace();
  // The pages as they are now, not as they were installed; done at once when nothing changed.
  const built = await node([join(root, 'web', 'build.js')]);
  if (built !== 0) return built;
  const bundled = await findBinaries();
  if (values.corpus === true) {
    if (!process.env.CORPUS) return fault('CORPUS must name the folder that holds the corpora');
    return testsOn(bundled, await testFiles(chosen, isCorpusTest));
  }
  if (chosen.length === 0 && existsSync(checks)) {
    const code = await node([checks]);
    if (code !== 0) return code;
  }
  const files = await testFiles(chosen, (file) => !isCorpusTest(file));
  const code = await testsOn(bundled, files);
  if (code !== 0) return code;
  // What passes on the bundled PostgreSQL must pass on the one that a user brings, too.
  const onDatabase = files.filter((file) => /\.(db|http)\.test\.ts$/.test(file));
  for (const installed of await installedPostgres()) {
    if (interrupted || installed.major === bundled.major || onDatabase.length === 0) continue;
    process.stdout.write(`\nAgain on PostgreSQL ${installed.version}: the tests that need a database\n\n`);
    const again = await testsOn(installed, onDatabase);
    if (again !== 0) return again;
  }
  return 0;
}

function isCorpusTest(file: string): boolean {
  return file.endsWith('.corpus.test.ts');
}

/** Test files of the project (or below the chosen paths) that `wanted` accepts, relative to the root. */
async function testFiles(chosen: string[], wanted: (file: string) => boolean): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob(['{src,demo,bench,web}/**/*.test.ts'], {
    cwd: root,
  })) {
    const path = join(root, file);
    const isChosen = chosen.some((each) => path === each || path.startsWith(each + sep));
    if (wanted(file) && (chosen.length === 0 || isChosen)) files.push(file);
  }
  return files.sort();
}

/** Runs the files with node:test beside one PostgreSQL; answers the exit code. */
async function testsOn(binaries: Binaries, files: string[]): Promise<number> {
  if (interrupted) return 130;
  if (files.length === 0) return fault('no test file fits');
  const template = await startTemplate(binaries);
  const scratch = await makeScratch();
  try {
    const env = {
      ALMANAC_TEST_DATABASE: template.url,
      TMPDIR: scratch.folder,
      // Each test file is a process of its own: what one has compiled the others need not.
      NODE_COMPILE_CACHE: join(scratch.folder, 'compiled'),
    };
    const failed = join(scratch.folder, 'failed');
    const code = await node(
      [...reportTo(failed), `--test-concurrency=${availableParallelism() + 1}`, ...files],
      env,
    );
    if (code === 0 || interrupted || positionals.length > 0) return code;
    return await alone(await namesIn(failed), code, env);
  } finally {
    await Promise.all([template.stop(), scratch.remove()]);
  }
}

function reportTo(failed: string): string[] {
  const reporters = { spec: 'stdout', [join(root, 'scripts', 'failed-files.ts')]: failed };
  return [
    ...testing,
    ...Object.entries(reporters).flatMap(([reporter, to]) => [
      `--test-reporter=${reporter}`,
      `--test-reporter-destination=${to}`,
    ]),
  ];
}

async function namesIn(file: string): Promise<string[]> {
  return [...new Set((await readFile(file, 'utf8')).split('\n').filter(Boolean))];
}

/** Another go for files that failed beside others; the code of the first run where that is out of the question. */
async function alone(files: string[], code: number, env: Record<string, string>): Promise<number> {
  const names = files.map((file) => relative(root, file));
  if (files.length === 0 || files.length > MOST_UNSTEADY) return code;
  process.stdout.write(`\nFailed beside others, once more by themselves: ${names.join(', ')}\n\n`);
  const again = await node([...testing, '--test-concurrency=1', ...files], env);
  if (again === 0)
    process.stdout.write(
      `\nUNSTEADY (failed beside others, passed alone; a fault to mend): ${names.join(', ')}\n`,
    );
  return again;
}

async function node(args: string[], env: Record<string, string> = {}): Promise<number> {
  if (interrupted) return 130;
  child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  const [code] = await once(child, 'exit');
  child = null;
  return interrupted ? 130 : (code ?? 1);
}

function fault(message: string): number {
  process.stderr.write(`${message}\n`);
  return 1;
}
