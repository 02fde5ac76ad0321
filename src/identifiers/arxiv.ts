import { withoutQuery } from './text.ts';

/** Since April 2007 `YYMM.NNNN[N]`, before `archive[.XX]/YYMMNNN`. */
const FORM = /^(?:(\d{4}\.\d{4,5})|([a-z]+(?:-[a-z]+)?)(\.[a-z]{2})?(\/\d{7}))(?:v\d+)?(?:\.pdf)?$/i;
const SITE = /^https?:\/\/(?:www\.)?arxiv\.org\/(?:abs|pdf)\//i;

/** An arXiv number without version and `.pdf`; null when it has another form. */
export function arxivOfValue(value: string): string | null {
  const match = FORM.exec(value);
  if (match === null) return null;
  const [, modern, archive = '', subject = '', number = ''] = match;
  return modern ?? archive.toLowerCase() + subject.toUpperCase() + number;
}

/** What follows `abs/` or `pdf/` at arXiv, without query; null when the URL is elsewhere. */
export function underArxiv(url: string): string | null {
  const start = SITE.exec(url)?.[0].length;
  return start === undefined ? null : withoutQuery(url.slice(start)).replace(/\/$/, '');
}
