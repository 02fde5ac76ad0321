import type { FeedRecord } from './feeds.store.ts';
import { xmlElement, xmlHead, xmlText } from './xml-text.ts';

// ResourceSync Framework (ANSI/NISO Z39.99-2017): sitemaps with a few elements of its own.

const namespaces =
  'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:rs="http://www.openarchives.org/rs/terms/"';

/** Entries of one list; a larger one is split under an index. */
export const mostEntries = 50_000;

export interface Listed {
  loc: string;
  lastmod?: string;
  /** Attributes of `rs:md`. */
  md?: Record<string, string | number>;
}

/** One document of ResourceSync. `up` is the capability list, or the source description for that list itself. */
export function syncDocument(
  kind: 'urlset' | 'sitemapindex',
  capability: string,
  { up, entries, md = {} }: { up?: string; entries: Listed[]; md?: Record<string, string> },
): string {
  const item = kind === 'urlset' ? 'url' : 'sitemap';
  const attributes = (values: Record<string, string | number>) =>
    Object.entries(values)
      .map(([name, value]) => ` ${name}="${xmlText(String(value))}"`)
      .join('');
  const listed = entries.map(
    ({ loc, lastmod, md: own }) =>
      `<${item}>${xmlElement('loc', loc)}${xmlElement('lastmod', lastmod)}${own === undefined ? '' : `<rs:md${attributes(own)}/>`}</${item}>\n`,
  );
  return [
    `${xmlHead}<${kind} ${namespaces}>\n`,
    up === undefined ? '' : `<rs:ln rel="up" href="${xmlText(up)}"/>\n`,
    `<rs:md${attributes({ capability, ...md })}/>\n`,
    ...listed,
    `</${kind}>\n`,
  ].join('');
}

/** How a record has changed, as ResourceSync says it. */
export function changeOf({ created, updated, deleted }: FeedRecord): 'created' | 'updated' | 'deleted' {
  if (deleted) return 'deleted';
  return created === updated ? 'created' : 'updated';
}
