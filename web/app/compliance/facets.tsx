import { Form, Link } from 'react-router';
import { AmountBar, ShareBar } from '../charts/share-bar.tsx';
import { type I18n, useI18n } from '../i18n.tsx';
import { TableFrame } from '../parts/table-frame.tsx';
import type { ColumnCounts } from './filters.ts';
import { noteText } from './notes.ts';
import { policyTitle } from './policies.ts';

interface Props {
  counts: ColumnCounts[];
  total: number;
  search: string;
}

const answers = ['yes', 'no', 'unknown'] as const;
const mostValues = 12;

/** The outcome in bars; each value is a filter of the table below. */
export function Facets({ counts, total, search }: Props) {
  const { t } = useI18n();
  const parameters = new URLSearchParams(search);
  const verdicts = counts.filter(({ column }) => column.startsWith('verdict:'));
  const others = counts.filter(({ column }) => !column.startsWith('verdict:'));
  return (
    <div className="stack">
      <Chosen parameters={parameters} counts={counts} />
      <Form method="get" className="row no-print" key={search}>
        {[...parameters]
          .filter(([name]) => name !== 'q' && name !== 'page')
          .map(([name, value]) => (
            <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
          ))}
        <label className="row grow">
          {t('compliance.search')} <input name="q" type="search" defaultValue={parameters.get('q') ?? ''} />
        </label>
        <button className="button second" type="submit">
          {t('compliance.searchGo')}
        </button>
      </Form>
      <p className="soft small no-print">{t('compliance.outcomeHint')}</p>
      {verdicts.length > 0 && <Verdicts verdicts={verdicts} parameters={parameters} />}
      <div className="outcome-columns">
        {others.map((one) => (
          <Column key={one.column} counts={one} total={total} parameters={parameters} />
        ))}
      </div>
    </div>
  );
}

function Verdicts({ verdicts, parameters }: { verdicts: ColumnCounts[]; parameters: URLSearchParams }) {
  const { t, number } = useI18n();
  return (
    <TableFrame label={t('compliance.policies')}>
      <table className="verdicts cards">
        <thead>
          <tr>
            <th scope="col">{t('compliance.policy')}</th>
            {answers.map((answer) => (
              <th key={answer} scope="col" className="figure">
                {t(`compliance.${answer}`)}
              </th>
            ))}
            <th scope="col" className="share">
              <span className="out-of-sight">{t('compliance.outcome')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {verdicts.map(({ column, values }) => {
            const count = (answer: string) => values.find(({ value }) => value === answer)?.count ?? 0;
            return (
              <tr key={column}>
                <th scope="row">{policyTitle(column.slice('verdict:'.length))}</th>
                {answers.map((answer) => (
                  <td key={answer} className="figure" data-label={t(`compliance.${answer}`)}>
                    <Toggle
                      {...{ parameters, column }}
                      value={answer}
                      label={`${t(`compliance.${answer}`)}: ${number(count(answer))}`}
                    >
                      {number(count(answer))}
                    </Toggle>
                  </td>
                ))}
                <td className="share">
                  <ShareBar
                    shares={answers.map((answer) => ({
                      tone: answer,
                      name: t(`compliance.${answer}`),
                      value: count(answer),
                    }))}
                    format={number}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </TableFrame>
  );
}

function Column({
  counts: { column, values },
  total,
  parameters,
}: {
  counts: ColumnCounts;
  total: number;
  parameters: URLSearchParams;
}) {
  const said = useI18n();
  return (
    <div>
      <h3>{columnTitle(column, said)}</h3>
      <ul className="plain outcome-values">
        {values.slice(0, mostValues).map(({ value, count }) => (
          <li key={value}>
            <Toggle {...{ parameters, column, value }}>
              <span>{valueText(column, value, said)}</span>
            </Toggle>
            <span className="figures">{said.number(count)}</span>
            <AmountBar value={count} most={total} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Chooses a value, or takes the choice back. */
function Toggle({
  parameters,
  column,
  value,
  label,
  children,
}: {
  parameters: URLSearchParams;
  column: string;
  value: string;
  label?: string;
  children: React.ReactNode;
}) {
  const isChosen = parameters.has(column, value);
  return (
    <Link
      to={toggled(parameters, column, value)}
      preventScrollReset
      aria-label={label}
      aria-current={isChosen ? 'true' : undefined}
    >
      {children}
    </Link>
  );
}

function Chosen({ parameters, counts }: { parameters: URLSearchParams; counts: ColumnCounts[] }) {
  const said = useI18n();
  const { t } = said;
  const columns = new Set(counts.map(({ column }) => column));
  const chosen = [...parameters]
    .filter(([name]) => columns.has(name) || name === 'q')
    .filter(([, value]) => value !== '');
  if (chosen.length === 0) return null;
  return (
    <ul className="chips no-print">
      {chosen.map(([column, value]) => {
        const text =
          column === 'q' ? value : `${columnTitle(column, said)}: ${valueText(column, value, said)}`;
        return (
          <li key={`${column} ${value}`}>
            <Link
              className="chip"
              to={toggled(parameters, column, value)}
              preventScrollReset
              aria-label={t('compliance.remove', { name: text })}
            >
              <bdi>{text}</bdi> <span aria-hidden="true">×</span>
            </Link>
          </li>
        );
      })}
      <li>
        <Link to="?" preventScrollReset>
          {t('compliance.clear')}
        </Link>
      </li>
    </ul>
  );
}

function toggled(parameters: URLSearchParams, column: string, value: string): string {
  const next = new URLSearchParams(parameters);
  next.delete('page');
  if (next.has(column, value)) next.delete(column, value);
  else next.append(column, value);
  return `?${next}`;
}

function columnTitle(column: string, { t }: I18n): string {
  if (column.startsWith('verdict:')) return policyTitle(column.slice('verdict:'.length));
  if (column === 'licence') return t('compliance.licence');
  if (column === 'journal') return t('compliance.journal');
  return column === 'aam' ? t('compliance.aam') : t('compliance.code');
}

/** Licences are names and stay as they are. */
export function valueText(column: string, value: string, said: I18n): string {
  const { t } = said;
  if (column === 'code') return noteText(value, said);
  if (value === 'yes' || value === 'no' || value === 'unknown') return t(`compliance.${value}`);
  if (column === 'journal' && (value === 'oa' || value === 'hybrid')) return t(`compliance.${value}`);
  return value;
}
