import { Link } from 'react-router';
import { DotMap } from '../charts/dot-map.tsx';
import { useI18n } from '../i18n.tsx';
import { SlippyMap } from '../map/slippy-map.tsx';
import type { Entry } from './entry.ts';
import type { Places } from './places.server.ts';
import { addressOf, type SearchState } from './state.ts';

/**
 * What is found, on a map: a drawing for everybody, a map to move about in for who has script and WebGL, and beneath it
 * the same as a list for who reads it out or goes by key.
 */
export function ResultMap({
  state,
  places,
  entries,
}: {
  state: SearchState;
  places: Places;
  entries: Entry[];
}) {
  const { t } = useI18n();
  return (
    <div className="stack">
      <p className="soft">{t('search.mapText', { count: places.located })}</p>
      <SlippyMap
        points={addressOf({ ...state, view: 'list' }, {}, '/repositories/points.json')}
        label={t('search.mapAlt')}
      >
        <DotMap dots={places.dots} description={t('search.mapAlt')} />
      </SlippyMap>
      <ul className="plain place-list" aria-label={t('search.list')}>
        {entries.map(({ id, name, lang, organisations, country }) => (
          <li key={id}>
            <Link className="clamp" to={`/repositories/${id}`} lang={lang ?? undefined}>
              <bdi>{name}</bdi>
            </Link>
            <span className="soft small clamp">
              {[organisations[0], country].filter((one) => one !== undefined && one !== null).join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
