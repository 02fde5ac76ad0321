import { objectsOf, parseObject, textOf } from '../json.ts';

/** A copy that Unpaywall knows of. */
export interface UnpaywallCopy {
  url: string;
  hostType: string | null;
  version: string | null;
  licence: string | null;
}

/** Reads an answer for one DOI; null when it is none. */
export function parseCopies(text: string): UnpaywallCopy[] | null {
  const answer = parseObject(text);
  if (answer === null || textOf(answer.doi) === null || !Array.isArray(answer.oa_locations)) return null;
  return objectsOf(answer.oa_locations).flatMap((location) => {
    const url = textOf(location.url) ?? textOf(location.url_for_landing_page) ?? textOf(location.url_for_pdf);
    if (url === null || !/^https?:\/\//i.test(url)) return [];
    return [
      {
        url,
        hostType: textOf(location.host_type),
        version: textOf(location.version),
        licence: textOf(location.license),
      },
    ];
  });
}
