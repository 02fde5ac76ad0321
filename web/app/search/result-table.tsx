import { Form, Link } from 'react-router';
import { useI18n } from '../i18n.tsx';
import { TableFrame } from '../parts/table-frame.tsx';
import { chosenColumns, columns } from './columns.ts';
import type { Entry } from './entry.ts';
import { OwnAddress, StatusMark } from './results.tsx';
import { Kept } from './search-form.tsx';
import type { SearchState } from './state.ts';

/** Repositories as rows, with columns to choose. */
export function ResultTable({ state, entries }: { state: SearchState; entries: Entry[] }) {
  const { t } = useI18n();
  const shown = chosenColumns(state.columns);
  return (
    <>
      <ColumnChoice state={state} />
      <TableFrame label={t('search.table')}>
        <table className="result-table cards">
          <thead>
            <tr>
              {shown.map(({ name, title }) => (
                <th key={name} scope="col">
                  {t(title)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <tr key={entry.id}>
                {shown.map((column) => {
                  const cell = <Cell name={column.name} entry={entry} text={column.text(entry)} />;
                  return column.name === 'name' ? (
                    <th key={column.name} scope="row">
                      {cell}
                    </th>
                  ) : (
                    <td key={column.name} data-label={t(column.title)}>
                      {cell}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </>
  );
}

function Cell({ name, entry, text }: { name: string; entry: Entry; text: string }) {
  const { shortDate } = useI18n();
  if (name === 'name') {
    return (
      <Link className="clamp" to={`/repositories/${entry.id}`} lang={entry.lang ?? undefined}>
        <bdi>{text}</bdi>
      </Link>
    );
  }
  if (name === 'status') return <StatusMark status={entry.status} />;
  if (name === 'url' && entry.url !== null) return <OwnAddress url={entry.url} />;
  if (name === 'added' || name === 'updated') return <>{shortDate(text)}</>;
  return <bdi className="clamp">{text}</bdi>;
}

function ColumnChoice({ state }: { state: SearchState }) {
  const { t } = useI18n();
  const shown = new Set(chosenColumns(state.columns).map(({ name }) => name));
  return (
    <details className="column-choice no-print">
      <summary>{t('search.columns')}</summary>
      <Form method="get" action="/repositories">
        <fieldset className="choices">
          <legend className="out-of-sight">{t('search.columns')}</legend>
          {columns.map(({ name, title }) => (
            <label key={name}>
              <input type="checkbox" name="column" value={name} defaultChecked={shown.has(name)} /> {t(title)}
            </label>
          ))}
        </fieldset>
        {state.q !== '' && <input type="hidden" name="q" value={state.q} />}
        {state.in !== 'everything' && <input type="hidden" name="in" value={state.in} />}
        <input type="hidden" name="sort" value={state.sort} />
        <Kept state={state} />
        <button type="submit" className="button second">
          {t('search.apply')}
        </button>
      </Form>
    </details>
  );
}
