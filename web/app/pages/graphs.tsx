import { Form, Link, type LoaderFunctionArgs, useLoaderData } from 'react-router';
import { LineChart } from '../charts/line-chart.tsx';
import { ticksUpTo } from '../charts/ticks.ts';
import { readGraphs } from '../graphs/counts.server.ts';
import { FacetGraph } from '../graphs/facet-graph.tsx';
import type { Growth } from '../graphs/growth.ts';
import { PictureLinks } from '../graphs/picture-links.tsx';
import { addressOfGraph, type GraphState, mostShown, readGraphState, shapes } from '../graphs/state.ts';
import { useI18n } from '../i18n.tsx';
import { PageHead, Section } from '../parts/page.tsx';
import { facets } from '../search/facets.ts';
import { Kept } from '../search/search-form.tsx';
import { addressOf } from '../search/state.ts';
import { visitorOf } from '../visitor.ts';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { publicApi, lang } = visitorOf(context);
  const state = readGraphState(new URL(request.url).searchParams);
  return { state, graphs: await readGraphs(publicApi, state, lang) };
}

export default function GraphsPage() {
  const { state, graphs } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  const shown = graphs.facets.filter(({ counts }) => counts.length > 0);
  const isFiltered = state.search.q !== '' || Object.keys(state.search.chosen).length > 0;
  return (
    <>
      <title>{`${t('graphs.title')} · Almanac`}</title>
      <PageHead title={t('graphs.title')} lede={t('graphs.lede')}>
        <p>
          <Link to={addressOf(state.search)}>{t('search.found', { count: graphs.total })}</Link>
          {isFiltered && (
            <>
              {' · '}
              <Link to="/graphs">{t('graphs.unfiltered')}</Link>
            </>
          )}
        </p>
      </PageHead>
      <GraphForm state={state} />
      {state.facet === null && graphs.growth.length > 1 && (
        <Section title={t('graphs.growth')} id="growth">
          <GrowthChart growth={graphs.growth} />
          <PictureLinks state={state} />
        </Section>
      )}
      <div className={state.facet === null ? 'columns graphs' : undefined}>
        {shown.map((of) => (
          <FacetGraph key={of.facet} state={state} of={of} total={graphs.total} />
        ))}
      </div>
      {shown.length === 0 && <p className="empty">{t('search.none')}</p>}
    </>
  );
}

function GraphForm({ state }: { state: GraphState }) {
  const { t } = useI18n();
  return (
    <Form method="get" action="/graphs" className="graph-form no-print" key={addressOfGraph(state)}>
      <div className="field">
        <label htmlFor="q">{t('search.label')}</label>
        <input type="search" id="q" name="q" defaultValue={state.search.q} maxLength={2000} />
      </div>
      <div className="field">
        <label htmlFor="facet">{t('graphs.by')}</label>
        <select id="facet" name="facet" defaultValue={state.facet ?? ''}>
          <option value="">{t('graphs.everything')}</option>
          {facets.map(({ name, title }) => (
            <option key={name} value={name}>
              {t(title)}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor="top">{t('graphs.top')}</label>
        <input type="number" id="top" name="top" min="1" max={mostShown} defaultValue={state.top} />
      </div>
      <div className="field">
        <label htmlFor="shape">{t('graphs.shape')}</label>
        <select id="shape" name="shape" defaultValue={state.shape}>
          {shapes.map((shape) => (
            <option key={shape} value={shape}>
              {t(`graphs.${shape}`)}
            </option>
          ))}
        </select>
      </div>
      {state.search.in !== 'everything' && <input type="hidden" name="in" value={state.search.in} />}
      <Kept state={state.search} />
      <button type="submit" className="button">
        {t('graphs.draw')}
      </button>
    </Form>
  );
}

function GrowthChart({ growth }: { growth: Growth[] }) {
  const { t, number } = useI18n();
  const last = Math.max(1, growth.length - 1);
  const points = growth.map(({ year, total }, place) => ({
    at: place / last,
    value: total,
    label: String(year),
  }));
  return (
    <LineChart
      description={t('graphs.growthDescribed')}
      ticks={ticksUpTo(growth.at(-1)?.total ?? 0)}
      labels={points.map(({ at, label }) => ({ at, text: label }))}
      series={[{ name: t('search.title'), points }]}
      format={number}
    />
  );
}
