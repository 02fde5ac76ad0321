import { renderToStaticMarkup } from 'react-dom/server';
import type { Lang } from '../messages/languages.ts';
import { numbers } from '../messages/translate.ts';
import type { Cluster } from '../search/clusters.ts';

/** The dots of a `DotMap` as markup. A single repository is a link; of several some names are told. */
export function dots(clusters: Cluster[], lang: Lang): string {
  return renderToStaticMarkup(
    clusters.map((cluster) => <Dot key={keyOf(cluster)} cluster={cluster} lang={lang} />),
  );
}

const keyOf = ({ id, x, y }: Cluster) => id ?? `${x} ${y}`;

function Dot({ cluster: { x, y, count, names, id }, lang }: { cluster: Cluster; lang: Lang }) {
  const radius = Math.min(20, 1.8 + Math.sqrt(count) * 1.25);
  const more = count - names.length;
  const dot = (
    <>
      <title>{[...names, ...(more > 0 ? [`+ ${numbers(lang).format(more)}`] : [])].join('\n')}</title>
      <circle cx={x} cy={y} r={radius.toFixed(1)} />
    </>
  );
  if (id === null) return <g>{dot}</g>;
  return (
    <a href={`/repositories/${id}`} tabIndex={-1}>
      {dot}
    </a>
  );
}
