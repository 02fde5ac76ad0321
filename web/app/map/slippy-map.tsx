import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type I18n, useI18n } from '../i18n.tsx';

/**
 * A map to move about in, over the drawing that is there from the start and stays for who has no script or no WebGL.
 * The library comes when the map is in sight; the place it takes never changes.
 * @param points address of GeoJSON with `id`, `name` and `organisation` of each point.
 */
export function SlippyMap({
  points,
  label,
  children,
}: {
  points: string;
  label: string;
  children: ReactNode;
}) {
  const place = useRef<HTMLDivElement>(null);
  const [isReady, setReady] = useState(false);
  const { t } = useI18n();
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const gone = new AbortController();
    const watcher = new IntersectionObserver(async (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      watcher.disconnect();
      const { startMap } = await import('./start-map.client.ts');
      if (!gone.signal.aborted)
        startMap(element, {
          points,
          label,
          words: wordsOf(t),
          signal: gone.signal,
          onReady: () => setReady(true),
        });
    });
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      gone.abort();
      setReady(false);
    };
  }, [points, label, t]);
  return (
    <div className={isReady ? 'map-frame ready' : 'map-frame'}>
      <div className="map-drawing">{children}</div>
      <div className="map-slippy" ref={place} />
    </div>
  );
}

/** What the library says, in the reader's language. */
function wordsOf(t: I18n['t']): Record<string, string> {
  return {
    'NavigationControl.ZoomIn': t('search.mapCloser'),
    'NavigationControl.ZoomOut': t('search.mapFarther'),
    'AttributionControl.ToggleAttribution': t('search.mapSource'),
    'Popup.Close': t('search.mapClose'),
  };
}
