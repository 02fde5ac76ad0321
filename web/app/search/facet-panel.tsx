import { Link } from 'react-router';
import { useI18n } from '../i18n.tsx';
import { SwiftLinks } from '../parts/swift-links.tsx';
import { cut } from '../records/shown.ts';
import { type FacetName, facets } from './facets.ts';
import { addressOf, type SearchState, steps, toggled } from './state.ts';

export interface FacetValue {
  value: string;
  /** In the visitor's language. */
  name: string;
  count: number;
}

export type FacetValues = Partial<Record<FacetName, { values: FacetValue[]; hasMore: boolean }>>;

/** What a search can be narrowed down by: each value is a link that adds or removes it. */
export function FacetPanel({ state, values }: { state: SearchState; values: FacetValues }) {
  const { t } = useI18n();
  const present = facets.filter(({ name }) => (values[name]?.values.length ?? 0) > 0);
  return (
    <nav id="narrow" className="facets no-print" aria-label={t('search.narrow')}>
      <h2 className="facets-title">{t('search.narrow')}</h2>
      <SwiftLinks>
        {present.map(({ name, title }, place) => {
          const chosen = state.chosen[name] ?? [];
          const open = place < 5 || chosen.length > 0 || state.more === name;
          return (
            <details key={name} open={open} id={`facet-${name}`}>
              <summary>{t(title)}</summary>
              <Values state={state} name={name} title={t(title)} values={values[name]?.values ?? []} />
              <MoreLink state={state} name={name} title={t(title)} hasMore={values[name]?.hasMore ?? false} />
            </details>
          );
        })}
      </SwiftLinks>
    </nav>
  );
}

function Values({
  state,
  name,
  title,
  values,
}: {
  state: SearchState;
  name: FacetName;
  title: string;
  values: FacetValue[];
}) {
  const { number } = useI18n();
  const chosen = new Set(state.chosen[name] ?? []);
  return (
    <ul className="plain facet-values" aria-label={title}>
      {values.map(({ value, name: shown, count }) => (
        <li key={value}>
          <a
            href={addressOf(state, toggled(state, name, value))}
            rel="nofollow"
            aria-current={chosen.has(value) ? 'true' : undefined}
          >
            <span className="facet-box" aria-hidden="true" />
            <bdi className="clamp">{shown}</bdi>
            <span className="facet-count figures">{number(count)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function MoreLink({
  state,
  name,
  title,
  hasMore,
}: {
  state: SearchState;
  name: FacetName;
  title: string;
  hasMore: boolean;
}) {
  const { t } = useI18n();
  const isOpen = state.more === name;
  if (!hasMore && !isOpen) return null;
  const next = isOpen ? steps.find((step) => step > state.values) : steps[0];
  const to = (change: Pick<SearchState, 'more' | 'values'>) =>
    `${addressOf(state, { ...change, page: state.page })}#facet-${name}`;
  return (
    <p className="small facet-more">
      {hasMore && next !== undefined && (
        <a
          href={to({ more: name, values: next })}
          rel="nofollow"
          aria-label={t('search.moreOf', { facet: title })}
        >
          {t('search.more')}
        </a>
      )}
      {isOpen && (
        <a href={to({ more: null, values: steps[0] })} rel="nofollow">
          {t('search.fewer')}
        </a>
      )}
    </p>
  );
}

/** The choices made, each with a way to take it back. */
export function Chosen({
  state,
  nameOf,
}: {
  state: SearchState;
  nameOf: Partial<Record<FacetName, Record<string, string>>>;
}) {
  const { t } = useI18n();
  const all = facets.flatMap(({ name, title }) =>
    (state.chosen[name] ?? []).map((value) => ({ name, title, value })),
  );
  if (all.length === 0) return null;
  return (
    <ul className="chips" aria-label={t('search.chosen')}>
      {all.map(({ name, title, value }) => {
        const shown = cut(nameOf[name]?.[value] ?? value, 120);
        return (
          <li key={`${name} ${value}`}>
            <Link
              className="chip"
              to={addressOf(state, toggled(state, name, value))}
              preventScrollReset
              aria-label={t('search.remove', { value: `${t(title)}: ${shown}` })}
            >
              <span className="soft">{t(title)}</span> <bdi>{shown}</bdi>{' '}
              <span className="no-print" aria-hidden="true">
                ×
              </span>
            </Link>
          </li>
        );
      })}
      <li className="no-print">
        <Link className="small" to={addressOf(state, { chosen: {} })} preventScrollReset>
          {t('search.clear')}
        </Link>
      </li>
    </ul>
  );
}
