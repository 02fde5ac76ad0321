import { type Command, Option } from 'commander';
import type { Accounts } from '../../accounts/index.ts';
import type { AlmanacClient } from '../../client/index.ts';
import {
  type AccessLogOptions,
  type AccessLogResult,
  type FilesResult,
  type ImportRun,
  LOG_FORMATS,
  type Outcome,
  type RegistryImportResult,
  runAccessLog,
  runContextObjects,
  runOpendoar,
  runPublications,
  runRoar,
} from '../../importers/index.ts';
import type { House } from '../house.ts';
import { createProgress } from '../progress.ts';
import { settingOf } from '../setting.ts';
import { CommandFailure, printResult, type Terminal } from '../terminal.ts';
import { withServer, withServerAs } from '../with-server.ts';

interface DeliveryOptions {
  source?: string;
  partner?: string;
  partnerName?: string;
  json?: boolean;
}

export function addImport(program: Command, house: House, terminal: Terminal): void {
  const command = program
    .command('import')
    .description('Deliver files through the HTTP API: to the running server, or to one that runs meanwhile');

  const run = <Options, Result>(
    importer: (run: ImportRun<Options>) => Promise<Outcome<Result>>,
    files: string[],
    options: Options,
  ): Promise<Result> =>
    // The command line may write under any source name, as an operator may.
    withServer(house, settingOf(terminal, true), ['deposit', 'operator'], async (client: AlmanacClient) => {
      const outcome = await importer({
        client,
        files,
        options,
        progress: createProgress(terminal.err),
        log: (line) => terminal.err.write(`${line}\n`),
        signal: terminal.signal,
      });
      if (!outcome.ok) throw new CommandFailure(outcome.message);
      return outcome.value;
    });

  command
    .command('publications')
    .description('OAI-PMH responses in oai_dc, MODS or DIDL, or JSON; may be gzipped')
    .argument('<file...>')
    .option('--partner <id>', 'the partner these publications belong to')
    .option('--partner-name <name>', 'how it is called')
    .option('--json', 'print the result as JSON')
    .action(async (files: string[], { json, partner, partnerName }: DeliveryOptions) => {
      const result = await run(runPublications, files, { partner, partnerName });
      printResult(terminal, json, result, filesText(result, 'publications'));
    });

  command
    .command('context-objects')
    .description('OpenURL ContextObjects, bare or in OAI-PMH responses; may be gzipped')
    .argument('<file...>')
    .option('--source <name>', 'the source of the events (default: the account of the command line)')
    .option('--partner <id>', 'the partner that works known only from usage belong to')
    .option('--partner-name <name>', 'how it is called')
    .option('--json', 'print the result as JSON')
    .action(async (files: string[], { json, ...options }: DeliveryOptions) => {
      const result = await run(runContextObjects, files, options);
      printResult(terminal, json, result, filesText(result, 'events'));
    });

  command
    .command('access-log')
    .description('Access logs of web servers and proxies; returns when all is counted; may be gzipped')
    .argument('<file...>')
    .requiredOption('--source <name>', 'the source of the events')
    .option('--base-url <url>', 'goes before paths in the log to make full URLs')
    .option('--rules <file>', 'JSON rules that say which URL is which item')
    .addOption(
      new Option('--format <format>', 'form of the lines').choices(['auto', ...LOG_FORMATS]).default('auto'),
    )
    .option('--replace-days', 'the files are all there is of this source for the days they hold')
    .option('--json', 'print the result as JSON')
    .action(async (files: string[], { json, ...options }: AccessLogOptions & { json?: boolean }) => {
      const result = await run(runAccessLog, files, options);
      printResult(terminal, json, result, logText(result));
    });

  const sources = {
    opendoar: {
      run: runOpendoar,
      description: 'OpenDOAR: its XML export (api13), or items of its v2 API as JSON',
    },
    roar: { run: runRoar, description: 'ROAR: rawlist.xml, or its CSV export' },
  };
  for (const [name, source] of Object.entries(sources)) {
    command
      .command(name)
      .description(`${source.description}; may be gzipped. The same file again changes nothing`)
      .argument('<file...>')
      .option('--json', 'print the result as JSON')
      .action(async (files: string[], { json }: { json?: boolean }) => {
        const result = await withServerAs(
          house,
          settingOf(terminal, true),
          (accounts) => importerToken(accounts, name),
          async (client) => {
            const outcome = await source.run({
              client,
              files,
              options: {},
              progress: createProgress(terminal.err),
              signal: terminal.signal,
            });
            if (!outcome.ok) throw new CommandFailure(outcome.message);
            return outcome.value;
          },
        );
        printResult(terminal, json ?? terminal.out.isTTY !== true, result, registryText(result));
      });
  }
}

async function importerToken(accounts: Accounts, name: string): Promise<string> {
  const token = await accounts.importerToken(name, ['registry', 'statistics', 'admin']);
  if (typeof token !== 'string') throw new CommandFailure(token.failure);
  return token;
}

function registryText(result: RegistryImportResult): string {
  const { read, created, updated, unchanged, rejected, statistics } = result;
  return [
    `${read} repositories read: ${created} created, ${updated} updated, ${unchanged} unchanged, ${rejected.length} not taken.`,
    ...rejected.map(({ id, reason }) => `  ${id}: ${reason}`),
    `${statistics} statistics added.`,
  ].join('\n');
}

function filesText({ files, accepted, rejected, seconds }: FilesResult, things: string): string {
  return `${accepted} ${things} taken from ${files} file(s), ${rejected.length} not taken, in ${seconds} s.`;
}

function logText(result: AccessLogResult): string {
  const { method, status, robot, double_click: doubleClick } = result.excluded;
  return [
    `${result.lines} lines of ${result.files} file(s) from ${result.first ?? '-'} to ${result.last ?? '-'} in ${result.seconds} s`,
    `  ${result.counted} counted`,
    `  ${robot} by robots, ${doubleClick} double clicks`,
    `  ${method} with another method than GET, ${status} with another status than 200 or 304`,
    `  ${result.duplicates} known already, ${result.unmatched} of no item, ${result.malformed} malformed`,
  ].join('\n');
}
