import type { StoredRecord } from '../model/record.ts';

/** Weak, since the same record may be written in another order or compressed (RFC 9110 §8.8.1). */
export function recordEtag({ seq }: Pick<StoredRecord, 'seq'>, variant = ''): string {
  return `W/"${seq.toString(36)}${variant === '' ? '' : `-${variant}`}"`;
}

/** Whether one of the tags of `If-Match` or `If-None-Match` is the record's, in whatever language it was read. */
export function etagMatches(header: string, record: Pick<StoredRecord, 'seq'>, variant?: string): boolean {
  if (header.trim() === '*') return true;
  const wanted = bare(recordEtag(record, variant));
  return header
    .split(',')
    .map(bare)
    .some((tag) => (variant === undefined ? tag.replace(/-.*$/, '') : tag) === wanted);
}

const bare = (tag: string) => tag.trim().replace(/^W\//, '').replaceAll('"', '');
