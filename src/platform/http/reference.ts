import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import Fastify from 'fastify';
import type { App } from './app.ts';

const settings = {
  // Relative, so that the page also works below a path of a reverse proxy.
  url: './openapi.json',
  cdn: './docs/reference.js',
  pageTitle: 'Almanac API',
  // Nothing of this page comes from, or goes to, another server.
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never' as const,
  mcp: { disabled: true },
  agent: { disabled: true },
  // Every route is seen at once; closed groups hide most of them.
  defaultOpenAllTags: true,
};

interface Reference {
  page: string;
  script: Buffer;
}

/**
 * `GET /docs`: the reference of `/openapi.json` as a page.
 * Its script is 4 MB, read when the page is first asked for (0.2 s) and not at every start.
 */
export function serveReference(app: App): void {
  let loaded: Promise<Reference> | undefined;
  const reference = () => {
    loaded ??= load();
    return loaded;
  };

  app.get('/docs', { schema: { hide: true } }, async (_request, reply) => {
    const { page } = await reference();
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-cache')
      .header('content-security-policy', policyOf(page))
      .send(page);
  });

  app.get('/docs/reference.js', { schema: { hide: true } }, async (request, reply) => {
    const { script } = await reference();
    reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'max-age=86400')
      .header('vary', 'accept-encoding');
    if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? ''))
      return reply.send(await promisify(gunzip)(script));
    return reply.header('content-encoding', 'gzip').send(script);
  });
}

// The package serves through Fastify only, so a private instance is asked once for both parts.
async function load(): Promise<Reference> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const source = Fastify();
  source.register(scalar, { routePrefix: '/docs', configuration: settings });
  const page = await source.inject('/docs/');
  const script = await source.inject('/docs/js/scalar.js');
  await source.close();
  if (page.statusCode !== 200 || script.statusCode !== 200)
    throw new Error('the API reference cannot be loaded');
  // The package's page does not say its language, which a screen reader goes by.
  const body = page.body.replace(/<html>/i, '<html lang="en">');
  return { page: body, script: await promisify(gzip)(script.rawPayload) };
}

/** Scripts: our own file and the one inline script of the page, by its hash. Styles are inserted at run time. */
function policyOf(page: string): string {
  const hashes = [...page.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)]
    .map(([, code = '']) => code)
    .filter((code) => code !== '')
    .map((code) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`);
  return [
    "default-src 'none'",
    `script-src 'self' ${hashes.join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
