import { Link } from 'react-router';
import { WorldMap } from '../charts/world-map.tsx';
import { useI18n } from '../i18n.tsx';
import { AmountCells, AmountHead } from '../parts/amount-columns.tsx';
import { Section } from '../parts/page.tsx';
import { subjectPath } from './figures.ts';
import type { CountryRow } from './load.server.ts';

const shownAtOnce = 10;

/** From where: a map, and the figures beside it. */
export function Countries({ countries }: { countries: CountryRow[] }) {
  const { t, number, short } = useI18n();
  const onMap = countries.filter(({ onMap: is, requests }) => is && requests > 0);
  const notOnMap = countries.filter(({ onMap: is, code }) => !is && code !== 'ZZ').length;
  const rest = countries.slice(shownAtOnce);
  return (
    <Section title={t('statistics.byCountry')}>
      <div className="countries">
        <figure className="chart-figure">
          <WorldMap
            description={t('statistics.map')}
            shapes="/charts/world.svg"
            values={onMap.map(({ code, name, requests }) => ({ code, name, value: requests }))}
            format={short}
            exact={number}
            legend={t('statistics.mapLegend')}
          />
          {notOnMap > 0 && (
            <figcaption className="soft small">{t('statistics.notOnMap', { count: notOnMap })}</figcaption>
          )}
        </figure>
        <div>
          <Table countries={countries.slice(0, shownAtOnce)} most={countries[0]?.requests ?? 0} />
          {rest.length > 0 && (
            <details>
              <summary>{t('statistics.allCountries', { count: countries.length })}</summary>
              <Table countries={rest} most={countries[0]?.requests ?? 0} />
            </details>
          )}
        </div>
      </div>
    </Section>
  );
}

function Table({ countries, most }: { countries: CountryRow[]; most: number }) {
  const { t } = useI18n();
  return (
    <table className="country-table">
      <thead>
        <tr>
          <th scope="col">{t('statistics.country')}</th>
          <AmountHead title={t('statistics.requests')} />
        </tr>
      </thead>
      <tbody>
        {countries.map(({ code, name, requests }) => (
          <tr key={code}>
            <th scope="row">
              {code === 'ZZ' ? name : <Link to={subjectPath('country', code)}>{name}</Link>}
            </th>
            <AmountCells value={requests} most={most} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}
