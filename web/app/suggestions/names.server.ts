import type { AlmanacClient } from 'almanac/client';
import { textOf } from '../differences/json.ts';
import { defaultMetadata } from '../records/identity.ts';

/** Names of records by id, in one question. */
export async function namesOf(
  api: AlmanacClient,
  ids: (string | undefined)[],
): Promise<Record<string, string>> {
  const values = [...new Set(ids.filter((id) => id !== undefined))];
  if (values.length === 0) return {};
  const { hits } = await api.registry.query({ query: { ids: { values } }, size: values.length });
  return Object.fromEntries(
    hits.hits.map(({ _source: { id, register } }) => [id, textOf(defaultMetadata(register), 'name') ?? id]),
  );
}
