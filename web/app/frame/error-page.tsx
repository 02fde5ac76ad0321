import { isRouteErrorResponse, Link, useRouteError } from 'react-router';
import { type I18n, useI18n } from '../i18n.tsx';
import { PageHead } from '../parts/page.tsx';

/** What a visitor sees instead of a page: what happened, and where to go from here. */
export function ErrorPage() {
  const said = useI18n();
  const { title, detail } = explain(useRouteError(), said);
  return (
    <>
      <title>{`${title} · Almanac`}</title>
      <meta name="robots" content="noindex" />
      <PageHead title={title} lede={detail} />
      <p>
        <Link to="/">{said.t('error.home')}</Link>
      </p>
    </>
  );
}

/** What the API says of it is in English, and shown to those who read that. */
function explain(error: unknown, { t, lang }: I18n): { title: string; detail: string } {
  if (!isRouteErrorResponse(error)) return { title: t('error.broken'), detail: t('error.brokenDetail') };
  const said = lang === 'en' && typeof error.data === 'string' && error.data !== '' ? error.data : null;
  if (error.status === 404) return { title: t('error.missing'), detail: said ?? t('error.missingDetail') };
  if (error.status === 503) return { title: t('error.away'), detail: t('error.awayDetail') };
  if (error.status === 429) return { title: t('error.tooMany'), detail: said ?? t('error.tooManyDetail') };
  if (error.status < 500) return { title: t('error.refused'), detail: said ?? t('error.refusedDetail') };
  return { title: t('error.broken'), detail: t('error.brokenDetail') };
}
