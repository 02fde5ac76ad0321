import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { useI18n } from '../i18n.tsx';
import type { MessageKey } from '../messages/messages.ts';
import { Outside } from '../records/outside.tsx';
import { cut } from '../records/shown.ts';
import type { Check, Known } from './duplicates.server.ts';

/** Long enough for a pause between words, short enough to be there before the next field. */
const pauseMs = 350;

/**
 * What the register already has at the address and under the name: with scripts while they are typed, without when the
 * button is pressed.
 */
export function DuplicateWarning({ check: given }: { check: Check | null }) {
  const { t } = useI18n();
  const place = useRef<HTMLDivElement>(null);
  const [found, setFound] = useState<Check | null>(given);
  useEffect(() => setFound(given), [given]);
  useEffect(() => {
    const form = place.current?.closest('form');
    if (form === null || form === undefined) return;
    let waiting: ReturnType<typeof setTimeout>;
    let asked: AbortController | null = null;
    const isWatched = (field: unknown): field is HTMLInputElement =>
      field instanceof HTMLInputElement && ['url', 'name'].includes(field.name);
    const onInput = ({ target }: Pick<Event, 'target'>) => {
      if (!isWatched(target)) return;
      clearTimeout(waiting);
      asked?.abort();
      waiting = setTimeout(async () => {
        asked = new AbortController();
        const text = new FormData(form);
        const query = new URLSearchParams({
          url: String(text.get('url') ?? ''),
          name: String(text.get('name') ?? ''),
        });
        try {
          const response = await fetch(`/suggest/check?${query}`, { signal: asked.signal });
          if (response.ok) setFound((await response.json()) as Check);
        } catch {
          // No warning then; the server looks again when the suggestion is sent.
        }
      }, pauseMs);
    };
    form.addEventListener('input', onInput);
    // Quick typists are there before this script.
    const typed = [...form.elements].find((field) => isWatched(field) && field.value !== field.defaultValue);
    if (typed !== undefined) onInput({ target: typed });
    return () => {
      clearTimeout(waiting);
      asked?.abort();
      form.removeEventListener('input', onInput);
    };
  }, []);
  return (
    <div ref={place} className="duplicates">
      <button className="button second" type="submit" name="intent" value="check" formNoValidate>
        {t('suggest.check')}
      </button>
      <div aria-live="polite">{found !== null && <Found found={found} />}</div>
    </div>
  );
}

function Found({ found: { address, isEmpty, same, near, alike } }: { found: Check }) {
  const { t } = useI18n();
  if (isEmpty && alike.length === 0) return null;
  if (address === null && alike.length === 0) return <p className="notice warn">{t('suggest.urlBad')}</p>;
  return (
    <div className={same.length > 0 ? 'notice warn stack' : 'notice stack'}>
      {same.length > 0 && (
        <div>
          <Listed title="suggest.same" known={same} />
          <p>{t('suggest.sameHint')}</p>
        </div>
      )}
      {same.length === 0 && address !== null && <p>{t('suggest.urlGood')}</p>}
      {near.length > 0 && <Listed title="suggest.near" known={near} />}
      {alike.length > 0 && <Listed title="suggest.nearName" known={alike} />}
    </div>
  );
}

function Listed({ title, known }: { title: MessageKey; known: Known[] }) {
  const { t } = useI18n();
  return (
    <>
      <p>
        <strong>{t(title)}</strong>
      </p>
      <ul>
        {known.map(({ id, name, url }) => (
          <li key={id}>
            <Link to={`/repositories/${id}`}>
              <Outside>{cut(name === '' ? url : name, 200)}</Outside>
            </Link>{' '}
            <small className="soft">
              <Outside>{cut(url, 100)}</Outside>
            </small>{' '}
            <Link to={`/suggest?about=${id}`}>{t('record.suggestChange')}</Link>
          </li>
        ))}
      </ul>
    </>
  );
}
