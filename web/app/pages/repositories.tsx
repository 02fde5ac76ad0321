import { Link, type LoaderFunctionArgs, useLoaderData } from 'react-router';
import { useI18n } from '../i18n.tsx';
import { Empty, PageHead } from '../parts/page.tsx';
import { Pagination } from '../parts/pagination.tsx';
import { Chosen, FacetPanel } from '../search/facet-panel.tsx';
import { find } from '../search/find.server.ts';
import { placesOf } from '../search/places.server.ts';
import { ResultMap } from '../search/result-map.tsx';
import { ResultTable } from '../search/result-table.tsx';
import { ResultList } from '../search/results.tsx';
import { SearchForm, SortForm } from '../search/search-form.tsx';
import { addressOf, lastPage, pageSize, readState, type SearchState, views } from '../search/state.ts';
import { visitorOf } from '../visitor.ts';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { publicApi, places: memory, lang } = visitorOf(context);
  const state = readState(new URL(request.url).searchParams);
  const [found, places] = await Promise.all([
    find(publicApi, state, lang),
    state.view === 'map' ? placesOf(publicApi, memory, state, lang) : null,
  ]);
  return { state, found, places };
}

export default function Repositories() {
  const { state, found, places } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  const pages = Math.min(lastPage, Math.ceil(found.total / pageSize));
  return (
    <>
      <title>{`${t('search.title')} · Almanac`}</title>
      <PageHead title={t('search.title')} lede={t('search.lede')} />
      <SearchForm state={state} fault={found.fault} />
      <div className="search-columns">
        <FacetPanel state={state} values={found.facets} />
        <section aria-labelledby="found" className="search-found">
          <header className="found-head">
            <div role="status">
              <h2 id="found">{t('search.found', { count: found.total })}</h2>
            </div>
            <Views state={state} />
            {found.total > 0 && (
              <a className="to-facets no-print" href="#narrow">
                {t('search.narrow')}
              </a>
            )}
          </header>
          <Chosen state={state} nameOf={found.names} />
          <div className="found-tools no-print">
            <SortForm state={state} />
            <Downloads state={state} />
          </div>
          {found.total === 0 ? (
            <Nothing state={state} />
          ) : (
            <>
              {state.view === 'list' && <ResultList entries={found.entries} />}
              {state.view === 'table' && <ResultTable state={state} entries={found.entries} />}
              {state.view === 'map' && places !== null && (
                <ResultMap state={state} places={places} entries={found.entries} />
              )}
              <Pagination page={state.page} pages={pages} addressOf={(page) => addressOf(state, { page })} />
            </>
          )}
        </section>
      </div>
    </>
  );
}

function Views({ state }: { state: SearchState }) {
  const { t } = useI18n();
  return (
    <nav aria-label={t('search.view')} className="no-print">
      <ul className="tabs">
        {views.map((view) => (
          <li key={view}>
            <Link
              to={addressOf(state, { view, page: state.page })}
              preventScrollReset
              aria-current={view === state.view ? 'page' : undefined}
            >
              {t(`search.${view}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Downloads({ state }: { state: SearchState }) {
  const { t } = useI18n();
  return (
    <p className="small downloads">
      <span className="soft">{t('search.download')}</span>{' '}
      <a href={addressOf({ ...state, view: 'list' }, {}, '/repositories.csv')} rel="nofollow">
        {t('search.csv')}
      </a>{' '}
      <a href={addressOf({ ...state, view: 'list' }, {}, '/repositories.ndjson')} rel="nofollow">
        {t('search.ndjson')}
      </a>
    </p>
  );
}

function Nothing({ state }: { state: SearchState }) {
  const { t } = useI18n();
  const isSearch = state.q !== '' || Object.keys(state.chosen).length > 0;
  return (
    <Empty>
      <p>{t(isSearch ? 'search.none' : 'search.noneAtAll')}</p>
      <p>{t(isSearch ? 'search.noneHint' : 'search.noneAtAllHint')}</p>
      <p>
        <Link to="/suggest">{t('search.suggest')}</Link>
      </p>
    </Empty>
  );
}
