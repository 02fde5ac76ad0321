import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type App, problem, sendWithEtag, Type } from '../platform/http/index.ts';
import { byteRange } from './byte-range.ts';
import { Manifest } from './shelf/manifest.ts';
import type { Shelf } from './shelf/shelf.ts';

const tags = ['Exports'];

const mediaTypes: Record<string, string> = {
  gz: 'application/gzip',
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
};

/** `GET /exports` and its files (contract.md, events.md §8). */
export function addExportRoutes(app: App, { shelf }: { shelf: Shelf }): void {
  app.get(
    '/exports',
    { schema: { tags, summary: 'Files to download, newest first', response: { 200: Manifest } } },
    async (request, reply) => sendWithEtag(request, reply, { exports: await shelf.list() }) as never,
  );

  app.get(
    '/exports/:file',
    {
      schema: {
        tags,
        summary: 'One of the files; `Range` continues a broken download',
        produces: Object.values(mediaTypes),
        params: Type.Object({ file: Type.String({ description: 'As `GET /exports` names it' }) }),
      },
    },
    async (request, reply) => {
      // A name is compared with those of the list and never made into a path of its own.
      const entry = (await shelf.list()).find(({ file }) => file === request.params.file);
      if (!entry) throw problem(404, 'There is no export of this name; GET /exports lists them.');
      const etag = `"${entry.sha256}"`;
      reply
        .header('etag', etag)
        .header('cache-control', 'no-cache')
        .header('accept-ranges', 'bytes')
        .header('repr-digest', `sha-256=:${Buffer.from(entry.sha256, 'hex').toString('base64')}:`)
        .header('link', '<https://creativecommons.org/publicdomain/zero/1.0/>; rel="license"');
      const known = request.headers['if-none-match'];
      if (known?.split(',').some((one) => ['*', etag, `W/${etag}`].includes(one.trim())))
        return reply.code(304).send();

      const { range: asked, 'if-range': ifRange } = request.headers;
      const range =
        ifRange === undefined || ifRange === etag ? byteRange(String(asked ?? ''), entry.bytes) : null;
      if (range === 'unsatisfiable')
        throw problem(416, `The file has ${entry.bytes} bytes.`, {
          headers: { 'content-range': `bytes */${entry.bytes}` },
        });
      const { start, end } = range ?? { start: 0, end: entry.bytes - 1 };
      if (range !== null) reply.code(206).header('content-range', `bytes ${start}-${end}/${entry.bytes}`);
      reply
        .type(mediaTypes[entry.file.split('.').at(-1) ?? ''] ?? 'application/octet-stream')
        .header('content-disposition', `attachment; filename="${entry.file}"`)
        .header('content-length', end - start + 1);
      // A stream without bytes leaves the length as it was said.
      if (request.method === 'HEAD') return reply.send(Readable.from([]));
      const file = await opened(join(shelf.folder, entry.file));
      return reply.send(file.createReadStream({ start, end }));
    },
  );
}

/** The list was read a moment ago; an old file may have gone since. */
async function opened(path: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw problem(404, 'There is no export of this name any more.');
    throw error;
  }
}
