import { Form } from 'react-router';
import { useI18n } from '../i18n.tsx';
import { facetNames } from './facets.ts';
import { type SearchState, type Sort, scopes, sorts } from './state.ts';

const sortText = {
  relevance: 'search.relevance',
  name: 'search.byName',
  organisation: 'search.byOrganisation',
  added: 'search.added',
  updated: 'search.updated',
} as const;

/** The words of a search; its choices stay. */
export function SearchForm({ state, fault }: { state: SearchState; fault: string | null }) {
  const { t } = useI18n();
  return (
    <Form method="get" action="/repositories" role="search" className="search-form no-print">
      <div className="search">
        <input
          type="search"
          name="q"
          key={state.q}
          defaultValue={state.q}
          aria-label={t('search.label')}
          aria-invalid={fault === null ? undefined : true}
          aria-describedby={fault === null ? undefined : 'search-fault'}
          maxLength={2000}
        />
        <button type="submit" className="button">
          {t('search.go')}
        </button>
      </div>
      <fieldset className="choices">
        <legend>{t('search.where')}</legend>
        {scopes.map((scope) => (
          <label key={scope}>
            <input type="radio" name="in" value={scope} key={state.in} defaultChecked={state.in === scope} />{' '}
            {t(`search.${scope}`)}
          </label>
        ))}
      </fieldset>
      {state.in === 'advanced' && <p className="small soft">{t('search.advancedHint')}</p>}
      {fault !== null && (
        <p id="search-fault" className="notice bad" role="alert">
          {t('search.fault', { fault })}
        </p>
      )}
      <Kept state={state} />
    </Form>
  );
}

/** In which order results come. */
export function SortForm({ state }: { state: SearchState }) {
  const { t } = useI18n();
  const possible = sorts.filter((sort) => sort !== 'relevance' || state.q !== '');
  return (
    <Form method="get" action="/repositories" className="sort-form no-print">
      <label htmlFor="sort">{t('search.sort')}</label>
      <select
        id="sort"
        name="sort"
        key={state.sort}
        defaultValue={state.sort}
        onChange={(event) => event.currentTarget.form?.requestSubmit()}
      >
        {possible.map((sort: Sort) => (
          <option key={sort} value={sort}>
            {t(sortText[sort])}
          </option>
        ))}
      </select>
      {/* Only who has no script needs it. */}
      <noscript>
        <button type="submit" className="button second">
          {t('search.apply')}
        </button>
      </noscript>
      {state.q !== '' && <input type="hidden" name="q" value={state.q} />}
      {state.in !== 'everything' && <input type="hidden" name="in" value={state.in} />}
      <Kept state={state} />
    </Form>
  );
}

/** Choices that a form carries along. */
export function Kept({ state }: { state: SearchState }) {
  return (
    <>
      {facetNames.flatMap((name) =>
        (state.chosen[name] ?? []).map((value) => (
          <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
        )),
      )}
      {state.view !== 'list' && <input type="hidden" name="view" value={state.view} />}
    </>
  );
}
