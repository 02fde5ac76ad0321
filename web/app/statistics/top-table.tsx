import type { Top } from 'almanac/client';
import { Link } from 'react-router';
import { useI18n } from '../i18n.tsx';
import { AmountCells, AmountHead } from '../parts/amount-columns.tsx';
import { Outside } from '../records/outside.tsx';
import { cut } from '../records/shown.ts';
import { plainTitle } from '../works/describe.ts';
import { subjectPath } from './figures.ts';

/** Subjects by their downloads, each with the way to its page. */
export function TopTable({ items }: { items: Top['items'] }) {
  const { t, number } = useI18n();
  const most = Math.max(...items.map(({ metrics }) => metrics.total_item_requests), 0);
  return (
    <table className="top-table">
      <thead>
        <tr>
          <th scope="col">{t('statistics.subject')}</th>
          <AmountHead title={t('statistics.requests')} />
          <th scope="col" className="figure wide">
            {t('statistics.investigations')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ subject, metrics }) => (
          <tr key={`${subject.type} ${subject.id}`}>
            <th scope="row">
              <Link to={subjectPath(subject.type, subject.id)}>
                <Outside>{cut(nameOf(subject), 200)}</Outside>
              </Link>
            </th>
            <AmountCells value={metrics.total_item_requests} most={most} />
            <td className="figure wide">{number(metrics.total_item_investigations)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function nameOf({ type, id, name }: Top['items'][number]['subject']): string {
  if (name === null) return id;
  return type === 'publication' ? plainTitle(name) : name;
}
