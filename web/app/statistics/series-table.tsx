import { useI18n } from '../i18n.tsx';
import { TableFrame } from '../parts/table-frame.tsx';
import { type Figures, metricNames } from './figures.ts';

export const metricTexts = {
  total_item_requests: 'statistics.requests',
  unique_item_requests: 'statistics.requestsUnique',
  total_item_investigations: 'statistics.investigations',
  unique_item_investigations: 'statistics.investigationsUnique',
} as const;

/** Every figure of the chart, newest first. */
export function SeriesTable({ series }: Pick<Figures, 'series'>) {
  const { t, number, period } = useI18n();
  return (
    <details>
      <summary>{t('statistics.table')}</summary>
      <TableFrame label={t('statistics.table')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('statistics.periodColumn')}</th>
              {metricNames.map((name) => (
                <th key={name} scope="col" className="figure">
                  {t(metricTexts[name])}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {series.toReversed().map((one) => (
              <tr key={one.period}>
                <th scope="row">{period(one.period)}</th>
                {metricNames.map((name) => (
                  <td key={name} className="figure">
                    {number(one[name])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </details>
  );
}
