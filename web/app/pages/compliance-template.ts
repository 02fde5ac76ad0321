/** A table with the headings that are understood, for people who start from nothing. */
export function loader() {
  return new Response('﻿PMCID,PMID,DOI,Article title\r\n', {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="articles.csv"',
    },
  });
}
