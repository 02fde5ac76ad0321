import type { Accepted } from '../../client/index.ts';
import { addAnswer, type FilesResult, named, SENT_WHOLE_BYTES } from '../file-delivery.ts';
import { type InputFile, readInputFile } from '../input-file.ts';
import { type ImportProgress, ImportStopped } from '../run.ts';
import { createJsonSplitter, JsonSplitFault } from './json-splitter.ts';

/** Sends the publications of a JSON file, `maxItems` a request, in the order of the file. */
export async function deliverJson(
  file: InputFile,
  maxItems: number,
  post: (publications: object[]) => Promise<Accepted>,
  result: FilesResult,
  progress: ImportProgress | undefined,
): Promise<void> {
  let waiting: object[] = [];
  let waitingBytes = 0;
  let found = 0;
  let sent = 0;
  const full: object[][] = [];
  const decoder = new TextDecoder('utf-8');
  const splitter = createJsonSplitter((json) => {
    waiting.push(itemOf(json, ++found));
    waitingBytes += json.length;
    if (waiting.length >= maxItems || waitingBytes >= SENT_WHOLE_BYTES) close();
  });

  function close(): void {
    if (waiting.length > 0) full.push(waiting);
    waiting = [];
    waitingBytes = 0;
  }

  async function sendFull(): Promise<void> {
    for (let batch = full.shift(); batch !== undefined; batch = full.shift()) {
      addAnswer(result, await named(file.path, post(batch)), file.path, sent);
      sent += batch.length;
    }
  }

  try {
    for await (const chunk of readInputFile(file, (bytes) => progress?.advance(bytes))) {
      splitter.write(decoder.decode(chunk, { stream: true }));
      await sendFull();
    }
    splitter.end();
    close();
    await sendFull();
  } catch (error) {
    if (!(error instanceof JsonSplitFault)) throw error;
    throw new ImportStopped(`${file.path}: ${error.message}; the ${sent} items before that were sent`);
  }
}

function itemOf(json: string, position: number): object {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    throw new JsonSplitFault(
      `item ${position} is not JSON: ${error instanceof Error ? error.message : error}`,
    );
  }
  throw new JsonSplitFault(`item ${position} is not an object`);
}
