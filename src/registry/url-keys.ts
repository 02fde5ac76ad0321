import { urlKey } from '../identifiers/index.ts';
import { entriesOf, isObject, type JsonObject, objectOf, textOf } from './model/record.ts';

/** Keys of every home page a record has or had been redirected to. */
export function urlKeysOf(register: JsonObject, admin: Record<string, JsonObject> = {}): string[] {
  const urls = entriesOf(register, 'metadata').map((entry) => textOf(objectOf(entry, 'record'), 'url'));
  const home = objectOf(admin.harvest, 'home');
  urls.push(textOf(home, 'url'), textOf(home, 'final_url'));
  const links = admin.linkcheck?.links;
  for (const link of Array.isArray(links) ? links.filter(isObject) : []) {
    if (isHomePage(textOf(link, 'field'))) urls.push(textOf(link, 'url'), textOf(link, 'final_url'));
  }
  const keys = urls.map((url) => (url === null ? null : urlKey(url)));
  return [...new Set(keys.filter((key) => key !== null))];
}

/** Hosts of the addresses of a record's APIs, as they stand in keys. */
export function apiHostsOf(register: JsonObject): string[] {
  const hosts = entriesOf(register, 'api').map((api) => hostOf(textOf(api, 'base_url') ?? ''));
  return [...new Set(hosts.filter((host) => host !== null))];
}

/** The host of an address, as it stands in its key; null when it is none. */
export function hostOf(url: string): string | null {
  const host = urlKey(url)?.split(/[/?]/)[0] ?? '';
  return host === '' ? null : host;
}

const isHomePage = (field: string | null) =>
  field !== null && /metadata.*record.*\burl$/.test(field) && !field.includes('policy');
