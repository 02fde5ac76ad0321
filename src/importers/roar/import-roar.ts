import { readTable } from '../../platform/table/index.ts';
import { type InputFile, readInputFile } from '../input-file.ts';
import {
  importRepositories,
  type ReadRepository,
  type RegistryImportResult,
  type Source,
} from '../registry/import-repositories.ts';
import type { Codes } from '../registry/repository.ts';
import { headOf, xmlUnits } from '../registry/xml-units.ts';
import { type ImportRun, ImportStopped, type Outcome } from '../run.ts';
import { csvEntry } from './csv-entry.ts';
import { roarPatch } from './patch.ts';
import { mapRoarEntry, type RoarEntry } from './repository.ts';
import { xmlEntry } from './xml-entry.ts';

const roar: Source = { name: 'roar', idField: 'roar_id', findByUrl: true, read, patch: roarPatch };

/** Imports ROAR's `rawlist.xml`, or its CSV export. */
export function runRoar(
  run: ImportRun<object> & { now?: (() => number) | undefined },
): Promise<Outcome<RegistryImportResult>> {
  return importRepositories(run, roar);
}

async function* read(
  file: InputFile,
  codes: Codes,
  onBytes: (bytes: number) => void,
): AsyncGenerator<ReadRepository> {
  if ((await headOf(file)).startsWith('<')) {
    for await (const unit of xmlUnits(file, 'eprint', onBytes)) yield mapped(xmlEntry(unit), codes);
    return;
  }
  for await (const rows of csvGroups(file, onBytes)) yield mapped(csvEntry(rows), codes);
}

function mapped(entry: RoarEntry | null, codes: Codes): ReadRepository {
  if (entry === null) return { rejected: { id: '', reason: 'it has no number (eprintid)' } };
  const repository = mapRoarEntry(entry, codes);
  return repository === null ? { rejected: { id: entry.id, reason: 'it has no home page' } } : { repository };
}

/** The rows of one `eprintid`, which stand together. */
async function* csvGroups(
  file: InputFile,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Record<string, string>[]> {
  const table = await readTable(() => readInputFile(file, onBytes));
  if (!table.ok) throw new ImportStopped(`${file.path}: ${table.detail}`);
  const columns = table.header.map((name) => name.trim());
  if (!columns.includes('eprintid')) throw new ImportStopped(`${file.path}: has no column eprintid`);
  let group: Record<string, string>[] = [];
  for await (const { cells } of table.rows) {
    const row = Object.fromEntries(columns.map((name, place) => [name, cells[place] ?? '']));
    const isSame = row.eprintid === '' || row.eprintid === group[0]?.eprintid;
    if (!isSame && group.length > 0) {
      yield group;
      group = [];
    }
    group.push(row);
  }
  if (group.length > 0) yield group;
}
