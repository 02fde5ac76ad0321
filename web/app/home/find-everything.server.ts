import { type AlmanacClient, AlmanacError, type SubjectType } from 'almanac/client';
import type { Lang } from '../messages/languages.ts';
import { find } from '../search/find.server.ts';
import { readState } from '../search/state.ts';
import { ask } from '../server/ask.ts';

export interface UsedSubject {
  type: Exclude<SubjectType, 'country'>;
  id: string;
  name: string | null;
  requests: number;
}

const types = ['publication', 'scholar', 'partner'] as const;
const shown = 10;

/** Repositories that hold the words, and the publication, scholar or partner that the words identify. */
export async function findEverything(api: AlmanacClient, q: string, lang: Lang) {
  const state = readState(new URLSearchParams({ q }));
  const [{ total, entries }, ...used] = await Promise.all([
    find(api, state, lang),
    ...types.map((type) => identified(api, type, q)),
  ]);
  return {
    repositories: { total, entries: entries.slice(0, shown) },
    subjects: used.filter((one) => one !== null),
  };
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
