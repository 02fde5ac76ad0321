import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';

/** A web site on the loopback whose pages are what a test says. */
export async function startSite() {
  const pages = new Map<string, RequestListener>();
  const asked: string[] = [];
  let open = 0;
  let mostOpen = 0;
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    open += 1;
    mostOpen = Math.max(mostOpen, open);
    response.once('close', () => {
      open -= 1;
    });
    const page = pages.get(path);
    if (page === undefined) response.writeHead(404).end();
    else page(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    port,
    /** Paths asked for, in order. */
    asked,
    mostOpen: () => mostOpen,
    /** Answers of a path from now on. */
    answers(path: string, listener: RequestListener): string {
      pages.set(path, listener);
      return url + path;
    },
    /** A page of HTML, with a status of its own if need be. */
    page(path: string, html: string, status = 200): string {
      return this.answers(path, (_request, response) =>
        response.writeHead(status, { 'content-type': 'text/html' }).end(html),
      );
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

export type Site = Awaited<ReturnType<typeof startSite>>;
