import type { MadeUpArticle } from './articles.ts';

/** What an upstream says: a body of JSON, XML, CSV or HTML. */
export interface Said {
  status: number;
  type: string;
  body: string;
}

const json = (value: unknown, status = 200): Said => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
});
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
const flag = (is: boolean) => (is ? 'Y' : 'N');

/** `…/rest/search` and `…/rest/PMC1/fullTextXML` of Europe PMC. */
export function epmcAnswer(articles: readonly MadeUpArticle[], path: string, query: URLSearchParams): Said {
  const known = articles.filter(({ isElsewhere }) => !isElsewhere);
  const pmcid = /^\/(PMC\d+)\/fullTextXML$/.exec(path)?.[1];
  if (pmcid !== undefined) return fullText(known.find((article) => article.pmcid === pmcid));
  const result = search(known, query.get('query') ?? '').slice(0, Number(query.get('pageSize') ?? 25));
  return json({ version: '6.9', hitCount: result.length, resultList: { result: result.map(epmcResult) } });
}

function search(articles: readonly MadeUpArticle[], query: string): MadeUpArticle[] {
  const asked = (pattern: RegExp) =>
    new Set([...query.matchAll(pattern)].map(([, value = '']) => value.toLowerCase()));
  const pmcids = asked(/PMCID:(PMC\d+)/g);
  const pmids = asked(/EXT_ID:(\d+)/g);
  const dois = asked(/DOI:"([^"]*)"/g);
  const [phrase] = asked(/TITLE:"([^"]*)"/g);
  const words = [...asked(/TITLE:\(([^)]*)\)/g)][0]?.split(' ');
  return articles.filter((article) => {
    const title = article.title.toLowerCase();
    return (
      pmcids.has(article.pmcid?.toLowerCase() ?? '-') ||
      pmids.has(article.pmid ?? '-') ||
      dois.has(article.doi?.toLowerCase() ?? '-') ||
      (phrase !== undefined && title.includes(phrase)) ||
      (words !== undefined && words.filter((word) => title.includes(word)).length * 2 >= words.length)
    );
  });
}

function epmcResult(article: MadeUpArticle): Record<string, unknown> {
  const { pmid, pmcid, doi, title, journal, issns, licenceField, published, inEpmc, isOpenAccess } = article;
  return {
    id: pmid ?? pmcid ?? doi,
    source: pmid === undefined ? 'PMC' : 'MED',
    pmid,
    pmcid,
    doi,
    title: `${title}.`,
    journalInfo: { journal: { title: journal, issn: issns[0], essn: issns[1] ?? issns[0] } },
    isOpenAccess: flag(isOpenAccess),
    inEPMC: flag(inEpmc),
    authMan: 'N',
    epmcAuthMan: 'N',
    nihAuthMan: 'N',
    license: licenceField,
    firstPublicationDate: published,
  };
}

function fullText(article: MadeUpArticle | undefined): Said {
  if (article === undefined) return { status: 404, type: 'text/plain', body: '' };
  if (!article.isOpenAccess && !article.isManuscript)
    return { status: 500, type: 'text/html', body: '<html>error</html>' };
  const href = article.licenceAddress === undefined ? '' : ` xlink:href="${escaped(article.licenceAddress)}"`;
  const words =
    article.licenceWords === undefined ? '' : `<license-p>${escaped(article.licenceWords)}</license-p>`;
  const licence =
    href === '' && words === '' ? '' : `<license license-type="open-access"${href}>${words}</license>`;
  const manuscript = article.isManuscript
    ? '<article-id pub-id-type="manuscript">made-up-1</article-id>'
    : '';
  return {
    status: 200,
    type: 'application/xml',
    body:
      `<?xml version="1.0" encoding="UTF-8"?><article xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta>${manuscript}` +
      `<article-id pub-id-type="doi">${escaped(article.doi ?? '')}</article-id><permissions><copyright-statement>© the authors</copyright-statement>${licence}</permissions>` +
      `</article-meta></front><body><p>${escaped(article.title)}</p></body></article>`,
  };
}

const HEAD =
  'Journal title,When did the journal start to publish all content using an open license?,Journal ISSN (print version),Journal EISSN (online version),Publisher';

