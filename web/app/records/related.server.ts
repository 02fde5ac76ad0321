import type { AlmanacClient, RegistryRecord } from 'almanac/client';
import { textOf } from '../differences/json.ts';
import { defaultMetadata, recordIdOf } from './identity.ts';

export interface Related {
  id: string;
  name: string | null;
  relation: 'replaces' | 'isreplacedby';
}

/** Records this one replaces or is replaced by, whichever of the two says so. */
export async function related(api: AlmanacClient, { id, register }: RegistryRecord): Promise<Related[]> {
  const uri = `info:oarr:${id}`;
  const found = new Map<string, Related['relation']>();
  const own = (field: Related['relation']) => recordIdOf(textOf(register, field));
  for (const relation of ['replaces', 'isreplacedby'] as const) {
    const other = own(relation);
    if (other !== null) found.set(other, relation);
  }
  const { hits } = await api.registry.query({
    query: {
      bool: {
        should: [
          { term: { 'register.replaces.exact': uri } },
          { term: { 'register.isreplacedby.exact': uri } },
          { ids: { values: [...found.keys()] } },
        ],
      },
    },
    size: 50,
  });
  const names = new Map<string, string | null>();
  for (const { _source: other } of hits.hits) {
    names.set(other.id, textOf(defaultMetadata(other.register), 'name'));
    if (found.has(other.id)) continue;
    found.set(other.id, textOf(other.register, 'replaces') === uri ? 'isreplacedby' : 'replaces');
  }
  return [...found].map(([other, relation]) => ({ id: other, name: names.get(other) ?? null, relation }));
}
