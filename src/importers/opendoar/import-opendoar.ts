import { type InputFile, readInputFile } from '../input-file.ts';
import { createJsonSplitter, JsonSplitFault } from '../publications/json-splitter.ts';
import {
  importRepositories,
  type ReadRepository,
  type RegistryImportResult,
  type Source,
} from '../registry/import-repositories.ts';
import type { Codes } from '../registry/repository.ts';
import { isAsSent } from '../registry/same-content.ts';
import { isObject } from '../registry/url-keys.ts';
import { headOf, xmlUnits } from '../registry/xml-units.ts';
import type { ImportRun, Outcome } from '../run.ts';
import { ImportStopped } from '../run.ts';
import { mapJsonRepository } from './json-repository.ts';
import { mapXmlRepository } from './xml-repository.ts';

const opendoar: Source = {
  name: 'opendoar',
  idField: 'rid',
  findByUrl: false,
  read,
  patch({ register, admin }, record) {
    const { last_saved: _, ...own } = record.admin.opendoar ?? {};
    const same = Object.entries(register).every(([name, value]) => isAsSent(record.register[name], value));
    return same && isAsSent(own, admin) ? null : register;
  },
};

/** Imports OpenDOAR's XML export (api13) or items of its v2 API as JSON. */
export function runOpendoar(
  run: ImportRun<object> & { now?: (() => number) | undefined },
): Promise<Outcome<RegistryImportResult>> {
  return importRepositories(run, opendoar);
}

async function* read(
  file: InputFile,
  codes: Codes,
  onBytes: (bytes: number) => void,
): AsyncGenerator<ReadRepository> {
  const head = await headOf(file);
  if (head.startsWith('<')) {
    for await (const unit of xmlUnits(file, 'repository', onBytes)) {
      const isNumbered = /^\d+$/.test(unit.attributes.rID ?? '');
      if (isNumbered) yield { repository: mapXmlRepository(unit, codes) };
      else yield { rejected: { id: unit.attributes.rID ?? '', reason: 'it has no number (rID)' } };
    }
    return;
  }
  for await (const text of jsonItems(file, head, onBytes)) yield itemOf(text, codes);
}

function itemOf(text: string, codes: Codes): ReadRepository {
  try {
    const item: unknown = JSON.parse(text);
    if (isObject(item)) return mapJsonRepository(item, codes);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return { rejected: { id: '', reason: `it is not a JSON object: ${text.slice(0, 80)}` } };
}

/** The texts of the items of `{"items":[…]}`, of a bare list, or of lines. */
async function* jsonItems(
  file: InputFile,
  head: string,
  onBytes: (bytes: number) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  const isList = head.startsWith('[') || /^\{\s*"items"\s*:/.test(head);
  if (!isList && !head.startsWith('{')) throw new ImportStopped(`${file.path}: is neither XML nor JSON`);
  let found: string[] = [];
  const splitter = createJsonSplitter((json) => found.push(json), 'items');
  let line = '';
  try {
    for await (const chunk of readInputFile(file, onBytes)) {
      const text = decoder.decode(chunk, { stream: true });
      if (isList) splitter.write(text);
      else {
        const lines = (line + text).split('\n');
        line = lines.pop() ?? '';
        found.push(...lines.filter((one) => one.trim() !== ''));
      }
      yield* found;
      found = [];
    }
    if (isList) splitter.end();
    else if (line.trim() !== '') yield line;
  } catch (error) {
    if (error instanceof JsonSplitFault) throw new ImportStopped(`${file.path}: ${error.message}`);
    throw error;
  }
}
