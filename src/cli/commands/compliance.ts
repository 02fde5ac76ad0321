import { openAsBlob } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { AlmanacClient, ComplianceProgress } from '../../client/index.ts';
import type { House } from '../house.ts';
import { createProgress } from '../progress.ts';
import { settingOf } from '../setting.ts';
import { CommandFailure, type Terminal } from '../terminal.ts';
import { withServer } from '../with-server.ts';

interface Options {
  output?: string;
  format?: 'csv' | 'xlsx' | 'json';
  policy: string[];
  giveUpAfter?: number;
  json?: boolean;
}

export function addCompliance(program: Command, house: House, terminal: Terminal): void {
  program
    .command('compliance')
    .description('Find out about a list of articles (CSV or XLSX): open or not, where, and on what terms')
    .argument('<file>')
    .option('-o, --output <file>', 'where the results go (default: standard output)')
    .addOption(
      new Option(
        '--format <format>',
        'form of the results (default: as the output file is named, else csv)',
      ).choices(['csv', 'xlsx', 'json']),
    )
    .option(
      '--policy <id>',
      'judge by this policy; may be given several times',
      (id, ids) => [...ids, id],
      [] as string[],
    )
    .option(
      '--give-up-after <seconds>',
      'how long a source may stay without an answer (default: 900)',
      seconds,
    )
    .option('--json', 'print a summary as JSON instead of the results; needs -o')
    .action(async (file: string, options: Options) => {
      if (options.json && options.output === undefined)
        throw new CommandFailure('--json prints a summary, so the results need a place: give -o FILE');
      await checked(file);
      await withServer(house, settingOf(terminal, true), [], (client) =>
        run(client, file, options, terminal),
      );
    });
}

async function run(client: AlmanacClient, file: string, options: Options, terminal: Terminal): Promise<void> {
  const { signal } = terminal;
  const { id } = await client.compliance.submitFile(await openAsBlob(file), basename(file), {
    policies: options.policy,
    give_up_after: options.giveUpAfter,
    signal,
  });
  const over = await watch(client, id, terminal);
  if (over.status === 'error') throw new CommandFailure(over.message ?? `${file} cannot be read`);
  const format = options.format ?? formatOf(options.output);
  await save(client.compliance.download(id, format, { signal }), options.output, terminal);
  // Ignored rows, guessed encodings, sources that did not answer.
  if (over.message !== undefined) terminal.err.write(`${over.message}\n`);
  const { rows, records, ignored, done, unavailable } = over.counts;
  if (options.json) {
    terminal.out.write(
      `${JSON.stringify({ id, output: options.output, ...over.counts, message: over.message })}\n`,
    );
    return;
  }
  if (terminal.err.isTTY)
    terminal.err.write(
      `${rows} rows: ${records} records, ${ignored} ignored; ${done} finished, ${unavailable} with a source that did not answer\n`,
    );
}

async function watch(
  client: AlmanacClient,
  id: string,
  { err, signal }: Terminal,
): Promise<ComplianceProgress> {
  const bar = createProgress(err);
  let shown = 0;
  let total = 0;
  bar.start('Asking about articles');
  try {
    return await client.compliance.waitUntilOver(id, {
      signal,
      onProgress({ counts }) {
        if (counts.records !== total) {
          total = counts.records;
          bar.total(total);
        }
        bar.advance(counts.done - shown);
        shown = counts.done;
      },
    });
  } finally {
    bar.end();
  }
}

async function save(
  content: AsyncIterable<Uint8Array>,
  output: string | undefined,
  terminal: Terminal,
): Promise<void> {
  if (output === undefined || output === '-') {
    for await (const chunk of content)
      await new Promise<void>((done, fail) => {
        terminal.out.write(chunk, (error) => (error ? fail(error) : done()));
      });
    return;
  }
  const file = await open(output, 'w').catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure(`${output} cannot be written: ${error.code}`);
  });
  try {
    for await (const chunk of content) await file.write(chunk);
  } finally {
    await file.close();
  }
}

async function checked(file: string): Promise<void> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure(
      `${file} cannot be read: ${error.code === 'ENOENT' ? 'there is no such file' : error.code}`,
    );
  });
  if (!found.isFile()) throw new CommandFailure(`${file} is not a file`);
}

function formatOf(output: string | undefined): 'csv' | 'xlsx' | 'json' {
  const ending = /\.(xlsx|json)$/i.exec(output ?? '')?.[1]?.toLowerCase();
  return ending === 'xlsx' || ending === 'json' ? ending : 'csv';
}

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 86_400)
    throw new InvalidArgumentError('must be a whole number from 1 to 86400.');
  return value;
}
