import { deliverXml, type FilesResult } from '../file-delivery.ts';
import { type FilesOptions, type FilesRun, importFiles } from '../import-files.ts';
import { type InputFile, readInputFile } from '../input-file.ts';
import type { Outcome } from '../run.ts';
import { deliverJson } from './deliver-json.ts';

export type PublicationsOptions = FilesOptions;

/** Specification `usage`, section 2.4. */
const RECORDS_A_REQUEST = 1_000;

const SPLITTING = {
  isUnit: (name: string, parent: string | null) =>
    name === 'record' && (parent === 'ListRecords' || parent === 'GetRecord'),
  item: 'record',
  maxItems: RECORDS_A_REQUEST,
};

/** Sends files of publications: OAI-PMH responses as XML, or `{"publications":[…]}` (or the bare list) as JSON. */
export function runPublications(run: FilesRun<PublicationsOptions>): Promise<Outcome<FilesResult>> {
  const call = {
    partner: run.options.partner,
    partnerName: run.options.partnerName,
    signal: run.signal,
  };
  return importFiles(run, async (file, result) => {
    if (await isJson(file)) {
      const post = (publications: object[]) => run.client.publications.post({ publications }, call);
      return deliverJson(file, RECORDS_A_REQUEST, post, result, run.progress);
    }
    return deliverXml(
      file,
      SPLITTING,
      (bytes) => run.client.publications.post(bytes, call),
      result,
      run.progress,
    );
  });
}

/** By the first character that is no blank and no byte order mark. */
async function isJson(file: InputFile): Promise<boolean> {
  for await (const chunk of readInputFile(file)) {
    const head = chunk
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .trimStart();
    if (head !== '') return head.startsWith('{') || head.startsWith('[');
  }
  return false;
}
