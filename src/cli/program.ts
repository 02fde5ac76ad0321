import { Command, CommanderError } from 'commander';
import { addAccount } from './commands/account.ts';
import { addCompliance } from './commands/compliance.ts';
import { addDemo } from './commands/demo.ts';
import { addEvidence } from './commands/evidence.ts';
import { addExport } from './commands/export.ts';
import { addImport } from './commands/import.ts';
import { addMigrate } from './commands/migrate.ts';
import { addServe } from './commands/serve.ts';
import type { House } from './house.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs one command.
 * @param args what follows the program's name.
 * @returns the exit code: 0, 1 for a failure (one line on `err`), 2 for wrong usage.
 */
export async function runCommand(
  args: string[],
  { house, version, terminal }: { house: House; version: string; terminal: Terminal },
): Promise<number> {
  const program = new Command('almanac');
  program
    .description(
      'An open-access observatory: repositories, what happens to the work in them, and whether it is open.',
    )
    .version(version)
    // Errors are thrown, texts go to the streams of this terminal; the commands below inherit both.
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out.write(text),
      writeErr: (text) => terminal.err.write(text),
    })
    .showHelpAfterError('(almanac help COMMAND says more)')
    .addHelpText('after', '\nConfiguration is read from the environment: see docs/configuration.md.');
  addServe(program, house, terminal);
  addMigrate(program, terminal);
  addAccount(program, terminal);
  addImport(program, house, terminal);
  addEvidence(program, house, terminal);
  addExport(program, terminal);
  addCompliance(program, house, terminal);
  addDemo(program, house, terminal);

  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    terminal.err.write(`${oneLine(error)}\n`);
    if (terminal.env.LOG_LEVEL === 'debug' && error instanceof Error) terminal.err.write(`${error.stack}\n`);
    return 1;
  }
}

function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // A list of faults stays one line each; what drivers add below their first line does not help here.
  return `almanac: ${message.trim().split('\n').join('\nalmanac: ')}`;
}
