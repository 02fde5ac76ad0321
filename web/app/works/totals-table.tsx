import { Link } from 'react-router';
import { useI18n } from '../i18n.tsx';
import { AmountCells, AmountHead } from '../parts/amount-columns.tsx';
import { Outside } from '../records/outside.tsx';
import type { SourceTotals } from './totals.ts';

/** Sources with their totals; each leads to its single events on the work's page, whose address is `path`. */
export function TotalsTable({ path, totals }: { path: string; totals: SourceTotals[] }) {
  const { t } = useI18n();
  const most = totals[0]?.total ?? 0;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('work.source')}</th>
          <AmountHead title={t('work.total')} />
        </tr>
      </thead>
      <tbody>
        {totals.map(({ source, title, total, collected, isStale }) => (
          <tr key={source}>
            <th scope="row">
              <Link to={`${path}?source=${encodeURIComponent(source)}#events`}>
                <Outside>{title}</Outside>
              </Link>{' '}
              <small className="soft">
                {collected !== null && <Collected {...collected} />}
                {isStale && ` · ${t('work.stale')}`}
              </small>
            </th>
            <AmountCells value={total} most={most} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Collected({ from, until }: NonNullable<SourceTotals['collected']>) {
  const { t, shortDate } = useI18n();
  const [first, last] = [shortDate(from), shortDate(until)];
  return first === last
    ? t('work.collectedOn', { day: first })
    : t('work.coverage', { from: first, until: last });
}
