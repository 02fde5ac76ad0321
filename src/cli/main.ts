import { readFileSync } from 'node:fs';
import { lateApp } from '../late-app.ts';
import { interruption } from './interruption.ts';
import { runCommand } from './program.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

// A reader of our output that stops early (`almanac … | head`) is no error.
process.stdout.on('error', () => process.exit(0));

const code = await runCommand(process.argv.slice(2), {
  house: lateApp,
  version,
  terminal: { out: process.stdout, err: process.stderr, env: process.env, ...interruption() },
});
// Written out before the exit, which does not wait for pipes.
process.stdout.write('', () => process.exit(code));
