import { type Accepted, AlmanacError } from '../client/index.ts';
import { type InputFile, readInputFile } from './input-file.ts';
import { type ImportProgress, ImportStopped } from './run.ts';
import { createXmlSplitter, type XmlPart, XmlSplitFault, type XmlSplitterOptions } from './xml-splitter.ts';

/** What became of files that were sent as they are. `accepted` counts items: events or records. */
export interface FilesResult {
  files: number;
  accepted: number;
  /** `position` counts items from 1 through the whole file. */
  rejected: { file: string; position: number; reason: string }[];
  evidence: string[];
  seconds: number;
}

/** Smaller files go as they are, so that the server sees them whole and takes or refuses them whole. */
export const SENT_WHOLE_BYTES = 8 * 1024 * 1024;

export function emptyResult(files: number): FilesResult {
  return { files, accepted: 0, rejected: [], evidence: [], seconds: 0 };
}

/** Adds an answer; `before` = items of the file sent in earlier requests. */
export function addAnswer(result: FilesResult, answer: Accepted, file: string, before: number): void {
  result.accepted += answer.accepted;
  result.evidence.push(answer.evidence);
  for (const { position, reason } of answer.rejected) {
    result.rejected.push({ file, position: before + position, reason });
  }
}

/**
 * Sends one XML file, whole or in parts, one request after the other: of two deliveries of one thing the later wins,
 * so their order must be that of the file.
 */
export async function deliverXml(
  file: InputFile,
  splitting: Omit<XmlSplitterOptions, 'maxBytes'>,
  post: (bytes: Buffer) => Promise<Accepted>,
  result: FilesResult,
  progress: ImportProgress | undefined,
): Promise<void> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let before = 0;
  let split = false;
  const parts: XmlPart[] = [];
  const splitter = createXmlSplitter({ ...splitting, maxBytes: SENT_WHOLE_BYTES }, (part) =>
    parts.push(part),
  );

  async function sendParts(): Promise<void> {
    for (let part = parts.shift(); part !== undefined; part = parts.shift()) {
      addAnswer(result, await named(file.path, post(part.bytes)), file.path, before);
      before += part.items;
    }
  }

  function cut(chunks: Buffer[]): void {
    if (!split) refuseUtf16(chunks[0]);
    split = true;
    for (const chunk of chunks) splitter.write(chunk);
  }

  try {
    for await (const chunk of readInputFile(file, (bytes) => progress?.advance(bytes))) {
      held.push(chunk);
      heldBytes += chunk.length;
      if (!split && heldBytes <= SENT_WHOLE_BYTES) continue;
      cut(held);
      held = [];
      await sendParts();
    }
    if (!split) {
      addAnswer(result, await named(file.path, post(Buffer.concat(held))), file.path, 0);
      return;
    }
    splitter.end();
    await sendParts();
    if (before === 0) throw new XmlSplitFault(`holds no <${splitting.item}>`);
  } catch (error) {
    if (!(error instanceof XmlSplitFault)) throw error;
    throw new ImportStopped(`${file.path}: ${error.message}; the ${before} items before that were sent`);
  }
}

/** The file belongs to every refusal. */
export async function named<T>(path: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AlmanacError) throw new ImportStopped(`${path}: ${error.message}`);
    throw error;
  }
}

function refuseUtf16(chunk: Buffer | undefined): void {
  const mark = chunk?.toString('latin1', 0, 2);
  if (mark === '\xfe\xff' || mark === '\xff\xfe') {
    throw new XmlSplitFault('is UTF-16 and too large to be sent whole; convert it to UTF-8');
  }
}
