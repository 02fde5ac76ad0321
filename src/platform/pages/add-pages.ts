import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type App, problem } from '../http/index.ts';
import type { Log } from '../log/index.ts';
import { addAssets } from './assets.ts';
import { type BuiltPages, loadPages } from './build.ts';
import { injectFetch } from './inject-fetch.ts';
import { requestOf } from './page-request.ts';
import { sendPage } from './send-page.ts';

export interface PageOptions {
  log: Log;
  /** `web/build`. */
  folder: string;
  /** Null: the address a visitor used. */
  publicUrl: string | null;
  /** Whether everything shown is invented, which the pages then say. */
  isDemo?: boolean;
}

const forms = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];

/**
 * Adds the pages, after all other routes: where both have an address (`/suggest`), browsers get the page and programs
 * the API, by `Accept`. Without a build the API is served alone.
 */
export async function addPages(
  app: App,
  { log, folder, publicUrl, isDemo = false }: PageOptions,
): Promise<void> {
  const pages = await loadPages(folder);
  if (pages === null) {
    log.warn('the web pages are not built (npm install builds them); only the API is served');
    return;
  }
  await addAssets(app, join(folder, 'client', 'assets'));
  const handler = answering(app, pages, { log, publicUrl, isDemo });
  for (const { path, takesForms, hasPage } of pages.routes) {
    for (const url of addressesOf(path, hasPage)) addRoute(app, url, takesForms, handler);
  }
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

function addRoute(app: App, url: string, takesForms: boolean, handler: Handler): void {
  for (const method of takesForms ? (['GET', 'POST'] as const) : (['GET'] as const)) {
    const shared = url.endsWith('*') || app.hasRoute({ method, url });
    app.route({
      method,
      url,
      handler,
      ...(shared && { constraints: { wants: 'html' }, exposeHeadRoute: false }),
      config: { anyParameters: true, ignoresKey: true, upload: forms },
      schema: { hide: true },
    });
  }
}

/** A page's own address, and that of its data, which its script asks for. */
function addressesOf(path: string, hasPage: boolean): string[] {
  if (path.endsWith('*') || !hasPage) return [path];
  return path === '/' ? ['/', '/_root.data', '/_.data'] : [path, `${path}.data`];
}

function answering(
  app: App,
  pages: BuiltPages,
  { log, publicUrl, isDemo }: Required<Omit<PageOptions, 'folder'>>,
): Handler {
  return async (request, reply) => {
    const origin = originOf(request);
    const baseUrl = publicUrl ?? origin;
    if (!comesFromHere(request, [origin, baseUrl])) {
      throw problem(403, 'A form of another site was sent here.');
    }
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const answer = await pages.answer(requestOf(request, origin, gone.signal), {
      fetch: injectFetch(app, request.ip),
      baseUrl,
      isDemo,
      nonce: randomBytes(18).toString('base64'),
      onError: (error) => log.error({ err: error, route: request.routeOptions.url }, 'a page failed'),
    });
    return sendPage(request, reply, answer);
  };
}

/** Where the visitor reached this server. */
function originOf(request: FastifyRequest): string {
  const url = `${request.protocol}://${request.host}`;
  return URL.canParse(url) ? new URL(url).origin : 'http://localhost';
}

/**
 * Browsers say where a form was on; one that does not is no browser of these days, and programs send no cookies of
 * others.
 */
function comesFromHere(request: FastifyRequest, origins: string[]): boolean {
  if (request.method !== 'POST') return true;
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (origin === undefined) return true;
  return origins.some((one) => URL.canParse(one) && new URL(one).origin === origin);
}
