import { Link } from 'react-router';
import { useI18n } from '../i18n.tsx';

/** Ways to the pages before and after. `addressOf`: a page's address, from 1. */
export function Pagination({
  page,
  pages,
  addressOf,
}: {
  page: number;
  pages: number;
  addressOf(page: number): string;
}) {
  const { t } = useI18n();
  if (pages <= 1) return null;
  return (
    <nav className="pagination" aria-label={t('search.pages')}>
      {page > 1 ? (
        <Link to={addressOf(page - 1)} rel="prev">
          ← {t('search.previous')}
        </Link>
      ) : (
        <span />
      )}
      <span className="soft figures">{t('search.pageOf', { page, pages })}</span>
      {page < pages ? (
        <Link to={addressOf(page + 1)} rel="next">
          {t('search.next')} →
        </Link>
      ) : (
        <span />
      )}
    </nav>
  );
}
