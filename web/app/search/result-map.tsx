import { DotMap } from '../charts/dot-map.tsx';
import { useI18n } from '../i18n.tsx';
import { SlippyMap } from '../map/slippy-map.tsx';
import type { Places } from './places.server.ts';
import { addressOf, type SearchState } from './state.ts';

/** What is found, on a map: a drawing for everybody, a map to move about in for who has script and WebGL. */
export function ResultMap({ state, places }: { state: SearchState; places: Places }) {
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
    </div>
  );
}
