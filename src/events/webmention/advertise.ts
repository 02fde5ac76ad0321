import type { App } from '../../platform/http/index.ts';

/** The value of a `Link` header, and what a page says in `<link>`: where mentions of it go (Webmention §3.1.2). */
export function webmentionLink(publicUrl: string): string {
  return `<${publicUrl.replace(/\/*$/, '')}/webmention>; rel="webmention"`;
}

/**
 * Adds the endpoint to the `Link` header of every answer to GET and HEAD of these routes; what a route says there itself stays.
 * @param routes as they are written, `/record/:id`.
 */
export function advertiseWebmention(app: App, routes: readonly string[], publicUrl: () => string): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const { url, method } = request.routeOptions;
    const reads = [method].flat().some((one) => one === 'GET' || one === 'HEAD');
    if (!reads || url === undefined || !routes.includes(url)) return payload;
    const own = reply.getHeader('link');
    const link = webmentionLink(publicUrl());
    reply.header('link', own === undefined ? link : `${String(own)}, ${link}`);
    return payload;
  });
}
