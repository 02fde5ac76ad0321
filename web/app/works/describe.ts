import type { Work } from 'almanac/client';
import { isObject, textOf } from '../differences/json.ts';

export interface Author {
  name: string;
  orcid: string | null;
}

/** Names as citation processors write them: `literal`, or `family` and `given`. */
export function authorsOf({ author }: Pick<Work, 'author'>): Author[] {
  return (author ?? []).filter(isObject).flatMap((one) => {
    const text = (field: string) => (textOf(one, field) ?? '').trim();
    const name = text('literal') || [text('given'), text('family')].filter((part) => part !== '').join(' ');
    const orcid = /(\d{4}-\d{4}-\d{4}-\d{3}[\dX])$/.exec(text('ORCID'))?.[1] ?? null;
    return name === '' ? [] : [{ name, orcid }];
  });
}

/** HTML in titles is kept as it came; on a page it is text without its tags. */
export function plainTitle(title: string): string {
  return title
    .replaceAll(/<\/?[a-z][^<>]{0,200}>/gi, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
