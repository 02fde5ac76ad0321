import { glob, readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { App } from '../http/index.ts';

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

/** `/assets/…`: files whose names change with their content, so they are asked for once and kept for good. */
export async function addAssets(app: App, folder: string): Promise<void> {
  const files = await namesIn(folder);
  app.get<{ Params: { '*': string } }>(
    '/assets/*',
    { logLevel: 'warn', schema: { hide: true }, config },
    async (request, reply) => {
      const name = request.params['*'];
      if (!files.has(name) || types[extname(name)] === undefined) return reply.callNotFound();
      const accepted = request.headers['accept-encoding'] ?? '';
      const encoding = encodings.find(
        ({ name: coding, suffix }) =>
          new RegExp(`\\b${coding}\\b`).test(accepted) && files.has(name + suffix),
      );
      if (encoding !== undefined) reply.header('content-encoding', encoding.name);
      return reply
        .type(types[extname(name)] ?? '')
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('vary', 'accept-encoding')
        .header('cross-origin-resource-policy', 'cross-origin')
        .send(await readFile(join(folder, `${name}${encoding?.suffix ?? ''}`)));
    },
  );
}

async function namesIn(folder: string): Promise<Set<string>> {
  const names = new Set<string>();
  for await (const name of glob('**/*', { cwd: folder })) names.add(name.split(sep).join('/'));
  return names;
}
