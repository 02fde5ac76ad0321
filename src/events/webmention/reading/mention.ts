import { type Document, type Element, elementsIn, parentOf, textOf } from './document.ts';
import { enclosing, isOfType, isRoot, nameOf, plainValue, propertiesOf, timeValue } from './microformats.ts';

/** What the source says about the target, beside that it links to it. */
export interface Mention {
  /** Active name of the relation from source to target. */
  relation: Relation;
  title: string | null;
  author: string | null;
  /** When the entry says it was published; null when it does not, or not with its zone. */
  published: Date | null;
}

export type Relation = 'likes' | 'bookmarks' | 'discusses' | 'reviews' | 'references';

/** Which property of an entry means which relation (events §9.2), the first that holds wins. */
const RELATIONS: readonly (readonly [property: string, relation: Relation])[] = [
  ['like-of', 'likes'],
  ['bookmark-of', 'bookmarks'],
  ['in-reply-to', 'discusses'],
  ['repost-of', 'references'],
  ['item', 'reviews'],
];

const ENTRIES = ['h-entry', 'h-review', 'h-event'];
/** A page that links to one target more often has nothing more to say about it; looking stays linear. */
const MOST_LINKS = 100;
const MOST_TITLE = 1_000;
const MOST_NAME = 200;

/** Reads the mention from the entry that holds the link; of several links the first that is more than a plain one. */
export function readMention(document: Document, links: readonly Element[]): Mention {
  const readings = new Map<Element, Relation>();
  const holding = ancestorsOf(links);
  for (const link of links.slice(0, MOST_LINKS)) {
    const entry = enclosing(link, ENTRIES);
    if (entry !== null && !readings.has(entry)) readings.set(entry, relationOf(entry, holding));
  }
  const entries = [...readings];
  const [entry, relation] = entries.find(([, found]) => found !== 'references') ?? entries[0] ?? [];
  const fromPage = {
    relation: 'references' as const,
    title: titleOf(document),
    author: null,
    published: null,
  };
  if (entry === undefined || relation === undefined) return fromPage;
  const properties = propertiesOf(entry);
  const [name] = properties.get('name') ?? [];
  const [published] = properties.get('published') ?? [];
  return {
    relation,
    title: (name === undefined ? null : cleaned(plainValue(name), MOST_TITLE)) ?? fromPage.title,
    author: authorOf(entry, properties),
    published: published === undefined ? null : readMoment(timeValue(published)),
  };
}

/** The links and everything they stand in. */
function ancestorsOf(links: readonly Element[]): ReadonlySet<Element> {
  const found = new Set<Element>();
  for (const link of links) {
    for (let at: Element | null = link; at !== null && !found.has(at); at = parentOf(at)) found.add(at);
  }
  return found;
}

function relationOf(entry: Element, holding: ReadonlySet<Element>): Relation {
  const properties = propertiesOf(entry);
  for (const [name, relation] of RELATIONS) {
    if (properties.get(name)?.some((property) => pointsToTarget(property, holding))) return relation;
  }
  if (properties.has('rsvp')) return 'discusses';
  // A review that names no item reviews what it links to.
  return isOfType(entry, ['h-review']) && !properties.has('item') ? 'reviews' : 'references';
}

/** Whether a property is, or is about, what a link leads to: `u-like-of` itself, or the `u-url` of a nested `h-cite`. */
function pointsToTarget(property: Element, holding: ReadonlySet<Element>): boolean {
  if (!holding.has(property)) return false;
  const addresses = isRoot(property) ? propertiesOf(property).get('url') : undefined;
  const isLinkItself = property.tagName === 'a' || property.tagName === 'area';
  return isLinkItself || addresses === undefined || addresses.some((address) => holding.has(address));
}

/** The entry's author, or that of the feed it stands in. */
function authorOf(entry: Element, properties: Map<string, Element[]>): string | null {
  const [own] = properties.get('author') ?? [];
  if (own !== undefined) return cleaned(nameOf(own), MOST_NAME);
  const feed = enclosing(entry, ['h-feed']);
  const [shared] = feed === null ? [] : (propertiesOf(feed).get('author') ?? []);
  return shared === undefined ? null : cleaned(nameOf(shared), MOST_NAME);
}

function titleOf(document: Document): string | null {
  const title = [...elementsIn(document)].find(({ tagName }) => tagName === 'title');
  return title === undefined ? null : cleaned(textOf(title, 4 * MOST_TITLE), MOST_TITLE);
}

/** One line, without what is no character; null when nothing is left. */
function cleaned(text: string, most: number): string | null {
  const line = text
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return line === '' ? null : line.slice(0, most).toWellFormed();
}

const MOMENT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)\s?(?:([Zz])|([+-]\d\d):?(\d\d)?)$/;

/** ISO 8601 with its zone, in the spellings that microformats allow; anything else says no moment. */
export function readMoment(text: string): Date | null {
  const match = MOMENT.exec(text.trim());
  if (match === null) return null;
  const [, date = '', time = '', , hours, minutes = '00'] = match;
  const at = new Date(`${date}T${time}${hours === undefined ? 'Z' : `${hours}:${minutes}`}`);
  if (Number.isNaN(at.getTime())) return null;
  // 31 February is read as 3 March by some engines.
  return new Date(`${date}T00:00:00Z`).toISOString().startsWith(date) ? at : null;
}
