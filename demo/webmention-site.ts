import { once } from 'node:events';
import { createServer } from 'node:http';

/** The sample's invented web site, on an address that only this machine has. */
export interface DemoSite {
  /** The address it is served at; the server must be allowed to reach it. */
  address: string;
  url: string;
  /** What it shows from now on, by path. */
  show(pages: readonly { path: string; html: string }[]): void;
  stop(): void;
}

/**
 * Of the loopback, but none that other programs listen on by habit: whoever lets the sample's server reach it lets it reach
 * little else. Machines that have 127.0.0.1 only (macOS) use that.
 */
const ADDRESSES = ['127.94.0.1', '127.0.0.1'];
/** Always the same, so that a page has one address and loading again changes nothing; taken: any other. */
const PORTS = [18_480, 0];

/** Serves nothing at first. */
export async function startDemoSite(): Promise<DemoSite> {
  const pages = new Map<string, string>();
  const server = createServer((request, response) => {
    const html = pages.get(request.url ?? '');
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (html === undefined) response.writeHead(404).end();
    else response.end(html);
  });
  for (const address of ADDRESSES) {
    for (const port of PORTS) {
      server.listen(port, address);
      try {
        await once(server, 'listening');
      } catch {
        // This machine does not have the address, or somebody has the port.
        continue;
      }
      const bound = server.address();
      const at = typeof bound === 'object' && bound !== null ? bound.port : port;
      return {
        address,
        url: `http://${address}:${at}`,
        show(shown) {
          for (const { path, html } of shown) pages.set(path, html);
        },
        stop() {
          server.closeAllConnections();
          server.close();
        },
      };
    }
  }
  throw new Error('the loopback has no free port');
}
