import { glob, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { type App, problem } from '../http/index.ts';

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** Best first; each was made beside its file when the pages were built. */
const encodings = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
];

const config = {
  anyParameters: true,
  ignoresKey: true,
  // A worker goes by the policy of its own file: the map's one asks for the points.
  contentSecurityPolicy: "default-src 'none'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'",
};

/**
 * `/assets/…`: files whose names change with their content, so they are asked for once and kept for good. They are read
 * at start, 5 MB in all: a server goes on with its own when others are built beside it.
 */
export async function addAssets(app: App, folder: string): Promise<void> {
  const files = await filesIn(folder);
  app.get<{ Params: { '*': string } }>(
    '/assets/*',
    { logLevel: 'warn', schema: { hide: true }, config },
    async (request, reply) => {
      const name = request.params['*'];
      const plain = files.get(name);
      const type = types[extname(name)];
      if (plain === undefined || type === undefined) throw problem(404, 'There is no such file.');
      const accepted = request.headers['accept-encoding'] ?? '';
      const encoding = encodings.find(
        ({ name: coding, suffix }) =>
          new RegExp(`\\b${coding}\\b`).test(accepted) && files.has(name + suffix),
      );
      if (encoding !== undefined) reply.header('content-encoding', encoding.name);
      return reply
        .type(type)
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('vary', 'accept-encoding')
        .header('cross-origin-resource-policy', 'cross-origin')
        .send(files.get(`${name}${encoding?.suffix ?? ''}`) ?? plain);
    },
  );
}

async function filesIn(folder: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for await (const entry of glob('**/*', { cwd: folder, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path).split(sep).join('/'), await readFile(path));
  }
  return files;
}
