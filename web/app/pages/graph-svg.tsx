import { renderToStaticMarkup } from 'react-dom/server';
import type { LoaderFunctionArgs } from 'react-router';
import { readGraphs } from '../graphs/counts.server.ts';
import { BarPicture, Donut, Treemap } from '../graphs/shapes.tsx';
import { readGraphState } from '../graphs/state.ts';
import { i18n } from '../i18n.tsx';
import { visitorOf } from '../visitor.ts';

/** One graph as a picture of its own, with its title, to be put anywhere. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { publicApi, lang } = visitorOf(context);
  const state = readGraphState(new URL(request.url).searchParams);
  const { t, number } = i18n(lang);
  const graphs = await readGraphs(publicApi, state, lang);
  const [of] = state.facet === null ? [] : graphs.facets;
  const title = of === undefined ? t('graphs.growth') : t(`facets.${of.facet}`);
  const counts =
    of?.counts ??
    graphs.growth.map(({ year, total }) => ({ value: String(year), name: String(year), count: total }));
  const shape = {
    description: title,
    counts,
    other: of?.other ?? 0,
    otherName: t('graphs.other'),
    format: number,
  };
  const Drawn = state.shape === 'donut' ? Donut : state.shape === 'treemap' ? Treemap : BarPicture;
  const drawn = renderToStaticMarkup(<Drawn {...shape} />);
  const height = Number(/viewBox="0 0 640 (\d+)"/.exec(drawn)?.[1] ?? 400);
  const picture = renderToStaticMarkup(
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 672 ${height + 72}`}
      width="672"
      height={height + 72}
      fontFamily="Georgia, serif"
    >
      <title>{title}</title>
      <rect width="100%" height="100%" fill="#fbf9f4" />
      <text x="16" y="36" fontSize="22" fill="#211e1a">
        {title}
      </text>
      <g transform="translate(16 56)">INSIDE</g>
    </svg>,
  ).replace('INSIDE', () => drawn.replace('<svg ', `<svg width="640" height="${height}" `));
  return new Response(picture, {
    headers: {
      'content-type': 'image/svg+xml; charset=utf-8',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
    },
  });
}
