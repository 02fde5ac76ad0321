import { PassThrough } from 'node:stream';
import { createClient } from 'almanac/client';
import { renderToPipeableStream } from 'react-dom/server';
import {
  createRequestHandler,
  type EntryContext,
  RouterContextProvider,
  type ServerBuild,
  ServerRouter,
} from 'react-router';
import { chooseLanguage, isLang, type Lang, languages } from './messages/languages.ts';
import { loadMessages } from './messages/load.ts';
import { NonceProvider } from './nonce.ts';
import { cookieOf, languageCookie } from './server/cookies.ts';
import { securityHeaders } from './server/security.ts';
import { keyOf } from './server/session.ts';
import { errorContext, type Visitor, visitorContext, visitorOf } from './visitor.ts';

export { handleError } from './server/report.ts';

await Promise.all(Object.keys(languages).map((lang) => loadMessages(lang as Lang)));

/** What the server that holds the pages gives with each request. */
export interface Visit {
  /** Reaches this server's own HTTP API. */
  fetch: typeof fetch;
  baseUrl: string;
  nonce: string;
  /** Takes what went wrong while a page was made, other than answers of the API. */
  onError(error: unknown): void;
}

/** Answers requests for pages and their data. */
export function createPages(build: ServerBuild): (request: Request, visit: Visit) => Promise<Response> {
  const answer = createRequestHandler(build, 'production');
  return async (request, visit) => {
    const url = new URL(request.url);
    const asked = url.searchParams.get('lang');
    const lang = chooseLanguage(asked, cookieOf(request, 'lang'), request.headers.get('accept-language'));
    const key = keyOf(request);
    const context = new RouterContextProvider();
    context.set(visitorContext, visitorFor(visit, lang, key));
    context.set(errorContext, visit.onError);
    const response = await answer(request, context);
    const isData = url.pathname.endsWith('.data');
    response.headers.set('vary', 'Accept, Accept-Encoding, Accept-Language, Cookie');
    if (isLang(asked)) response.headers.append('set-cookie', languageCookie(asked));
    if (!response.headers.has('cache-control')) {
      response.headers.set('cache-control', key === null ? 'no-cache' : 'no-store');
    }
    if (!isData)
      for (const [name, value] of securityHeaders(visit)) setUnlessGiven(response.headers, name, value);
    return response;
  };
}

function visitorFor({ fetch, baseUrl, nonce }: Visit, lang: Lang, key: string | null): Visitor {
  // Retries would hold up a page; a visitor reloads.
  const options = { baseUrl, fetch, retries: 0, timeoutMs: 15_000, userAgent: 'almanac-pages' };
  const publicApi = createClient(options);
  const apiWithKey = (token: string) => createClient({ ...options, token });
  const api = key === null ? publicApi : apiWithKey(key);
  return { api, publicApi, apiWithKey, signedIn: key !== null, lang, baseUrl, nonce };
}

/**
 * The page as a whole: pages are small, and a known length lets it be compressed and tagged at once. What is shown does
 * not move afterwards.
 */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  routerContext: EntryContext,
  context: RouterContextProvider,
): Promise<Response> {
  const { nonce } = visitorOf(context);
  headers.set('content-type', 'text/html; charset=utf-8');
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const { pipe, abort } = renderToPipeableStream(
      <NonceProvider value={nonce}>
        <ServerRouter context={routerContext} url={request.url} nonce={nonce} />
      </NonceProvider>,
      {
        nonce,
        onAllReady() {
          const page = new PassThrough();
          page.on('data', (chunk: Buffer) => chunks.push(chunk));
          page.on('end', () => resolve(new Response(Buffer.concat(chunks), { status, headers })));
          page.on('error', reject);
          pipe(page);
        },
        onError(error) {
          reject(error);
        },
      },
    );
    request.signal.addEventListener('abort', () => abort(request.signal.reason), { once: true });
  });
}

function setUnlessGiven(headers: Headers, name: string, value: string): void {
  if (!headers.has(name)) headers.set(name, value);
}
