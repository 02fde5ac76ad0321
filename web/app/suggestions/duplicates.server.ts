import type { AlmanacClient, JsonObject } from 'almanac/client';
import { textOf } from '../differences/json.ts';
import { defaultMetadata } from '../records/identity.ts';
import { addressKey, hostPhrase, readAddress } from './address.ts';

export interface Known {
  id: string;
  name: string;
  url: string;
}

/** What the register already has that may be the repository somebody is about to suggest. */
export interface Check {
  /** Null: nothing that can be an address was typed. */
  address: string | null;
  /** Nothing was typed there yet, which is no fault. */
  isEmpty: boolean;
  same: Known[];
  near: Known[];
  alike: Known[];
}

const most = 5;
const urlField = 'register.metadata.record.url';

export async function checkAddress(api: AlmanacClient, url: string, name: string): Promise<Check> {
  const address = readAddress(url);
  const [onHost, alike] = await Promise.all([
    address === null ? [] : find(api, { match_phrase: { [urlField]: hostPhrase(address) } }, 100),
    name.length < 4
      ? []
      : find(
          api,
          { match: { 'register.metadata.record.name': { query: name.slice(0, 200), operator: 'and' } } },
          most,
        ),
  ]);
  const key = address === null ? null : addressKey(address);
  const isSame = ({ url: other }: Known) =>
    readAddress(other) !== null && addressKey(readAddress(other) ?? '') === key;
  const same = onHost.filter(isSame);
  const near = onHost.filter((one) => !isSame(one));
  const shown = new Set([...same, ...near].map(({ id }) => id));
  return {
    address,
    isEmpty: url.trim() === '',
    same: same.slice(0, most),
    near: near.slice(0, most),
    alike: alike.filter(({ id }) => !shown.has(id)),
  };
}

async function find(api: AlmanacClient, query: JsonObject, size: number): Promise<Known[]> {
  const { hits } = await api.registry.query({ query, size });
  return hits.hits.map(({ _source: { id, register } }) => {
    const metadata = defaultMetadata(register);
    return { id, name: textOf(metadata, 'name') ?? '', url: textOf(metadata, 'url') ?? '' };
  });
}
