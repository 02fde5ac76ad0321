import { Link } from 'react-router';
import { useI18n } from '../i18n.tsx';
import { Section } from '../parts/page.tsx';
import { TotalsTable } from '../works/totals-table.tsx';
import type { MentionsOf } from './load.server.ts';

/** What is said of a publication elsewhere, by source; the single events and their evidence stand on the work's page. */
export function Mentions({ mentions: { id, totals } }: { mentions: MentionsOf }) {
  const { t } = useI18n();
  const path = `/works/${encodeURIComponent(id)}`;
  return (
    <Section
      title={t('work.mentions')}
      aside={totals.length > 0 && <Link to={`${path}#events`}>{t('statistics.mentionsEvents')}</Link>}
    >
      {totals.length === 0 ? (
        <p className="soft">{t('work.mentionsNone')}</p>
      ) : (
        <TotalsTable path={path} totals={totals} />
      )}
    </Section>
  );
}
