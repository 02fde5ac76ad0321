import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Queries, Sql } from '../../platform/database/index.ts';
import { isoSeconds } from '../../platform/http/index.ts';
import { registerPages } from '../../registry/index.ts';
import type { ExportedFile } from '../shelf/manifest.ts';
import type { Parcel, Shelf } from '../shelf/shelf.ts';
import { writeDraft, writeWhole } from '../shelf/write-file.ts';
import { columns } from './columns.ts';
import { type Bytes, formats, type Pages, type RegisterFormat, registerFormats } from './formats.ts';

const prefix = 'almanac_register_';

export interface RegisterFilesParts {
  sql: Sql;
  shelf: Shelf;
  now(): number;
}

/**
 * Puts the register on the shelf as `almanac_register_YYYY-MM-DD.<format>`, all formats from one state of it. Memory
 * does not grow with the register.
 */
export async function shelveRegister(
  { sql, shelf, now }: RegisterFilesParts,
  wanted: readonly RegisterFormat[],
  signal?: AbortSignal,
): Promise<ExportedFile[]> {
  const day = isoSeconds(now()).slice(0, 10);
  const stem = `${prefix}${day}`;
  const parcels: Parcel[] = [];
  try {
    await snapshot(sql, async (transaction) => {
      for (const extension of wanted) {
        const counted = counting(registerPages(transaction));
        const target = join(shelf.folder, `${stem}.${extension}`);
        const draft = await writeDraft(target, formats[extension](counted.pages), signal);
        const month = day.slice(0, 7);
        parcels.push({ draft, stem, extension, type: 'register', month, rows: counted.rows() });
      }
    });
    return await shelf.put(parcels);
  } finally {
    // Those that were put have another name by now.
    for (const { draft } of parcels) await rm(draft.path, { force: true });
  }
}

/** What is due each night: today's files as far as they are missing, and the end of old ones. */
export async function nightlyRegisterFiles(
  parts: RegisterFilesParts & { days: number },
  signal?: AbortSignal,
): Promise<void> {
  const { shelf, now, days } = parts;
  const stem = `${prefix}${isoSeconds(now()).slice(0, 10)}`;
  const there = new Set((await shelf.list()).map(({ file }) => file));
  const missing = registerFormats.filter((extension) => !there.has(`${stem}.${extension}`));
  if (missing.length > 0) await shelveRegister(parts, missing, signal);
  await writeWhole(join(shelf.folder, 'README.md'), once(readme()));
  await shelf.trim('register', prefix, days);
}

/** The register in any format to wherever `take` puts it, from one state of it; answers how many records it had. */
export async function readRegister(
  sql: Sql,
  format: (pages: Pages) => Bytes,
  take: (bytes: Bytes) => Promise<void>,
): Promise<number> {
  let rows = 0;
  await snapshot(sql, async (transaction) => {
    const counted = counting(registerPages(transaction));
    await take(format(counted.pages));
    rows = counted.rows();
  });
  return rows;
}

async function snapshot(sql: Sql, work: (transaction: Queries) => Promise<void>): Promise<void> {
  await sql.begin('isolation level repeatable read read only', work);
}

function counting(pages: Pages): { pages: Pages; rows(): number } {
  let rows = 0;
  async function* counted(): AsyncGenerator<string[]> {
    for await (const page of pages) {
      rows += page.length;
      yield page;
    }
  }
  return { pages: counted(), rows: () => rows };
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

function readme(): string {
  return `# Exports

\`manifest.json\` lists the files with rows, bytes, SHA-256 and licence. A file never changes; \`-r2\` is a later one of
the same day. A name that begins with a dot is unfinished.

\`almanac_register_YYYY-MM-DD\`: every record of the register at one moment, by id, deleted ones included.
\`.ndjson.gz\` has one record a line as \`GET /dump\` gives it; \`.csv\` and \`.parquet\` have the columns below. In CSV the
entries of a list are joined by "; ", and a \`'\` stands before text that a spreadsheet would take for a formula.

| column | |
|---|---|
${columns.map(({ name, kind, meaning }) => `| \`${name}\` | ${kind}: ${meaning} |`).join('\n')}
`;
}
