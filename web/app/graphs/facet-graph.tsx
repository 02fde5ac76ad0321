import { Link } from 'react-router';
import { AmountBar } from '../charts/share-bar.tsx';
import { useI18n } from '../i18n.tsx';
import { Section } from '../parts/page.tsx';
import { addressOf as addressOfSearch, toggled } from '../search/state.ts';
import type { FacetCounts } from './counts.server.ts';
import { PictureLinks } from './picture-links.tsx';
import { Donut, Treemap } from './shapes.tsx';
import { addressOfGraph, type GraphState } from './state.ts';

/** One facet: its values as bars with their numbers, or another shape above them. Each leads to its repositories. */
export function FacetGraph({ state, of, total }: { state: GraphState; of: FacetCounts; total: number }) {
  const { t, number, percent } = useI18n();
  const { facet, counts, other } = of;
  const title = t(`facets.${facet}`);
  const isOne = state.facet !== null;
  const listOf = (value: string) => addressOfSearch(state.search, toggled(state.search, facet, value));
  const most = Math.max(0, ...counts.map(({ count }) => count));
  const shape = {
    description: t('graphs.described', { facet: title }),
    counts,
    other,
    otherName: t('graphs.other'),
    format: number,
    addressOf: listOf,
  };
  const here = isOne ? state : { ...state, facet };
  return (
    <Section
      id={facet}
      title={title}
      aside={
        isOne ? undefined : (
          <Link
            to={addressOfGraph(state, { facet, top: 20 })}
            aria-label={`${title}: ${t('graphs.enlarge')}`}
          >
            {t('graphs.enlarge')}
          </Link>
        )
      }
    >
      <div className="stack">
        {isOne && state.shape === 'donut' && <Donut {...shape} />}
        {isOne && state.shape === 'treemap' && <Treemap {...shape} />}
        <table className="graph-table">
          <caption className="out-of-sight">{shape.description}</caption>
          <thead>
            <tr>
              <th scope="col">{title}</th>
              <th scope="col" className="graph-bar">
                <span className="out-of-sight">{t('graphs.bar')}</span>
              </th>
              <th scope="col" className="figure">
                {t('search.title')}
              </th>
              <th scope="col" className="figure share">
                {t('graphs.share')}
              </th>
            </tr>
          </thead>
          <tbody>
            {counts.map(({ value, name, count }) => (
              <tr key={value}>
                <th scope="row">
                  <Link to={listOf(value)} className="quiet clamp">
                    <bdi>{name}</bdi>
                  </Link>
                </th>
                <td className="graph-bar">
                  <AmountBar value={count} most={most} />
                </td>
                <td className="figure">{number(count)}</td>
                <td className="figure share">{percent(total === 0 ? 0 : count / total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {of.missing > 0 && <p className="small soft">{t('graphs.missing', { count: of.missing })}</p>}
        <PictureLinks state={here} />
      </div>
    </Section>
  );
}
