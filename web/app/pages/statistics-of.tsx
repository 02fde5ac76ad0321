import { Link, type LoaderFunctionArgs, useLoaderData, useLocation } from 'react-router';
import { i18n, useI18n } from '../i18n.tsx';
import { Notice, PageHead, Section, Tally } from '../parts/page.tsx';
import { Outside } from '../records/outside.tsx';
import { cut } from '../records/shown.ts';
import { Compare } from '../statistics/compare.tsx';
import { Countries } from '../statistics/countries.tsx';
import { Embed } from '../statistics/embed.tsx';
import { figuresOf, isSubjectType, subjectPath } from '../statistics/figures.ts';
import {
  askStatistics,
  compared,
  countryRows,
  mentionsOf,
  named,
  publicationsOf,
} from '../statistics/load.server.ts';
import { Mentions } from '../statistics/mentions.tsx';
import { PeriodForm } from '../statistics/period-form.tsx';
import { Publications } from '../statistics/publications.tsx';
import { changed, readQuestion } from '../statistics/question.ts';
import { SeriesTable } from '../statistics/series-table.tsx';
import { UsageChart } from '../statistics/usage-chart.tsx';
import { visitorOf } from '../visitor.ts';
import { plainTitle } from '../works/describe.ts';

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { publicApi: api, lang, baseUrl } = visitorOf(context);
  const { type, id = '' } = params;
  if (!isSubjectType(type)) throw new Response('', { status: 404 });
  const said = i18n(lang);
  const question = readQuestion(new URL(request.url).searchParams, type);
  const [statistics, { others, missing }, publications, mentions] = await Promise.all([
    askStatistics(api, type, id, question),
    compared(api, question, said),
    publicationsOf(api, type, id, question),
    type === 'publication' ? mentionsOf(api, id) : null,
  ]);
  return {
    subject: named(figuresOf(statistics), said),
    others,
    missing,
    question,
    countries: countryRows(statistics, said),
    publications,
    mentions,
    upTo: statistics.up_to,
    from: statistics.from,
    until: statistics.until,
    baseUrl,
  };
}

export default function StatisticsOf() {
  const {
    subject,
    others,
    missing,
    countries,
    publications,
    mentions,
    question,
    upTo,
    from,
    until,
    baseUrl,
  } = useLoaderData<typeof loader>();
  const said = useI18n();
  const { t, number, time, shortDate } = said;
  const { search } = useLocation();
  const fullName = subject.type === 'publication' ? plainTitle(subject.name) : subject.name;
  const name = cut(fullName, 300);
  const path = subjectPath(subject.type, subject.id);
  const isNothing = subject.series.length === 0;
  const api = `/api/usage/statistics/${subject.type}/${encodeURIComponent(subject.id)}`;
  return (
    <div className="statistics">
      <title>{`${cut(fullName, 100)} · ${t('statistics.title')} · Almanac`}</title>
      <PageHead
        kicker={
          <span className="row">
            <Link to="/statistics">{t('statistics.title')}</Link>
            <span>{t(`statistics.${subject.type}`)}</span>
          </span>
        }
        title={<Outside>{name}</Outside>}
      >
        {subject.type !== 'country' && subject.name !== subject.id && (
          <p className="soft">
            <Outside>{cut(subject.id, 200)}</Outside>
          </p>
        )}
        {subject.type === 'publication' && (
          <p>
            <Link to={`/works/${encodeURIComponent(subject.id)}`}>{t('statistics.work')}</Link>
          </p>
        )}
      </PageHead>
      <Tally
        items={[
          { label: t('statistics.requests'), value: number(subject.metrics.total_item_requests) },
          { label: t('statistics.requestsUnique'), value: number(subject.metrics.unique_item_requests) },
          { label: t('statistics.investigations'), value: number(subject.metrics.total_item_investigations) },
          {
            label: t('statistics.investigationsUnique'),
            value: number(subject.metrics.unique_item_investigations),
          },
        ]}
      />
      <p className="soft small counted">
        {t('statistics.counted')} <Link to="/about">{t('statistics.learnMore')}</Link>
      </p>
      <Section
        title={t('statistics.overTime')}
        aside={
          from !== null &&
          until !== null && <span className="soft small">{`${shortDate(from)} – ${shortDate(until)}`}</span>
        }
      >
        <PeriodForm path={path} question={question} />
        {isNothing ? (
          <Notice>
            {t(
              question.from === undefined && question.until === undefined
                ? 'statistics.noneYet'
                : 'statistics.none',
            )}
          </Notice>
        ) : (
          <>
            <figure className="chart-figure">
              <UsageChart subjects={[subject, ...others]} said={said} />
              {others.length === 0 && <Legend />}
            </figure>
            <Compare subject={subject} others={others} missing={missing} search={search} />
            <SeriesTable series={subject.series} />
            <p className="row no-print">
              <a href={`${api}.csv${apiSearch(question)}`}>{t('statistics.csv')}</a>
              <a href={`${api}${apiSearch(question)}&by=country`}>{t('statistics.json')}</a>
              <a href={`${path}/chart.svg${changed(search, 'lang', null)}`}>{t('statistics.svg')}</a>
            </p>
          </>
        )}
      </Section>
      {publications !== null && <Publications {...{ publications, search, path }} type={subject.type} />}
      {countries.length > 0 && <Countries countries={countries} />}
      {mentions !== null && <Mentions mentions={mentions} />}
      {!isNothing && <Embed path={path} baseUrl={baseUrl} name={cut(subject.name, 200)} search={search} />}
      {upTo !== null && <p className="soft small up-to">{t('statistics.upTo', { time: time(upTo) })}</p>}
    </div>
  );
}

function apiSearch({
  from,
  until,
  granularity,
}: {
  from?: string | undefined;
  until?: string | undefined;
  granularity: string;
}): string {
  const parameters = new URLSearchParams({ granularity });
  if (from !== undefined) parameters.set('from', from);
  if (until !== undefined) parameters.set('until', until);
  return `?${parameters}`;
}

function Legend() {
  const { t } = useI18n();
  return (
    <ul className="legend">
      {[
        { tone: 'swatch-1', text: t('statistics.requests') },
        { tone: 'swatch-soft', text: t('statistics.investigations') },
      ].map(({ tone, text }) => (
        <li key={tone}>
          <svg width="14" height="14" aria-hidden="true">
            <rect width="14" height="14" className={tone} />
          </svg>
          {text}
        </li>
      ))}
    </ul>
  );
}
