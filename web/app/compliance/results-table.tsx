import type { ComplianceRecord } from 'almanac/client';
import { Fragment } from 'react';
import { useI18n } from '../i18n.tsx';
import { TableFrame } from '../parts/table-frame.tsx';
import { Outside } from '../records/outside.tsx';
import { cut } from '../records/shown.ts';
import { Article } from './article.tsx';
import { valueText } from './facets.tsx';
import { Mark } from './mark.tsx';
import { outcomeOf } from './outcome.ts';
import { policyTitle } from './policies.ts';

/** One page of articles, each with its outcome and, one click away, every reason for it. */
export function ResultsTable({ records, policies }: { records: ComplianceRecord[]; policies: string[] }) {
  const said = useI18n();
  const { t, number } = said;
  return (
    <TableFrame label={t('compliance.results')}>
      <table className="article-table cards">
        <thead>
          <tr>
            <th scope="col" className="figure">
              {t('compliance.row')}
            </th>
            <th scope="col">{t('compliance.article')}</th>
            <th scope="col">{t('compliance.licence')}</th>
            <th scope="col">{t('compliance.journal')}</th>
            <th scope="col">{t('compliance.aam')}</th>
            {policies.map((policy) => (
              <th key={policy} scope="col">
                {policyTitle(policy)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {records.map((record) => {
            const outcome = outcomeOf(record);
            return (
              <Fragment key={outcome.position}>
                <tr className="article-row">
                  <td className="figure" data-label={t('compliance.row')}>
                    {number(outcome.position)}
                  </td>
                  <th scope="row">
                    <Outside>
                      {cut(outcome.title === '' ? t('compliance.untitled') : outcome.title, 240)}
                    </Outside>
                  </th>
                  <td data-label={t('compliance.licence')}>
                    <Outside>{valueText('licence', outcome.licence, said)}</Outside>
                  </td>
                  <td data-label={t('compliance.journal')}>
                    {valueText('journal', outcome.journalType, said)}
                  </td>
                  <td data-label={t('compliance.aam')}>{t(`compliance.${outcome.aam}`)}</td>
                  {policies.map((policy) => (
                    <td key={policy} data-label={policyTitle(policy)}>
                      <Mark answer={outcome.verdicts[policy] ?? 'unknown'} />
                    </td>
                  ))}
                </tr>
                <tr className="article-reasons">
                  <td />
                  <td colSpan={4 + policies.length}>
                    <details>
                      <summary>
                        {t('compliance.why')}
                        <span className="out-of-sight">{`: ${t('compliance.row')} ${number(outcome.position)}`}</span>
                        <span className="soft small identifiers">
                          <Outside>{outcome.identifiers.join(' · ')}</Outside>
                        </span>
                      </summary>
                      <Article record={record} />
                    </details>
                  </td>
                </tr>
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </TableFrame>
  );
}