/** `/api/v4/search/journals/issn:…` and `/csv` of DOAJ. */
export function doajAnswer(articles: readonly MadeUpArticle[], path: string): Said {
  const listed = [
    ...new Map(articles.filter(({ openSince }) => openSince).map((one) => [one.journal, one])).values(),
  ];
  if (path === '/csv') {
    const rows = listed.map(({ journal, openSince, issns, publisher }) =>
      [journal, openSince, issns[0], issns[1] ?? '', publisher].join(','),
    );
    return { status: 200, type: 'text/csv', body: [HEAD, ...rows, 'Somebody else,2001,,,Nobody'].join('\n') };
  }
  const issn = decodeURIComponent(path).split('issn:')[1] ?? '';
  const results = listed
    .filter(({ issns }) => issns.includes(issn))
    .map(({ journal, issns, publisher, openSince }) => ({
      bibjson: {
        title: journal,
        pissn: issns[0],
        eissn: issns[1],
        publisher: { name: publisher },
        oa_start: openSince,
      },
    }));
  return json({ total: results.length, page: 1, pageSize: 10, results });
}

/** `/search/works/` of CORE. */
export function coreAnswer(articles: readonly MadeUpArticle[], query: URLSearchParams): Said {
  const dois = new Set([...(query.get('q') ?? '').matchAll(/doi:"([^"]*)"/g)].map(([, doi]) => doi));
  const results = articles
    .filter(({ inCore, doi }) => inCore && dois.has(doi))
    .map(({ doi, copies }) => ({ doi, title: 'x', sourceFulltextUrls: copies.map(({ url }) => url) }));
  return json({ totalHits: results.length, limit: 10, offset: 0, results });
}

/** `/retrieve` of Open Policy Finder. */
export function opfAnswer(articles: readonly MadeUpArticle[], query: URLSearchParams): Said {
  const issn = /"equals","([^"]*)"/.exec(query.get('filter') ?? '')?.[1] ?? '';
  const known = articles.find(
    ({ issns, embargoMonths }) => embargoMonths !== undefined && issns.includes(issn),
  );
  if (known === undefined) return json({ items: [] });
  const pathway = (version: string, months: number | null) => ({
    article_version: [version],
    additional_oa_fee: 'no',
    location: { location: ['institutional_repository'] },
    ...(months === null ? {} : { embargo: { amount: months, units: 'months' } }),
  });
  return json({
    items: [
      {
        issns: known.issns.map((own) => ({ issn: own })),
        publishers: [{ publisher: { name: [{ name: known.publisher }] } }],
        system_metadata: { uri: 'https://openpolicyfinder.example/id/publication/1' },
        publisher_policy: [
          {
            open_access_prohibited: 'no',
            internal_moniker: 'Made up',
            permitted_oa: [pathway('submitted', null), pathway('accepted', known.embargoMonths ?? null)],
          },
        ],
      },
    ],
  });
}

/** `/works/…` of Crossref. */
export function crossrefAnswer(articles: readonly MadeUpArticle[], path: string): Said {
  const doi = decodeURIComponent(path.replace(/^\/works\//, ''));
  const article = articles.find((one) => one.doi === doi);
  if (article === undefined) return { status: 404, type: 'text/plain', body: 'Resource not found.' };
  const start = { 'date-parts': [article.published.split('-').map(Number)] };
  const license =
    article.crossrefLicence === undefined
      ? []
      : [{ 'content-version': 'vor', start, URL: article.crossrefLicence }];
  const { title, publisher, journal, issns } = article;
  return json({
    status: 'ok',
    message: {
      DOI: doi,
      title: [title],
      publisher,
      'container-title': [journal],
      ISSN: issns,
      published: start,
      license,
    },
  });
}

/** `/…?email=` of Unpaywall. */
export function unpaywallAnswer(articles: readonly MadeUpArticle[], path: string): Said {
  const doi = decodeURIComponent(path.slice(1));
  const article = articles.find((one) => one.doi === doi);
  if (article === undefined) return json({ error: true, message: 'not found' }, 404);
  const locations = article.copies.map(({ url, version, licence }) => ({
    url,
    version,
    license: licence,
    host_type: 'repository',
  }));
  return json({ doi, is_oa: locations.length > 0, oa_locations: locations });
}
