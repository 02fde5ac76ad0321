import type { JsonObject } from '../../client/index.ts';
import { type Codes, compact, createFindings, type MappedRepository } from '../registry/repository.ts';

/** An entry of ROAR, whichever form it came in: fields with their values in order; `a.b` for a field inside another's items. */
export interface RoarEntry {
  id: number;
  /** The first value of a field, null when it is empty. */
  one(field: string): string | null;
  many(field: string): string[];
  /** The items of `organisation` and `location`. */
  items(field: string): { one(field: string): string | null }[];
}

const byType: Record<string, { type?: string; content?: string; status?: string }> = {
  institutional: { type: 'Institutional' },
  subject: { type: 'Disciplinary' },
  journal: { content: 'Journal articles' },
  theses: { content: 'Theses and dissertations' },
  database: { content: 'Datasets' },
  researchdata: { content: 'Datasets' },
  opendata: { content: 'Datasets' },
  learning: { content: 'Learning Objects' },
  demonstration: { status: 'Trial' },
};

const dayMs = 86_400_000;

/** Maps an entry of ROAR to the register (registry.md §7); null when it has no home page. */
export function mapRoarEntry(entry: RoarEntry, codes: Codes): MappedRepository | null {
  const findings = createFindings(codes);
  const url = findings.url('home_page', entry.one('home_page'));
  if (url === null) return null;
  const type = entry.one('type');
  const means = byType[type ?? ''] ?? {};
  const locations = entry.items('location').map((location) => ({
    country_code: findings.country('location.country', location.one('country')),
    ...findings.place(location.one('latitude'), location.one('longitude')),
  }));
  const [location] = locations;
  const organisations = entry.items('organisation').map((organisation, place) => {
    const details = compact({
      name: organisation.one('title'),
      url: findings.url('organisation.home_page', organisation.one('home_page')),
      ...(locations[place] ?? location),
    });
    return compact({ role: ['host'], details });
  });
  const email = entry.one('contact_email');
  const contact = compact({
    email: email !== null && /^[^\s@]+@[^\s@]+$/.test(email) ? email : null,
    ...findings.place(entry.one('latitude'), entry.one('longitude')),
  });
  const record = compact({
    name: entry.one('title'),
    url,
    description: entry.one('description'),
    twitter: entry.one('twitter_feed'),
    country_code: location?.country_code ?? null,
    repository_type: means.type === undefined ? [] : [means.type],
    content_type: means.content === undefined ? [] : [means.content],
  });
  const api = (apiType: string, field: string): JsonObject[] =>
    entry.many(field).flatMap((address) => {
      const base = findings.url(field, address);
      return base === null ? [] : [{ api_type: apiType, base_url: base }];
    });
  const lastmod = timeOf(entry.one('lastmod'));
  const software = compact({ name: entry.one('software'), version: entry.one('version') });
  return {
    id: entry.id,
    register: compact({
      operational_status: means.status ?? null,
      metadata: [{ lang: 'en', default: true, record }],
      software: 'name' in software ? [software] : [],
      contact: Object.keys(contact).length === 0 ? [] : [{ role: ['administrator'], details: contact }],
      organisation: organisations.filter((organisation) => 'details' in organisation),
      api: [...api('oai-pmh', 'oai_pmh'), ...api('sword', 'sword_endpoint'), ...api('rss', 'rss_feed')],
      identifier: [{ scheme: 'roar', value: String(entry.id) }],
    }),
    admin: compact({
      roar_id: entry.id,
      date_deposited: timeOf(entry.one('datestamp')),
      last_modified: lastmod,
      roar_type: type,
      fulltext: entry.one('fulltext'),
      open_access: entry.one('open_access'),
      mandate: entry.one('mandate'),
      subjects: entry.many('subjects'),
      invalid: findings.invalid,
    }),
    statistics: countsOf(entry, lastmod),
  };
}

/** `recordcount` at `lastmod`, and `recordhistory` one 365-day step back each from there, until the first 0. */
function countsOf(entry: RoarEntry, lastmod: string | null): MappedRepository['statistics'] {
  if (lastmod === null) return [];
  const count = numberOf(entry.one('recordcount'));
  const history = (entry.one('recordhistory') ?? '').split(',').map((text) => numberOf(text.trim()));
  const values = new Map<string, number>();
  if (count !== null) values.set(lastmod, count);
  for (const [steps, value] of history.reverse().entries()) {
    if (value === null || value === 0) break;
    const date = `${new Date(Date.parse(lastmod) - steps * 365 * dayMs).toISOString().slice(0, 19)}Z`;
    if (!values.has(date)) values.set(date, value);
  }
  return [...values].map(([date, value]) => ({ type: 'item_count', value, date }));
}

function numberOf(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

/** `YYYY-MM-DD HH:MM:SS`, in UTC. */
function timeOf(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}:\d{2}Z?)?$/.test(text)) return null;
  const time = Date.parse(`${text.slice(0, 10)}T${text.slice(11, 19) || '00:00:00'}Z`);
  return Number.isFinite(time) ? `${new Date(time).toISOString().slice(0, 19)}Z` : null;
}
