import { Link, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router';
import { EverythingForm } from '../home/everything-form.tsx';
import { type FoundWork, findEverything } from '../home/find-everything.server.ts';
import { useI18n } from '../i18n.tsx';
import { Empty, PageHead, Section } from '../parts/page.tsx';
import { cut } from '../records/shown.ts';
import { ResultList } from '../search/results.tsx';
import { visitorOf } from '../visitor.ts';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { publicApi, lang } = visitorOf(context);
  const q = (new URL(request.url).searchParams.get('q') ?? '')
    .slice(0, 2_000)
    .toWellFormed()
    .replaceAll('\0', '')
    .trim();
  if (q === '') throw redirect('/repositories');
  return { q, ...(await findEverything(publicApi, q, lang)) };
}

/** One search for everything: repositories, works, people and partners, by words or by what identifies them. */
export default function Search() {
  const { q, repositories, works, subjects, moreSubjects } = useLoaderData<typeof loader>();
  const { t, number } = useI18n();
  const everyOne = `/repositories?${new URLSearchParams({ q })}`;
  return (
    <>
      <title>{`${t('home.resultsFor', { q: cut(q, 100) })} · Almanac`}</title>
      <meta name="robots" content="noindex" />
      <PageHead title={<bdi>{t('home.resultsFor', { q: cut(q, 300) })}</bdi>} />
      <EverythingForm q={q} />
      {works.found.length > 0 && (
        <Section title={t('home.worksFound')}>
          <ul className="plain stack">
            {works.found.map((work) => (
              <li key={work.id}>
                <WorkFound work={work} />
              </li>
            ))}
          </ul>
          {works.more && <p className="soft after-list">{t('home.moreWorks')}</p>}
        </Section>
      )}
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
          {moreSubjects && <p className="soft after-list">{t('home.moreSubjects')}</p>}
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

function WorkFound({ work: { id, title, authors, issued } }: { work: FoundWork }) {
  const { t } = useI18n();
  const by = authors.length > 3 ? [...authors.slice(0, 3), '…'] : authors;
  return (
    <>
      <h3 className="clamp">
        <Link to={`/works/${encodeURIComponent(id)}`}>
          <bdi>{title ?? t('work.untitled')}</bdi>
        </Link>
      </h3>
      <p className="soft clamp">
        {by.length > 0 && (
          <>
            <bdi>{by.join(', ')}</bdi>
            {' · '}
          </>
        )}
        {issued !== null && `${issued} · `}
        <bdi>{id}</bdi>
      </p>
    </>
  );
}
