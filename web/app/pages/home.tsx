import { Link, type LoaderFunctionArgs, useLoaderData } from 'react-router';
import { DotMap } from '../charts/dot-map.tsx';
import { EverythingForm } from '../home/everything-form.tsx';
import { readHoldings } from '../home/holdings.server.ts';
import { useI18n } from '../i18n.tsx';
import { SlippyMap } from '../map/slippy-map.tsx';
import { Section, Tally } from '../parts/page.tsx';
import { visitorOf } from '../visitor.ts';

export function loader({ context }: LoaderFunctionArgs) {
  const { publicApi, places, lang } = visitorOf(context);
  return readHoldings(publicApi, places, lang);
}

export default function Home() {
  const { figures, newest, places } = useLoaderData<typeof loader>();
  const { t, number } = useI18n();
  return (
    <>
      <title>{`Almanac · ${t('home.title')}`}</title>
      <meta name="description" content={t('home.lede')} />
      <header className="home-head">
        <h1>{t('home.title')}</h1>
        <p className="lede">{t('home.lede')}</p>
        <EverythingForm />
      </header>
      <Tally
        items={figures.map(({ of, value }) => ({
          label: t(`home.${of}`, { count: value }),
          value: number(value),
        }))}
      />
      {places.located > 0 && (
        <Section
          title={t('home.map')}
          aside={
            <Link to="/repositories?view=map" className="no-print">
              {t('home.mapLarge')}
            </Link>
          }
        >
          <SlippyMap points="/repositories/points.json" label={t('search.mapAlt')}>
            <DotMap dots={places.dots} description={t('search.mapAlt')} />
          </SlippyMap>
        </Section>
      )}
      <Section title={t('home.changes')} aside={<a href="/feed.atom">{t('home.feed')}</a>}>
        <Changes newest={newest} />
      </Section>
    </>
  );
}

function Changes({ newest }: Pick<ReturnType<typeof useLoaderData<typeof loader>>, 'newest'>) {
  const { t, shortDate } = useI18n();
  if (newest.length === 0) {
    return (
      <p className="soft">
        {t('search.noneAtAll')} {t('search.noneAtAllHint')}
      </p>
    );
  }
  return (
    <ol className="plain changes">
      {newest.map(({ id, name, lang, country, date, kind }) => (
        <li key={id}>
          <time dateTime={date} className="soft figures">
            {shortDate(date)}
          </time>
          <span className="clamp">
            <Link to={`/repositories/${id}`} lang={lang ?? undefined}>
              <bdi>{name}</bdi>
            </Link>
            {country !== null && <span className="soft"> · {country}</span>}
          </span>
          <span className="soft small">{t(`home.${kind}`)}</span>
        </li>
      ))}
    </ol>
  );
}
