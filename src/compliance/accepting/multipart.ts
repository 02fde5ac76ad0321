import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';

export interface FormFile {
  filename: string;
  mediaType: string;
}

export interface ReadForm {
  ok: true;
  /** Plain fields; of repeated ones the values joined by commas. */
  fields: Map<string, string>;
  /** Parts that are JSON by their type or by how they begin, as text. */
  json: string[];
  /** The table, if one came; its bytes went to `onFile`. */
  file: FormFile | null;
}

const mebibyte = 1024 * 1024;
const jsonLimit = 10 * mebibyte;

/**
 * Reads a form as it arrives. The first file that is not JSON is the table: its bytes go to `onFile`. Of the other files only
 * JSON is taken. A fault of the form is a value; what `body` throws (too large, cut off) is thrown.
 */
export async function readForm(
  body: AsyncIterable<Uint8Array>,
  contentType: string,
  onFile: (content: Readable) => Promise<void>,
): Promise<ReadForm | { ok: false; detail: string }> {
  const form: ReadForm = { ok: true, fields: new Map(), json: [], file: null };
  let busboy: InstanceType<typeof Busboy>;
  try {
    busboy = new Busboy({
      headers: { 'content-type': contentType },
      limits: {
        fieldNameSize: 200,
        fieldSize: jsonLimit,
        fields: 200,
        files: 20,
        parts: 220,
        headerPairs: 50,
      },
      isPartAFile: (_field, _type, filename) => filename !== undefined,
    });
  } catch {
    return { ok: false, detail: 'The Content-Type names no boundary between the parts of the form.' };
  }
  let fault: string | null = null;
  const files: Promise<void>[] = [];
  const contents: Readable[] = [];
  let failure: unknown = null;

  busboy.on('field', (name, value, _nameCut, valueCut, _encoding, type) => {
    if (valueCut) fault = `The field "${name}" is larger than 10 MiB.`;
    else if (isJson(type) || value.trimStart().startsWith('{')) form.json.push(value);
    else {
      const before = form.fields.get(name);
      form.fields.set(name, before === undefined ? value : `${before},${value}`);
    }
  });
  busboy.on('file', (_name, content, filename, _encoding, type) => {
    contents.push(content);
    // A browser sends a nameless, empty file for an input that was left alone.
    if (filename === '' || filename === undefined) {
      content.resume();
    } else if (isJson(type)) {
      files.push(
        collect(content).then((text) => {
          if (text === null) fault = 'A JSON part is larger than 10 MiB.';
          else form.json.push(text);
        }),
      );
    } else if (form.file === null) {
      form.file = { filename, mediaType: type };
      files.push(onFile(content));
    } else
      files.push(
        collect(content).then((text) => {
          // Many clients give every part a filename, and only the first is the table.
          if (text?.trimStart().startsWith('{')) form.json.push(text);
        }),
      );
  });
  for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const)
    busboy.on(limit, () => {
      fault = 'The form has too many parts.';
    });

  // Files that fail must not leave the form waiting for somebody to read on.
  const watched = () => {
    for (const file of files) file.catch((error: unknown) => busboy.destroy(error as Error));
  };
  busboy.on('file', watched);
  let fromBody: unknown = null;
  async function* source() {
    try {
      yield* body;
    } catch (error) {
      fromBody = error;
      throw error;
    }
  }
  try {
    await pipeline(Readable.from(source()), busboy);
  } catch (error) {
    failure = error;
    // The parser leaves the file it was in neither ended nor failed: whoever reads it would wait for ever.
    for (const content of contents) content.destroy(error as Error);
  }
  const settled = await Promise.allSettled(files);
  if (fromBody !== null) throw fromBody;
  for (const one of settled) if (one.status === 'rejected' && failure === null) failure = one.reason;
  if (failure !== null && !isFormFault(failure)) throw failure;
  if (failure !== null) return { ok: false, detail: 'The form is cut off or is not multipart/form-data.' };
  return fault === null ? form : { ok: false, detail: fault };
}

const isJson = (type: string | undefined): boolean => /^application\/(?:[\w.+-]+\+)?json\b/i.test(type ?? '');

/** What the parser says of a form that it cannot read; it has no codes. */
function isFormFault(error: unknown): boolean {
  return (
    error instanceof Error &&
    /multipart|part terminated|malformed|boundary|unexpected end/i.test(error.message)
  );
}

/** Null: more than the limit; it is read to its end all the same. */
async function collect(content: AsyncIterable<Uint8Array>): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.length;
    if (bytes <= jsonLimit) chunks.push(chunk);
  }
  return bytes <= jsonLimit ? Buffer.concat(chunks).toString('utf8') : null;
}
