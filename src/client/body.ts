/** Bytes on their way to the server: text and byte arrays can be sent again after a failure, streams only once. */
export type Body = string | Uint8Array | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array | string>;

export interface Payload {
  value: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | FormData;
  /** Whether a second attempt can send the same bytes. */
  repeatable: boolean;
}

export function payloadOf(body: Body): Payload {
  if (typeof body === 'string') return { value: body, repeatable: true };
  if (body instanceof Uint8Array) return { value: plainBytes(body), repeatable: true };
  if (body instanceof ReadableStream) return { value: body, repeatable: false };
  return { value: streamOf(body), repeatable: false };
}

/** NDJSON of objects. A list is written out at once (and can be sent again), an asynchronous one streams. */
export function ndjsonOf(lines: Body | Iterable<object> | AsyncIterable<object>): Payload {
  if (typeof lines === 'string' || lines instanceof Uint8Array || lines instanceof ReadableStream) {
    return payloadOf(lines);
  }
  if (Symbol.iterator in lines) {
    let text = '';
    for (const line of lines) text += `${JSON.stringify(line)}\n`;
    return { value: text, repeatable: true };
  }
  return { value: streamOf(lines), repeatable: false };
}

/** `ReadableStream.from` is not in every browser, so the stream is pulled by hand. */
function streamOf(source: AsyncIterable<Uint8Array | string | object>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = source[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done) controller.close();
      else controller.enqueue(bytesOf(next.value, encoder));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

function bytesOf(part: Uint8Array | string | object, encoder: InstanceType<typeof TextEncoder>): Uint8Array {
  if (part instanceof Uint8Array) return part;
  return encoder.encode(typeof part === 'string' ? part : `${JSON.stringify(part)}\n`);
}

/** `fetch` takes no views of shared memory; everything else passes without a copy. */
function plainBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  if (bytes.buffer instanceof ArrayBuffer) {
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  return new Uint8Array(bytes);
}
