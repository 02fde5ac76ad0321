import type { AlmanacClient } from 'almanac/client';
import { ask } from '../server/ask.ts';

/** What the register was like when it was asked. */
export interface RegisterState {
  /** The same for two answers that saw the same records. */
  text: string;
  /** Changes carry seconds: within the last two another one may follow under the same time. */
  isSettled: boolean;
}

const settledMs = 2_000;

export async function registerState(api: AlmanacClient, now = Date.now()): Promise<RegisterState> {
  const { hits } = await ask(
    api.registry.query<{ ver?: number; last_updated?: string }>({
      query: { match_all: {} },
      sort: [{ last_updated: { order: 'desc' } }],
      _source: ['ver', 'last_updated'],
      size: 1,
    }),
  );
  const [newest] = hits.hits;
  const { ver, last_updated: at = '' } = newest?._source ?? {};
  const text = JSON.stringify([hits.total, newest?._id, ver, at]);
  return { text, isSettled: now - Date.parse(at) > settledMs };
}
