import { Form, Link } from 'react-router';
import { useI18n } from '../i18n.tsx';
import { Notice } from '../parts/page.tsx';
import { TableFrame } from '../parts/table-frame.tsx';
import { Outside } from '../records/outside.tsx';
import { cut } from '../records/shown.ts';
import { type Figures, metricNames, subjectPath } from './figures.ts';
import type { Missing } from './load.server.ts';
import { instead, without } from './question.ts';
import { metricTexts } from './series-table.tsx';

interface Props {
  subject: Figures;
  others: (Figures & { asked: string })[];
  missing: Missing[];
  search: string;
}

/** Several subjects in one chart: what is compared, in figures, and a field for another one. */
export function Compare({ subject, others, missing, search }: Props) {
  const { t } = useI18n();
  const path = subjectPath(subject.type, subject.id);
  return (
    <div className="compare stack">
      {missing.map(({ id, asked, like }) => (
        <Notice key={asked} kind="warn">
          <p>
            <Outside>{t('statistics.compareMissing', { id: cut(id, 200) })}</Outside>
            {like.length > 0 && ` ${t('statistics.compareLike')}`}
          </p>
          {like.length > 0 && (
            <ul>
              {like.map((one) => (
                <li key={one.id}>
                  <Link to={`${path}${instead(search, asked, one)}`} preventScrollReset>
                    <Outside>{cut(one.name ?? one.id, 120)}</Outside>
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </Notice>
      ))}
      {others.length > 0 && <Table {...{ subject, others, search, path }} />}
      {others.length < 5 && (
        <Form className="row no-print" action={path} method="get" key={search}>
          {[...new URLSearchParams(search)]
            .filter(([name]) => name !== 'lang')
            .map(([name, value]) => (
              <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
            ))}
          <label className="row">
            {t('statistics.compare')}{' '}
            <input name="with" required placeholder={t('statistics.compareHint')} size={34} />
          </label>
          <button className="button second" type="submit">
            {t('statistics.compareGo')}
          </button>
        </Form>
      )}
    </div>
  );
}

function Table({ subject, others, search, path }: Omit<Props, 'missing'> & { path: string }) {
  const { t, number } = useI18n();
  return (
    <TableFrame label={t('statistics.compare')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('statistics.subject')}</th>
            {metricNames.map((name) => (
              <th key={name} scope="col" className="figure">
                {t(metricTexts[name])}
              </th>
            ))}
            <th className="no-print">
              <span className="out-of-sight">{t('statistics.compareRemove', { name: '' })}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {[{ ...subject, asked: '' }, ...others].map((one, place) => (
            <tr key={`${one.type} ${one.id}`}>
              <th scope="row">
                <span className="legend-name">
                  <svg width="14" height="14" aria-hidden="true">
                    <rect width="14" height="14" className={`swatch-${place + 1}`} />
                  </svg>
                  <Link to={subjectPath(one.type, one.id)}>
                    <Outside>{cut(one.name, 120)}</Outside>
                  </Link>
                </span>
              </th>
              {metricNames.map((name) => (
                <td key={name} className="figure">
                  {number(one.metrics[name])}
                </td>
              ))}
              <td className="no-print">
                {place > 0 && (
                  <Link
                    to={`${path}${without(search, one.asked)}`}
                    aria-label={t('statistics.compareRemove', { name: cut(one.name, 120) })}
                  >
                    ×
                  </Link>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}
