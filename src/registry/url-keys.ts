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

const isHomePage = (field: string | null) =>
  field !== null && /metadata.*record.*\burl$/.test(field) && !field.includes('policy');
