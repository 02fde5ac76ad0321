import type { AlmanacClient, Metrics, SubjectType, Top } from 'almanac/client';
import { ask } from '../server/ask.ts';

const shown = 10;
/** Words cut off at the end would look for another name. */
const longestWords = 500;

const none: Metrics = {
  total_item_requests: 0,
  unique_item_requests: 0,
  total_item_investigations: 0,
  unique_item_investigations: 0,
};

/** Subjects of a kind whose names or titles hold the words, the most used first. */
export async function matching(api: AlmanacClient, type: SubjectType, words: string): Promise<Top['items']> {
  const q = words.toWellFormed().replaceAll('\0', '').trim();
  if (q === '' || q.length > longestWords) return [];
  if (type === 'scholar' || type === 'partner')
    return (await ask(api.usage.subjects(q, { type, size: shown }))).items;
  if (type !== 'publication') return [];
  const { works } = await ask(api.events.works({ q, sort: 'relevance', size: shown }));
  return works
    .map(({ id, title, usage }) => ({
      subject: { type, id, name: title },
      metrics: { ...none, ...usage },
    }))
    .sort((one, other) => other.metrics.total_item_requests - one.metrics.total_item_requests);
}
