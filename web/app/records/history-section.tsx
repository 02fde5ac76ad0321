import { DifferencesTable } from '../differences/differences-table.tsx';
import { useI18n } from '../i18n.tsx';
import { Notice, Section } from '../parts/page.tsx';
import type { Change, Comparison } from './history.ts';

export interface HistoryProps {
  id: string;
  current: { ver: number; since: string };
  versions: { ver: number; since: string }[];
  changes: Change[];
  comparison: Comparison | null;
}

/** Every version there was, who ended it, and the differences of any two of them. */
export function HistorySection({ id, current, versions, changes, comparison }: HistoryProps) {
  const { t, shortDate } = useI18n();
  return (
    <Section id="history" title={t('record.history')}>
      {changes.length === 0 ? (
        <p className="soft">{t('record.historyNone', { date: shortDate(current.since) })}</p>
      ) : (
        <ol className="plain versions">
          <li>
            <p>{t('record.historyCurrent', { ver: current.ver, date: shortDate(current.since) })}</p>
          </li>
          {changes.map(({ ver, since, until, account, differences }, place) => (
            <li key={ver}>
              <p>{t('record.historyVersion', { ver, from: shortDate(since), until: shortDate(until) })}</p>
              <p>
                <a
                  href={`/repositories/${id}?from=${ver}&to=${changes[place - 1]?.ver ?? current.ver}#comparison`}
                >
                  {t('record.historyChange', { count: differences, account, date: shortDate(until) })}
                </a>
              </p>
            </li>
          ))}
        </ol>
      )}
      {versions.length > changes.length && (
        <p>
          <a href={`/record/${id}/history`}>{t('record.historyMore', { count: versions.length })}</a>
        </p>
      )}
      {versions.length > 0 && <Chooser {...{ id, current, versions, comparison }} />}
      {comparison !== null && <Compared id={id} comparison={comparison} />}
    </Section>
  );
}

function Chooser({ id, current, versions, comparison }: Omit<HistoryProps, 'changes'>) {
  const { t, shortDate } = useI18n();
  const choices = [current, ...versions].map(({ ver, since }) => (
    <option key={ver} value={ver}>
      {t('record.versionChoice', { ver, date: shortDate(since) })}
    </option>
  ));
  return (
    <form className="row no-print" action={`/repositories/${id}#comparison`} method="get">
      <label>
        {t('record.compareFrom')}{' '}
        <select name="from" defaultValue={comparison?.from ?? versions.at(-1)?.ver}>
          {choices}
        </select>
      </label>
      <label>
        {t('record.compareTo')}{' '}
        <select name="to" defaultValue={comparison?.to ?? current.ver}>
          {choices}
        </select>
      </label>
      <button type="submit" className="button second">
        {t('record.compareGo')}
      </button>
    </form>
  );
}

function Compared({ id, comparison: { from, to, differences } }: { id: string; comparison: Comparison }) {
  const { t } = useI18n();
  return (
    <div id="comparison">
      {differences === null && <Notice kind="warn">{t('record.compareMissing')}</Notice>}
      {differences?.length === 0 && <Notice>{t('record.compareSame')}</Notice>}
      {differences !== null && differences.length > 0 && (
        <DifferencesTable differences={differences} caption={t('record.compareTitle', { from, to })} />
      )}
      <p>
        <a href={`/repositories/${id}#history`}>{t('record.compareClose')}</a>
      </p>
    </div>
  );
}
