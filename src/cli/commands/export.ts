import { realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Argument, type Command } from 'commander';
import {
  createShelf,
  formats,
  ndjson,
  type RegisterFormat,
  readRegister,
  shelveRegister,
  writeWhole,
} from '../../exports/index.ts';
import { type Setting, settingOf } from '../setting.ts';
import { CommandFailure, printResult, type Terminal } from '../terminal.ts';
import { withDatabase } from '../with-database.ts';

const extensions = { csv: 'csv', json: 'ndjson.gz', parquet: 'parquet' } as const;

type Named = keyof typeof extensions;

export function addExport(program: Command, terminal: Terminal): void {
  program
    .command('export')
    .description('Write the register to a file, as it is now')
    .addArgument(new Argument('<format>', 'json: one record a line').choices(Object.keys(extensions)))
    .option(
      '--out <file>',
      'where to; "-": standard output. json is gzipped when the name ends in .gz (default: a dated file in DATA_DIR/exports, which GET /exports lists)',
    )
    .option('--json', 'print {"file","rows","bytes","sha256"}')
    .action(async (format: Named, { out, json }: { out?: string; json?: boolean }) => {
      const setting = settingOf(terminal, true);
      if (out === '-') return print(setting, format, terminal);
      const written =
        out === undefined
          ? await keep(setting, format, terminal)
          : await save(setting, format, out, terminal);
      printResult(terminal, json, written, written.file);
    });
}

interface Written {
  /** Path of the file. */
  file: string;
  rows: number;
  bytes: number;
  sha256: string;
}

async function keep(setting: Setting, format: Named, { signal }: Terminal): Promise<Written> {
  return withDatabase(setting, async ({ sql }) => {
    const { now } = Date;
    const shelf = createShelf({ sql, folder: join(setting.config.dataDir, 'exports'), now });
    const [entry] = await shelveRegister({ sql, shelf, now }, [extensions[format]], signal);
    if (!entry) throw new Error('no file was written');
    const { file, rows, bytes, sha256 } = entry;
    return { file: join(shelf.folder, file), rows, bytes, sha256 };
  });
}

async function save(setting: Setting, format: Named, out: string, { signal }: Terminal): Promise<Written> {
  const target = await ordinaryFile(out);
  let [bytes, sha256] = [0, ''];
  const rows = await withDatabase(setting, ({ sql }) =>
    readRegister(sql, formatFor(format, out), async (content) => {
      ({ bytes, sha256 } = await writeWhole(target, content, signal));
    }),
  );
  return { file: out, rows, bytes, sha256 };
}

async function print(setting: Setting, format: Named, { out, signal }: Terminal): Promise<void> {
  await withDatabase(setting, ({ sql }) =>
    readRegister(sql, formatFor(format, '-'), async (content) => {
      for await (const chunk of content) {
        signal.throwIfAborted();
        await new Promise<void>((done, fail) => {
          out.write(chunk, (error) => (error ? fail(error) : done()));
        });
      }
    }),
  );
}

function formatFor(format: Named, out: string): (typeof formats)[RegisterFormat] {
  return format === 'json' && !out.endsWith('.gz') ? ndjson : formats[extensions[format]];
}

/** The file a link leads to. A device such as /dev/null must not be replaced by a file. */
async function ordinaryFile(out: string): Promise<string> {
  const found = await stat(out).catch(() => null);
  if (found === null) return resolve(out);
  if (!found.isFile()) throw new CommandFailure(`${out} is not a file`);
  return realpath(out);
}
