import { useI18n } from '../i18n.tsx';

/** The one search for everything. */
export function EverythingForm({ q = '' }: { q?: string }) {
  const { t } = useI18n();
  return (
    <search className="no-print">
      <form action="/search" method="get" className="search large">
        <input
          type="search"
          name="q"
          key={q}
          defaultValue={q}
          aria-label={t('home.search')}
          placeholder={t('home.placeholder')}
          maxLength={2000}
        />
        <button type="submit" className="button">
          {t('search.go')}
        </button>
      </form>
    </search>
  );
}
