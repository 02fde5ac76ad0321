import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What the server gives with each request for a page. */
export interface Visit {
  /** Reaches this server's own HTTP API. */
  fetch: typeof fetch;
  baseUrl: string;
  isDemo: boolean;
  nonce: string;
  onError(error: unknown): void;
}

export interface PageAnswer {
  /** Status and headers; the body of whatever is no page. */
  response: Response;
  /** A whole page. */
  html: string | null;
}

interface BuiltRoute {
  id: string;
  parentId?: string | undefined;
  path?: string | undefined;
  index?: boolean | undefined;
  module: { default?: unknown; loader?: unknown; action?: unknown };
}

interface Build {
  routes: Record<string, BuiltRoute>;
  entry: {
    module: { createPages(build: Build): (request: Request, visit: Visit) => Promise<PageAnswer> };
  };
}

export interface BuiltPages {
  answer(request: Request, visit: Visit): Promise<PageAnswer>;
  /** Paths as the HTTP server writes them, and whether forms are sent there. */
  routes: { path: string; takesForms: boolean; hasPage: boolean }[];
}

/** The pages of a finished build, or null when there is none. */
export async function loadPages(folder: string): Promise<BuiltPages | null> {
  const file = join(folder, 'server', 'index.js');
  if (!existsSync(file)) return null;
  const build = (await import(pathToFileURL(file).href)) as Build;
  const routes = Object.values(build.routes)
    .filter((route) => route.path !== undefined || route.index === true)
    .map((route) => ({
      path: pathOf(build, route),
      takesForms: route.module.action !== undefined,
      hasPage: route.module.default !== undefined,
    }));
  return { answer: build.entry.module.createPages(build), routes };
}

function pathOf(build: Build, route: BuiltRoute | undefined): string {
  if (route === undefined) return '';
  const above = route.parentId === undefined ? '' : pathOf(build, build.routes[route.parentId]);
  const path = `${above}/${route.path ?? ''}`.replaceAll(/\/{2,}/g, '/');
  return path.length > 1 ? path.replace(/\/$/, '') : path;
}
