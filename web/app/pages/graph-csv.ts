import type { LoaderFunctionArgs } from 'react-router';
import { readGraphs } from '../graphs/counts.server.ts';
import { readGraphState } from '../graphs/state.ts';
import { i18n } from '../i18n.tsx';
import { csvLine } from '../search/csv.ts';
import { visitorOf } from '../visitor.ts';

/** The numbers of one graph, or of the growth, as CSV. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { publicApi, lang } = visitorOf(context);
  const state = readGraphState(new URL(request.url).searchParams);
  const { t } = i18n(lang);
  const graphs = await readGraphs(publicApi, state, lang);
  const [of] = state.facet === null ? [] : graphs.facets;
  const lines =
    of === undefined
      ? [
          [t('graphs.year'), t('graphs.founded'), t('graphs.inTotal')],
          ...graphs.growth.map(({ year, founded, total }) => [year, founded, total].map(String)),
        ]
      : [
          [t(`facets.${of.facet}`), t('search.title')],
          ...of.counts.map(({ name, count }) => [name, String(count)]),
        ];
  return new Response(`\uFEFF${lines.map(csvLine).join('')}`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${of?.facet ?? 'growth'}.csv"`,
    },
  });
}
