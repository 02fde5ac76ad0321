#!/usr/bin/env node
// Plain JavaScript that any Node from 20 on understands: it finds a Node 24, because everything else is TypeScript
// that is run without a build step.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

const needed = 24;

// A small server's memory is worth more than a tenth of speed: by itself the heap of a busy server grows to 700 MB of
// garbage before it is collected. A server whose heap is large is given less (src/composition/garbage.ts).
setFlagsFromString('--heap-growing-percent=60');

// Each thread keeps freed memory in an arena of its own, 30 MB of a busy server; glibc reads this when a process begins.
const arenas = { MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '2' };

// What was compiled is kept beside the packages, where nobody else can put code; a folder that cannot be written is left
// alone. By the environment, because threads look for it there: without it each took half a second to begin.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '..', 'node_modules', '.cache', 'almanac');

if (Number(process.versions.node.split('.')[0]) >= needed) {
  if (isLongLived() && !process.env.MALLOC_ARENA_MAX) {
    const args = [process.argv0, ...process.execArgv, ...process.argv.slice(1)];
    process.execve(process.execPath, args, { ...process.env, ...arenas });
  }
  const { enableCompileCache } = await import('node:module');
  enableCompileCache(process.env.NODE_COMPILE_CACHE);
  await import('../src/cli/main.ts');
} else if (process.env.ALMANAC_NODE) {
  fail('the "node" package is too old');
} else {
  runWith(bundledNode());
}

/** The executable of the `node` package, an optional dependency. */
function bundledNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'));
    const path = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    if (existsSync(path)) return path;
  } catch {
    // Not installed: said below.
  }
  return fail('the "node" package, which would bring it along, is not installed');
}

/** Worth 50 ms at the start; only where a process can begin anew in place, and nobody holds a channel to it. */
function isLongLived() {
  const [, , command = ''] = process.argv;
  return process.platform === 'linux' && !process.channel && ['serve', 'worker', 'demo'].includes(command);
}

function runWith(path) {
  const child = spawn(path, process.argv.slice(1), {
    // The channel ends when this process is killed, and the child with it: nobody else could stop it.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...arenas, ALMANAC_NODE: path },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`${path} cannot be run (${error.message})`));
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));
}

function fail(reason) {
  process.stderr.write(
    `almanac needs Node.js ${needed} or newer; this is ${process.versions.node}, and ${reason}. Run "npm install" again, or install Node.js ${needed}.\n`,
  );
  process.exit(1);
}
