import { defaultMetadata, textOf } from '../model/record.ts';
import type { FeedRecord } from './feeds.store.ts';
import { xmlElement, xmlHead, xmlText } from './xml-text.ts';

/** Changes as an Atom feed (RFC 4287), deleted records as tombstones (RFC 6721). */
export function atomFeed(
  records: FeedRecord[],
  { baseUrl, self, next, updated }: { baseUrl: string; self: string; next: string | null; updated: string },
): string {
  const link = (rel: string, href: string, type = 'application/atom+xml') =>
    `<link rel="${rel}" type="${type}" href="${xmlText(href)}"/>`;
  return [
    `${xmlHead}<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">`,
    xmlElement('id', `${baseUrl}/feed.atom`),
    '<title>Changes of the register of repositories</title>',
    xmlElement('updated', updated),
    '<author><name>Almanac</name></author>',
    link('self', self),
    next === null ? '' : link('next', next),
    ...records.map((record) => (record.deleted ? tombstone(record) : entry(record))),
    '</feed>\n',
  ].join('');

  function tombstone({ id, updated: when }: FeedRecord): string {
    return `<at:deleted-entry ref="info:oarr:${id}" when="${when}"/>`;
  }

  function entry({ id, created, updated: at, register }: FeedRecord): string {
    const metadata = defaultMetadata(register);
    return [
      '<entry>',
      xmlElement('id', `info:oarr:${id}`),
      xmlElement('title', textOf(metadata, 'name') ?? textOf(metadata, 'url') ?? id),
      xmlElement('updated', at),
      xmlElement('published', created),
      link('alternate', `${baseUrl}/repositories/${id}`, 'text/html'),
      link('via', `${baseUrl}/record/${id}`, 'application/json'),
      xmlElement('summary', textOf(metadata, 'description')),
      '</entry>',
    ].join('');
  }
}
