import { createClient } from 'almanac/client';
import { renderToString } from 'react-dom/server';
import {
  createRequestHandler,
  type EntryContext,
  RouterContextProvider,
  type ServerBuild,
  ServerRouter,
} from 'react-router';
import { type Written, WrittenProvider } from './i18n.tsx';
import { chooseLanguage, isLang, type Lang, languages } from './messages/languages.ts';
import { loadMessages } from './messages/load.ts';
import { NonceProvider } from './nonce.ts';
import { createKnownPlaces } from './search/known-places.server.ts';
import { cookieOf, languageCookie } from './server/cookies.ts';
import { handedOver, handoff } from './server/handoff.ts';
import { createRenderedPages } from './server/rendered-pages.ts';
import { securityHeaders } from './server/security.ts';
import { keyOf } from './server/session.ts';
import { errorContext, type PlaceMemory, type Visitor, visitorContext, visitorOf } from './visitor.ts';

export { handleError } from './server/report.ts';

await Promise.all(Object.keys(languages).map((lang) => loadMessages(lang as Lang)));

/** What the server that holds the pages gives with each request. */
export interface Visit {
  /** Reaches this server's own HTTP API. */
  fetch: typeof fetch;
  baseUrl: string;
  /** Whether all that is shown is invented. */
  isDemo: boolean;
  nonce: string;
  /** Takes what went wrong while a page was made, other than answers of the API. */
  onError(error: unknown): void;
}

export interface PageAnswer {
  /** Status and headers; the body of whatever is no page. */
  response: Response;
  /** A whole page: as a text, since a body is copied at every step of its way. */
  html: string | null;
}

const pages = new WeakMap<Response, string>();

/** Answers requests for pages and their data. */
export function createPages(build: ServerBuild): (request: Request, visit: Visit) => Promise<PageAnswer> {
  const answer = createRequestHandler(build, 'production');
  const rendered = createRenderedPages();
  const places: PlaceMemory = { known: createKnownPlaces(), drawings: new Map(), files: new Map() };
  return async (request, visit) => {
    const url = new URL(request.url);
    const asked = url.searchParams.get('lang');
    const lang = chooseLanguage(asked, cookieOf(request, 'lang'), request.headers.get('accept-language'));
    const key = keyOf(request);
    const context = new RouterContextProvider();
    context.set(visitorContext, { ...visitorFor(visit, lang, key, places), rendered });
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
    return { response, html: pages.get(response) ?? null };
  };
}

function visitorFor(
  { fetch, baseUrl, isDemo, nonce }: Visit,
  lang: Lang,
  key: string | null,
  places: PlaceMemory,
): Omit<Visitor, 'rendered'> {
  // Retries would hold up a page; a visitor reloads.
  const options = { baseUrl, fetch, retries: 0, timeoutMs: 15_000, userAgent: 'almanac-pages' };
  const publicApi = createClient(options);
  const apiWithKey = (token: string) => createClient({ ...options, token });
  const api = key === null ? publicApi : apiWithKey(key);
  return { api, publicApi, apiWithKey, signedIn: key !== null, lang, places, baseUrl, isDemo, nonce };
}

/**
 * The page as a whole and in one go: pages wait for nothing while they are rendered, since their loaders have done so, and
 * a whole one can be compressed and tagged at once. What is shown does not move afterwards, and no script of React's puts
 * parts of it in place while it is taken over.
 */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  { serverHandoffStream, ...routerContext }: EntryContext,
  context: RouterContextProvider,
): Promise<Response> {
  const { nonce, rendered } = visitorOf(context);
  const data = await handedOver(serverHandoffStream);
  const render = () => wholePage(routerContext, request.url, data, nonce);
  const isRepeatable = data !== null && request.method === 'GET' && status === 200;
  const html = isRepeatable ? rendered.page({ url: request.url, data, nonce }, render) : render();
  headers.set('content-type', 'text/html; charset=utf-8');
  const response = new Response(null, { status, headers });
  pages.set(response, html);
  return response;
}

function wholePage(
  context: Omit<EntryContext, 'serverHandoffStream'>,
  url: string,
  data: string | null,
  nonce: string,
): string {
  const written: Written = new Map();
  const html = renderToString(
    <NonceProvider value={nonce}>
      <WrittenProvider value={written}>
        <ServerRouter context={context} url={url} nonce={nonce} />
      </WrittenProvider>
    </NonceProvider>,
  );
  const body = html.lastIndexOf('</body>');
  const end = body === -1 ? html.length : body;
  const scripts = data === null ? '' : handoff(data, written, nonce);
  return `<!DOCTYPE html>${html.slice(0, end)}${scripts}${html.slice(end)}`;
}

function setUnlessGiven(headers: Headers, name: string, value: string): void {
  if (!headers.has(name)) headers.set(name, value);
}
