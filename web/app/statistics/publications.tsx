import type { SubjectType } from 'almanac/client';
import { Link } from 'react-router';
import { useI18n } from '../i18n.tsx';
import { Section } from '../parts/page.tsx';
import type { PublicationsOf } from './load.server.ts';
import { changed, topSizes } from './question.ts';
import { TopTable } from './top-table.tsx';

/** The publications of a scholar or partner, the most downloaded first. */
export function Publications({
  publications: { items, more, size },
  type,
  search,
  path,
}: {
  publications: PublicationsOf;
  type: SubjectType;
  search: string;
  path: string;
}) {
  const { t, number } = useI18n();
  const next = topSizes.find((one) => one > size);
  return (
    <Section
      id="publications"
      title={t(type === 'scholar' ? 'statistics.publicationsOf' : 'statistics.topOf')}
    >
      {items.length === 0 ? <p className="soft">{t('statistics.none')}</p> : <TopTable items={items} />}
      {more && next !== undefined && (
        <p className="after-table no-print">
          <Link to={`${path}${changed(search, 'top', String(next))}#publications`} preventScrollReset>
            {t('statistics.morePublications', { most: number(next) })}
          </Link>
        </p>
      )}
    </Section>
  );
}
