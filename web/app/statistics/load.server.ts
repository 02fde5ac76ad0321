import {
  type AlmanacClient,
  AlmanacError,
  type Statistics,
  type SubjectType,
  type Top,
} from 'almanac/client';
import { countriesOnMap } from '../charts/world.server.ts';
import type { I18n } from '../i18n.tsx';
import { ask, askFor } from '../server/ask.ts';
import { type SourceTotals, totalsOf } from '../works/totals.ts';
import { type Figures, figuresOf } from './figures.ts';
import { matching } from './matching.server.ts';
import type { Question } from './question.ts';

export interface CountryRow {
  code: string;
  name: string;
  requests: number;
  unique: number;
  investigations: number;
  onMap: boolean;
}

/** What a page was asked to compare with and nobody knows. */
export interface Missing {
  id: string;
  /** As the address says it. */
  asked: string;
  /** Subjects of the same kind with these words in their names. */
  like: { type: SubjectType; id: string; name: string | null }[];
}

export interface Compared {
  others: (Figures & { asked: string })[];
  missing: Missing[];
}

export function askStatistics(
  api: AlmanacClient,
  type: SubjectType,
  id: string,
  question: Question,
): Promise<Statistics> {
  const { from, until, granularity } = question;
  return ask(api.usage.statistics(type, id, { from, until, granularity, by: 'country' }));
}

export interface PublicationsOf {
  items: Top['items'];
  /** Whether there are more than are listed. */
  more: boolean;
  size: number;
}

/**
 * Publications of a scholar, used or not, and those of a partner that were used in the period; null for others and for
 * who is not known.
 */
export async function publicationsOf(
  api: AlmanacClient,
  type: SubjectType,
  id: string,
  { from, until, top: size }: Question,
): Promise<PublicationsOf | null> {
  if (type !== 'scholar' && type !== 'partner') return null;
  const found = await askFor(
    api.usage.top('publications', { [type]: id, from, until, size: Math.min(size + 1, 1000) }),
  );
  if (found === null) return null;
  const items = found.items.filter(
    ({ metrics }) => type === 'scholar' || metrics.total_item_investigations > 0,
  );
  return { items: items.slice(0, size), more: items.length > size, size };
}

export interface MentionsOf {
  /** Canonical id of the work. */
  id: string;
  totals: SourceTotals[];
}

/** What is said of a publication elsewhere, by source. */
export async function mentionsOf(api: AlmanacClient, id: string): Promise<MentionsOf | null> {
  const [work, sources] = await Promise.all([askFor(api.events.work(id)), ask(api.events.sources())]);
  return work === null ? null : { id: work.id, totals: totalsOf(work, sources) };
}

/** The subjects a page is asked to compare with; those nobody knows are named, and what has such a name. */
export async function compared(
  api: AlmanacClient,
  { from, until, granularity, others }: Question,
  said: I18n,
): Promise<Compared> {
  const answers = await Promise.all(
    others.map(async ({ type, id, asked }) => {
      try {
        const answer = await api.usage.statistics(type, id, { from, until, granularity });
        return { other: { ...named(figuresOf(answer), said), asked } };
      } catch (error) {
        if (error instanceof AlmanacError && (error.status === 404 || error.status === 400)) {
          const like = (await matching(api, type, id)).slice(0, 5).map(({ subject }) => subject);
          return { missing: { id, asked, like } };
        }
        return ask<never>(Promise.reject(error));
      }
    }),
  );
  return {
    others: answers.flatMap(({ other }) => other ?? []),
    missing: answers.flatMap(({ missing }) => missing ?? []),
  };
}

/** Countries have the name the reader knows. */
export function named(figures: Figures, { country }: I18n): Figures {
  return figures.type === 'country' ? { ...figures, name: country(figures.id) } : figures;
}

/** Countries by downloads, most first, by the names the server knows: browsers may know others. */
export function countryRows({ countries }: Statistics, said: I18n): CountryRow[] {
  const shown = countriesOnMap();
  return countries
    .map(({ country: code, ...metrics }) => ({
      code,
      name: code === 'ZZ' ? said.t('statistics.unknownCountry') : said.country(code),
      requests: metrics.total_item_requests,
      unique: metrics.unique_item_requests,
      investigations: metrics.total_item_investigations,
      onMap: shown.has(code),
    }))
    .sort((one, other) => other.requests - one.requests || other.investigations - one.investigations);
}
