import { Link, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router';
import { EverythingForm } from '../home/everything-form.tsx';
import { findEverything } from '../home/find-everything.server.ts';
import { useI18n } from '../i18n.tsx';
import { Empty, PageHead, Section } from '../parts/page.tsx';
import { ResultList } from '../search/results.tsx';
import { visitorOf } from '../visitor.ts';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { publicApi, lang } = visitorOf(context);
  const q = (new URL(request.url).searchParams.get('q') ?? '').slice(0, 2_000).trim();
  if (q === '') throw redirect('/repositories');
  return { q, ...(await findEverything(publicApi, q, lang)) };
}

/** One search for everything: repositories by words, works, people and partners by what identifies them. */
export default function Search() {
  const { q, repositories, subjects } = useLoaderData<typeof loader>();
  const { t, number } = useI18n();
  const everyOne = `/repositories?${new URLSearchParams({ q })}`;
  return (
    <>
      <title>{`${t('home.resultsFor', { q })} · Almanac`}</title>
      <meta name="robots" content="noindex" />
      <PageHead title={<bdi>{t('home.resultsFor', { q })}</bdi>} />
      <EverythingForm q={q} />
      {subjects.length > 0 && (
        <Section title={t('home.used')}>
          <ul className="plain stack">
            {subjects.map(({ type, id, name, requests }) => (
              <li key={`${type} ${id}`}>
                <h3>
                  <Link to={`/statistics/${type}/${encodeURIComponent(id)}`}>
                    <bdi>{name ?? id}</bdi>
                  </Link>
                </h3>
                <p className="soft">
                  {t(`home.${type}`)} · <bdi>{id}</bdi> · {number(requests)} {t('home.requests')}
                </p>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section
        title={t('search.found', { count: repositories.total })}
        aside={repositories.total > 0 && <Link to={everyOne}>{t('home.allOfThem')}</Link>}
      >
        {repositories.total === 0 ? (
          <Empty>
            <p>{t('search.none')}</p>
            <p>{t('home.noneHint')}</p>
          </Empty>
        ) : (
          <ResultList entries={repositories.entries} />
        )}
      </Section>
    </>
  );
}
