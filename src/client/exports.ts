import type { Transport } from './transport.ts';
import type { CallOptions } from './usage.ts';

/** A file to download, as `GET /exports` lists it. */
export interface ExportFile {
  file: string;
  bytes: number;
  sha256: string;
  [more: string]: unknown;
}

export interface ExportsApi {
  list(options?: CallOptions): Promise<ExportFile[]>;
  /** The bytes of a file as they arrive. */
  file(name: string, options?: CallOptions): Promise<ReadableStream<Uint8Array>>;
}

export function exportsApi(transport: Transport): ExportsApi {
  return {
    async list(call = {}) {
      const { exports: files } = await transport.json<{ exports: ExportFile[] }>({
        path: '/exports',
        signal: call.signal,
      });
      return files;
    },
    file: (name, call = {}) =>
      transport.stream({ path: `/exports/${encodeURIComponent(name)}`, accept: '*/*', signal: call.signal }),
  };
}
