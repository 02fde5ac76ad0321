import { once } from 'node:events';
import { createServer } from 'node:http';
import {
  coreAnswer,
  crossrefAnswer,
  doajAnswer,
  epmcAnswer,
  opfAnswer,
  type Said,
  unpaywallAnswer,
} from './answers.ts';
import { demoArticles, type MadeUpArticle } from './articles.ts';
import { type Failure, give } from './failures.ts';

export const sourceNames = ['epmc', 'doaj', 'core', 'opf', 'crossref', 'unpaywall'] as const;
export type SourceName = (typeof sourceNames)[number];

export interface Upstreams {
  /** As the configuration names them; keys and contact included, since these upstreams take any. */
  settings: {
    epmcUrl: string;
    doajUrl: string;
    coreUrl: string;
    coreApiKey: string;
    opfUrl: string;
    opfApiKey: string;
    crossrefUrl: string;
    unpaywallUrl: string;
    contactEmail: string;
  };
  /** From now on this source fails in this way; null: it answers again. */
  fail(source: SourceName, failure: Failure | null): void;
  /** Path and query of every request, in order. */
  asked(source: SourceName): readonly string[];
  /** Closes the port, so that connections are refused, or opens it again. */
  refuse(isRefusing: boolean): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts all upstreams on the loopback, answering about made-up articles (those of the demo if no others are given). `instead`
 * may answer single requests otherwise.
 */
export async function startUpstreams(
  articles: readonly MadeUpArticle[] = demoArticles,
  instead: (source: SourceName, path: string) => Said | null = () => null,
): Promise<Upstreams> {
  const failing = new Map<string, Failure>();
  const requests = new Map<string, string[]>(sourceNames.map((name) => [name, []]));
  const answers: Record<SourceName, (path: string, query: URLSearchParams) => Said> = {
    epmc: (path, query) => epmcAnswer(articles, path.replace(/^\/rest/, ''), query),
    doaj: (path) => doajAnswer(articles, path),
    core: (_path, query) => coreAnswer(articles, query),
    opf: (_path, query) => opfAnswer(articles, query),
    crossref: (path) => crossrefAnswer(articles, path),
    unpaywall: (path) => unpaywallAnswer(articles, path),
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://upstream');
    const name = url.pathname.split('/')[1] as SourceName;
    const answer = answers[name];
    if (answer === undefined) {
      response.writeHead(404).end();
      return;
    }
    const path = url.pathname.slice(name.length + 1);
    requests.get(name)?.push(`${path}${url.search}`);
    const said = instead(name, path) ?? answer(path, url.searchParams);
    give(response, said, failing.get(name) ?? null, request.url ?? '/');
  });
  const listen = (port: number) => once(server.listen(port, '127.0.0.1'), 'listening');
  const stop = () => {
    const closed = once(server.close(), 'close');
    server.closeAllConnections();
    return closed;
  };
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('not listening on a port');
  const base = `http://127.0.0.1:${address.port}`;
  return {
    settings: {
      epmcUrl: `${base}/epmc/rest`,
      doajUrl: `${base}/doaj`,
      coreUrl: `${base}/core`,
      coreApiKey: 'made-up-key',
      opfUrl: `${base}/opf`,
      opfApiKey: 'made-up-key',
      crossrefUrl: `${base}/crossref`,
      unpaywallUrl: `${base}/unpaywall`,
      contactEmail: 'demo@example.org',
    },
    fail(source, failure) {
      if (failure === null) failing.delete(source);
      else failing.set(source, failure);
    },
    asked: (source) => requests.get(source) ?? [],
    async refuse(isRefusing) {
      if (isRefusing === !server.listening) return;
      if (isRefusing) await stop();
      else await listen(address.port);
    },
    async close() {
      if (server.listening) await stop();
    },
  };
}
