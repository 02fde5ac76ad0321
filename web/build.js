#!/usr/bin/env node
// Builds the pages into web/build; the root's `prepare` script, so that `npm install` is all that is needed.
// Plain JavaScript for any Node, because it may be the first thing that runs. Says nothing unless it fails.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { glob, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const web = import.meta.dirname;
const root = resolve(web, '..');
const finished = join(web, 'build');
const stamp = join(finished, 'made-of');
// Everything of the pages that is sent; large enough to be worth compressing.
const compressible = /\.(js|mjs|css|svg|json)$/;

const now = await madeOf();
if ((await readFile(stamp, 'utf8').catch(() => '')) !== now) await build();

async function build() {
  // Built beside and put in place in two steps: a server that starts meanwhile finds the old pages or the new ones.
  const draft = join(web, `.build-${process.pid}`);
  try {
    await runBuilder(draft);
    await compressAssets(join(draft, 'client'));
    await writeFile(join(draft, 'made-of'), now);
    await putInPlace(draft);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Somebody else may have built meanwhile; whose pages stay does not matter, they are the same. */
async function putInPlace(draft, attempts = 5) {
  await rm(finished, { recursive: true, force: true });
  try {
    await rename(draft, finished);
  } catch (error) {
    if (attempts <= 1 || !['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code)) throw error;
    await putInPlace(draft, attempts - 1);
  }
}

/** Of what the pages are made: sources, settings and the versions of packages. */
async function madeOf() {
  const hash = createHash('sha256');
  const patterns = ['web/app/**/*', 'web/*.{js,ts,json}', 'src/client/**/*.ts', 'package-lock.json'];
  const files = [];
  for await (const entry of glob(patterns, { cwd: root, withFileTypes: true })) {
    if (entry.isFile()) files.push(join(entry.parentPath, entry.name));
  }
  for (const file of files.sort()) {
    hash
      .update(relative(root, file))
      .update('\0')
      .update(await readFile(file));
  }
  return hash.digest('hex');
}

async function runBuilder(folder) {
  const manifest = createRequire(import.meta.url).resolve('@react-router/dev/package.json');
  const program = join(dirname(manifest), 'bin.cjs');
  const child = spawn(process.execPath, [program, 'build', web, '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, ALMANAC_PAGES: folder, NODE_ENV: 'production' },
  });
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  child.stderr.on('data', (chunk) => (text += chunk));
  const code = await new Promise((done, fail) => child.on('error', fail).on('close', done));
  if (code === 0) return;
  process.stderr.write(`${text}\nThe pages could not be built.\n`);
  process.exit(1);
}

/** `.br` and `.gz` beside each file, so that no request waits for a good compression. */
async function compressAssets(folder) {
  const work = [];
  for await (const name of glob('**/*', { cwd: folder })) {
    if (compressible.test(name)) work.push(compress(join(folder, name)));
  }
  await Promise.all(work);
}

async function compress(file) {
  const bytes = await readFile(file);
  const quality = {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  };
  await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes, quality));
  await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}
