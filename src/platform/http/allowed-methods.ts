import type { App } from './app.ts';

/** Knows which methods the routes at a path take, so that a wrong method is a 405 with Allow and not a 404. */
export function allowedMethods(app: App): (path: string) => string[] {
  const routes: { pattern: RegExp; method: string }[] = [];
  app.addHook('onRoute', ({ url, method }) => {
    if (url === '*' || url === '/*') return; // the preflight route of CORS, the page that says 404
    for (const one of [method].flat()) routes.push({ pattern: patternOf(url), method: one });
  });
  return (path) =>
    [...new Set(routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))].sort();
}

/** A route's URL (`/a/:id/b`, `/files/*`) as a pattern of paths. */
export function patternOf(url: string): RegExp {
  const source = url
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:[A-Za-z0-9_]+/g, '[^/]+')
    .replace(/\*$/, '.*');
  return new RegExp(`^${source}$`);
}
