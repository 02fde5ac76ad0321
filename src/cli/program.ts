import { Command, CommanderError } from 'commander';
import type { House } from './house.ts';
import type { Terminal } from './terminal.ts';

interface Group {
  names: readonly string[];
  add(program: Command, house: House, terminal: Terminal): Promise<void>;
}

/** Only what is asked for is loaded: a server starts without all that importers need. */
const groups: readonly Group[] = [
  {
    names: ['serve', 'worker'],
    add: async (...all) => (await import('./commands/serve.ts')).addServe(...all),
  },
  {
    names: ['migrate'],
    add: async (program, _, terminal) =>
      (await import('./commands/migrate.ts')).addMigrate(program, terminal),
  },
  {
    names: ['account'],
    add: async (program, _, terminal) =>
      (await import('./commands/account.ts')).addAccount(program, terminal),
  },
  { names: ['import'], add: async (...all) => (await import('./commands/import.ts')).addImport(...all) },
  {
    names: ['evidence', 'archive'],
    add: async (...all) => (await import('./commands/evidence.ts')).addEvidence(...all),
  },
  {
    names: ['export'],
    add: async (program, _, terminal) => (await import('./commands/export.ts')).addExport(program, terminal),
  },
  {
    names: ['compliance'],
    add: async (...all) => (await import('./commands/compliance.ts')).addCompliance(...all),
  },
  { names: ['demo'], add: async (...all) => (await import('./commands/demo.ts')).addDemo(...all) },
];

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
  const named = groups.filter(({ names }) => names.includes(args[0] ?? ''));
  // Anything else is help, or a mistake that is answered with what there is.
  for (const { add } of named.length > 0 ? named : groups) await add(program, house, terminal);

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
