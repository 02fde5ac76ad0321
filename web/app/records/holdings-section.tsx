import { LineChart } from '../charts/line-chart.tsx';
import { ticksBetween, ticksUpTo } from '../charts/ticks.ts';
import { useI18n } from '../i18n.tsx';
import { Section } from '../parts/page.tsx';
import { TableFrame } from '../parts/table-frame.tsx';
import { type Holdings, pointsOf } from './holdings.ts';
import { Outside } from './outside.tsx';

/** How much the repository holds and how much it is used, as others have counted it. */
export function HoldingsSection({ holdings }: { holdings: Holdings[] }) {
  const { t } = useI18n();
  return (
    <Section id="holdings" title={t('record.holdings')}>
      {holdings.length === 0 && <p className="soft">{t('record.holdingsNone')}</p>}
      {holdings.slice(0, 6).map((one) => (
        <Kind key={one.type} holdings={one} />
      ))}
      {holdings.length > 0 && <AllFigures holdings={holdings} />}
    </Section>
  );
}

function Kind({ holdings: { type, latest, values } }: { holdings: Holdings }) {
  const { t, number, short, shortDate } = useI18n();
  const { points, labels } = pointsOf(values, shortDate);
  const amounts = values.map(({ value }) => value);
  const [least, most] = [Math.min(...amounts), Math.max(...amounts)];
  // Far from zero the change would be a flat line.
  const ticks = least > most / 2 || least < 0 ? ticksBetween(least, most) : ticksUpTo(most);
  return (
    <figure className="chart-figure">
      <figcaption>
        <strong>
          <Outside>{words(type)}</Outside>
        </strong>{' '}
        <span className="soft">
          {t('record.holdingsLatest', {
            value: number(latest.value),
            date: shortDate(latest.date),
            account: latest.thirdParty,
          })}
        </span>
      </figcaption>
      {values.length > 1 && (
        <LineChart
          description={t('record.holdingsChart', { type: words(type) })}
          ticks={ticks}
          labels={labels}
          series={[{ name: words(type), points }]}
          format={short}
        />
      )}
    </figure>
  );
}

function AllFigures({ holdings }: { holdings: Holdings[] }) {
  const { t, number, shortDate } = useI18n();
  return (
    <details>
      <summary>{t('record.holdingsTable')}</summary>
      <TableFrame label={t('record.holdingsTable')}>
        <table>
          <thead>
            <tr>
              <th>{t('record.date')}</th>
              <th>{t('record.holdings')}</th>
              <th className="figure">{t('record.value')}</th>
              <th>{t('record.givenBy')}</th>
            </tr>
          </thead>
          <tbody>
            {holdings.flatMap(({ type, values }) =>
              values.toReversed().map(({ date, value, thirdParty }) => (
                <tr key={`${type} ${date}`}>
                  <td className="figures">{shortDate(date)}</td>
                  <td>
                    <Outside>{words(type)}</Outside>
                  </td>
                  <td className="figure">{number(value)}</td>
                  <td>
                    <Outside>{thirdParty}</Outside>
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </TableFrame>
    </details>
  );
}

/** `item_count` as words; it may be anything, so it is not translated. */
const words = (type: string) => type.replaceAll('_', ' ');
