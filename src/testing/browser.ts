import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';

const modules = resolve(import.meta.dirname, '../../node_modules');

/** A browser without a window, closed when the test (or suite) is over. */
export async function launchBrowser(t: Pick<TestContext, 'after'>): Promise<Browser> {
  // Loaded here: most test files that import this room want no browser.
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({
    executablePath: await browserProgram(),
    // Chromium does not start as root with its sandbox. The package's own list of arguments is for Lambda: it also
    // switches web security off and ends the browser with the first page that is closed.
    args: ['--no-sandbox', '--font-render-hinting=none'],
  });
  t.after(() => browser.close());
  return browser;
}

/**
 * The program, unpacked once per version. The package itself unpacks to a fixed place and takes a half-written file
 * for a whole one: of two test files that start at once the second would run it. Here a finished folder gets its
 * name in one step.
 */
async function browserProgram(): Promise<string> {
  const { version }: { version: string } = JSON.parse(
    await readFile(join(modules, '@sparticuz/chromium/package.json'), 'utf8'),
  );
  const cache = join(modules, '.cache');
  const folder = join(cache, `chromium-${version}`);
  const program = join(folder, 'chromium');
  if (existsSync(program)) return program;
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, 'chromium-'));
  const unpack = "(await import('@sparticuz/chromium')).default.executablePath()";
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', `await ${unpack}`], {
    cwd: import.meta.dirname,
    env: { ...process.env, TMPDIR: draft },
  });
  try {
    await rename(draft, folder);
  } catch {
    // Another test file was quicker.
    await rm(draft, { recursive: true, force: true });
  }
  return program;
}
