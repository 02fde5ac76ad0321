import type { JsonObject } from '../differences/json.ts';
import { entriesOf, textOf } from '../differences/json.ts';

/** The entry of the metadata that a reader of `wanted` (BCP 47) is shown, if there is one; `fr-CA` falls back to `fr`. */
export function languageFor(register: JsonObject, wanted: string): string | null {
  const langs = entriesOf(register, 'metadata').map((entry) => textOf(entry, 'lang') ?? '');
  for (let tag = wanted.toLowerCase(); tag !== ''; tag = tag.split('-').slice(0, -1).join('-')) {
    const found = langs.find((lang) => lang.toLowerCase() === tag);
    if (found !== undefined) return found;
  }
  return null;
}

/** A heading stays a heading when somebody puts a book into the field. */
export function cut(text: string, most: number): string {
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
}
