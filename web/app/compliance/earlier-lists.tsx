import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { useI18n } from '../i18n.tsx';

const key = 'almanac-lists';
const most = 50;

interface Remembered {
  id: string;
  at: string;
}

/** Lists this browser has handed in or looked at. The server has no list of them: their addresses are their keys. */
export function EarlierLists() {
  const { t, time } = useI18n();
  const [lists, setLists] = useState<Remembered[] | null>(null);
  useEffect(() => setLists(read()), []);
  if (lists === null) return null;
  if (lists.length === 0) return <p className="soft">{t('compliance.pastNone')}</p>;
  return (
    <>
      <p className="soft">{t('compliance.pastHint')}</p>
      <ul>
        {lists.map(({ id, at }) => (
          <li key={id}>
            <Link to={`/compliance/${id}`}>{time(at)}</Link>
          </li>
        ))}
      </ul>
      <p>
        <button
          type="button"
          className="button second"
          onClick={() => {
            localStorage.removeItem(key);
            setLists([]);
          }}
        >
          {t('compliance.pastForget')}
        </button>
      </p>
    </>
  );
}

/** Called where a list is shown. */
export function remember(id: string): void {
  const others = read().filter((one) => one.id !== id);
  const known = read().find((one) => one.id === id);
  const entry = known ?? { id, at: new Date().toISOString() };
  try {
    localStorage.setItem(key, JSON.stringify([entry, ...others].slice(0, most)));
  } catch {
    // A browser that keeps nothing: the address is all there is.
  }
}

function read(): Remembered[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(value) ? value.filter(isRemembered) : [];
  } catch {
    return [];
  }
}

function isRemembered(value: unknown): value is Remembered {
  const { id, at } = (value ?? {}) as Partial<Remembered>;
  return typeof id === 'string' && /^[\w-]+$/.test(id) && typeof at === 'string';
}
