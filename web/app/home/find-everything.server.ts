import { type AlmanacClient, AlmanacError, type SubjectType } from 'almanac/client';
import type { Lang } from '../messages/languages.ts';
import { find } from '../search/find.server.ts';
import { readState } from '../search/state.ts';
import { ask } from '../server/ask.ts';
import { authorsOf, plainTitle } from '../works/describe.ts';

export interface UsedSubject {
  type: Exclude<SubjectType, 'country'>;
  id: string;
  name: string | null;
  requests: number;
}

export interface FoundWork {
  id: string;
  title: string | null;
  authors: string[];
  issued: string | null;
}

const types = ['publication', 'scholar', 'partner'] as const;
const shown = 10;
const longestQuestion = 500;

/**
 * Repositories that hold the words, works with them in their titles, people and partners with them in their names, and the
 * publication, scholar or partner that the words identify.
 */
export async function findEverything(api: AlmanacClient, q: string, lang: Lang) {
  const state = readState(new URLSearchParams({ q }));
  const [{ total, entries }, works, named, ...used] = await Promise.all([
    find(api, state, lang, { size: shown, facets: false }),
    titled(api, q),
    namedSo(api, q),
    ...types.map((type) => identified(api, type, q)),
  ]);
  return {
    repositories: { total, entries },
    works,
    // A work is shown once.
    subjects: [
      ...used.filter((one) => one !== null).filter(({ id }) => !works.found.some((work) => work.id === id)),
      ...named.found.filter(({ id }) => !used.some((one) => one?.id === id)),
    ],
    moreSubjects: named.more,
  };
}

/** Works by words of their titles, those that fit best and are used most first, or by an identifier in any spelling. */
async function titled(api: AlmanacClient, q: string): Promise<{ found: FoundWork[]; more: boolean }> {
  // Words cut off at the end would look for another title.
  if (q.length > longestQuestion) return { found: [], more: false };
  const { works, meta } = await ask(api.events.works({ q, sort: 'relevance', size: shown }));
  const found = works.map((work) => ({
    id: work.id,
    title: work.title === null ? null : plainTitle(work.title),
    authors: authorsOf(work).map(({ name }) => name),
    issued: work.issued,
  }));
  return { found, more: meta.more };
}

/** Scholars and partners by words of their names. */
async function namedSo(api: AlmanacClient, q: string): Promise<{ found: UsedSubject[]; more: boolean }> {
  if (q.length > longestQuestion) return { found: [], more: false };
  const { items, more } = await ask(api.usage.subjects(q, { size: shown }));
  const found = items.map(({ subject: { type, id, name }, metrics }) => ({
    type,
    id,
    name,
    requests: metrics.total_item_requests,
  }));
  return { found, more };
}

async function identified(
  api: AlmanacClient,
  type: UsedSubject['type'],
  id: string,
): Promise<UsedSubject | null> {
  // Identifiers have no blanks inside, so most questions are spared this.
  if (/\s/.test(id) || id.length > 1_000) return null;
  try {
    const { subject, metrics } = await api.usage.statistics(type, id, { granularity: 'total' });
    return { type, id: subject.id, name: subject.name, requests: metrics.total_item_requests };
  } catch (error) {
    if (error instanceof AlmanacError && (error.status === 404 || error.status === 400)) return null;
    return ask(Promise.reject(error));
  }
}
