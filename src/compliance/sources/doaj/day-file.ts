import { parse } from 'csv-parse';
import { parseIssn } from '../../../identifiers/index.ts';
import type { DoajJournal } from './parse.ts';

/** DOAJ's whole list by ISSN. */
export type DayFile = Record<string, DoajJournal>;

const PRINT = 'Journal ISSN (print version)';
const ELECTRONIC = 'Journal EISSN (online version)';
const SINCE = 'When did the journal start to publish all content using an open license?';

/** Reads the list as it comes; null when it is not that list, or one without journals. Columns are found by name. */
export async function parseDayFile(body: AsyncIterable<Uint8Array>): Promise<DayFile | null> {
  const journals: DayFile = Object.create(null) as DayFile;
  let head: string[] | null = null;
  let count = 0;
  const rows = parse({ bom: true, relax_column_count: true, max_record_size: 1024 * 1024 });
  const feeding = feed(body, rows);
  try {
    for await (const row of rows as AsyncIterable<string[]>) {
      if (head === null) {
        head = row.map((cell) => cell.trim());
        if (![PRINT, ELECTRONIC, SINCE].every((name) => head?.includes(name))) return null;
        continue;
      }
      const cell = cellOf(head, row);
      const since = /^\d{4}/.exec(cell(SINCE))?.[0];
      const journal: DoajJournal = {
        title: cell('Journal title') || null,
        publisher: cell('Publisher') || null,
        openSince: since === undefined ? null : Number(since),
        discontinued: null,
      };
      for (const issn of [parseIssn(cell(PRINT)), parseIssn(cell(ELECTRONIC))]) {
        if (issn !== null) journals[issn] = journal;
      }
      count += 1;
    }
    await feeding;
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')) return null;
    throw error;
  } finally {
    rows.destroy();
  }
  return count === 0 ? null : journals;
}

const cellOf = (head: string[], row: string[]) => (name: string) => (row[head.indexOf(name)] ?? '').trim();

async function feed(body: AsyncIterable<Uint8Array>, rows: ReturnType<typeof parse>): Promise<void> {
  try {
    for await (const chunk of body) {
      if (rows.destroyed) return;
      if (!rows.write(chunk))
        await new Promise<void>((resolve) => {
          rows.once('drain', resolve);
          rows.once('close', resolve);
        });
    }
    rows.end();
  } catch (error) {
    rows.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}
