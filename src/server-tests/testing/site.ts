import { once } from 'node:events';
import { createServer } from 'node:http';

/** A web site on the loopback, whose pages are what a test says. */
export async function startSite() {
  const pages = new Map<string, { html: string; status: number }>();
  const asked: string[] = [];
  let held: Promise<void> = Promise.resolve();
  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    await held;
    const page = pages.get(path);
    response.writeHead(page?.status ?? 404, { 'content-type': 'text/html' }).end(page?.html);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  return {
    url,
    /** Paths asked for, in order. */
    asked,
    /** Shows a page from now on; answers its address. */
    page(path: string, html: string, status = 200): string {
      pages.set(path, { html, status });
      return url + path;
    },
    /** Keeps every answer back until the function it gives is called. */
    hold(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
