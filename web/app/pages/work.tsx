import { type AlmanacClient, AlmanacError, type FeedEvent } from 'almanac/client';
import { data, Link, type LoaderFunctionArgs, useLoaderData } from 'react-router';
import { useI18n } from '../i18n.tsx';
import { Notice, PageHead, Section, Tally } from '../parts/page.tsx';
import { Fields } from '../records/fields.tsx';
import { Outside, OutsideLink, Tags } from '../records/outside.tsx';
import { cut } from '../records/shown.ts';
import { ask } from '../server/ask.ts';
import { subjectPath } from '../statistics/figures.ts';
import { visitorOf } from '../visitor.ts';
import { authorsOf, plainTitle } from '../works/describe.ts';
import { EventsTable } from '../works/events-table.tsx';
import { totalsOf } from '../works/totals.ts';
import { TotalsTable } from '../works/totals-table.tsx';

const size = 25;

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { publicApi: api, baseUrl } = visitorOf(context);
  const id = params.id ?? '';
  const parameters = new URL(request.url).searchParams;
  const source = parameters.get('source') ?? undefined;
  const [work, sources, { events, restarted }] = await Promise.all([
    ask(api.events.work(id)),
    ask(api.events.sources()),
    eventsAt(api, id, source, parameters.get('cursor') ?? undefined),
  ]);
  const titles = Object.fromEntries(sources.map((one) => [one.id, one]));
  return data(
    {
      work,
      titles,
      totals: totalsOf(work, sources),
      source: source ?? null,
      events,
      restarted,
      isFirst: !parameters.has('cursor'),
    },
    { headers: { link: `<${baseUrl}/webmention>; rel="webmention"` } },
  );
}

type EventsPage = { meta: { next_cursor: string | null; more: boolean }; events: FeedEvent[] };

/** A place that the list no longer knows leads to its beginning, and is said. */
async function eventsAt(
  api: AlmanacClient,
  id: string,
  source: string | undefined,
  cursor: string | undefined,
): Promise<{ events: EventsPage; restarted: boolean }> {
  const page = (from: string | undefined) =>
    api.events.feed({ work_id: id, source_id: source, include: 'live', size, cursor: from });
  try {
    return { events: await page(cursor), restarted: false };
  } catch (error) {
    const isStale = error instanceof AlmanacError && error.status === 400 && cursor !== undefined;
    if (!isStale) return ask(Promise.reject(error));
    return { events: await ask(page(undefined)), restarted: true };
  }
}

export const headers = ({ loaderHeaders }: { loaderHeaders: Headers }) => loaderHeaders;

export default function WorkPage() {
  const { work, titles, totals, source, events, restarted, isFirst } = useLoaderData<typeof loader>();
  const { t, shortDate } = useI18n();
  const title = work.title === null ? t('work.untitled') : plainTitle(work.title);
  const path = `/works/${encodeURIComponent(work.id)}`;
  return (
    <div className="work">
      <title>{`${cut(title, 100)} · Almanac`}</title>
      <link rel="webmention" href="/webmention" />
      <PageHead kicker={t('work.title')} title={<Outside>{cut(title, 300)}</Outside>}>
        <Authors />
      </PageHead>
      <Description />
      <Usage />
      <Section title={t('work.mentions')}>
        {totals.length === 0 ? (
          <p className="soft">{t('work.mentionsNone')}</p>
        ) : (
          <TotalsTable path={path} totals={totals} />
        )}
      </Section>
      {(events.events.length > 0 || source !== null) && (
        <Section
          id="events"
          title={
            source === null
              ? t('work.events')
              : t('work.eventsOf', { source: titles[source]?.title ?? source })
          }
          aside={source !== null && <Link to={`${path}#events`}>{t('work.allSources')}</Link>}
        >
          <p className="soft">{t('work.eventsHint')}</p>
          {restarted && <Notice kind="warn">{t('work.badCursor')}</Notice>}
          <EventsTable events={events.events} titles={titles} work={work} />
          <nav className="pagination" aria-label={t('work.events')}>
            {isFirst ? <span /> : <Link to={`${path}${query({ source })}#events`}>{t('work.first')}</Link>}
            {events.meta.more && (
              <Link to={`${path}${query({ source, cursor: events.meta.next_cursor })}#events`}>
                {t('work.more')}
              </Link>
            )}
          </nav>
        </Section>
      )}
      <p className="soft small row">
        <span>
          {t('work.updated', {
            created: shortDate(String(work.created_at)),
            updated: shortDate(String(work.updated_at)),
          })}
        </span>
        <a href={`/api/works/${encodeURIComponent(work.id)}`}>{t('work.asData')}</a>
      </p>
    </div>
  );
}

function query(parts: Record<string, string | null>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(parts)) if (value !== null) parameters.set(name, value);
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

function Authors() {
  const { work } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  const authors = authorsOf(work);
  if (authors.length === 0) return null;
  return (
    <p className="lede">
      {t('work.authors')}{' '}
      {authors.slice(0, 30).map(({ name, orcid }, place) => (
        <span key={place}>
          {place > 0 && ', '}
          {orcid === null ? (
            <Outside>{cut(name, 120)}</Outside>
          ) : (
            <Link to={subjectPath('scholar', `orcid:${orcid}`)}>
              <Outside>{cut(name, 120)}</Outside>
            </Link>
          )}
        </span>
      ))}
      {authors.length > 30 && ' …'}
    </p>
  );
}

function Description() {
  const { work } = useLoaderData<typeof loader>();
  const { t, period, number } = useI18n();
  const text = (value: unknown) =>
    typeof value === 'string' && value !== '' && <Outside>{cut(value, 500)}</Outside>;
  const relations = Object.entries(work.relations);
  return (
    <Fields
      rows={[
        { label: t('work.container'), value: text(work.container_title) },
        { label: t('work.issued'), value: work.issued !== null && period(work.issued) },
        { label: t('work.type'), value: text(String(work.type ?? '').replaceAll('_', ' ')) },
        { label: t('work.publisher'), value: text(work.publisher_id) },
        { label: t('work.agency'), value: text(work.registration_agency) },
        {
          label: t('work.identifiers'),
          value: (
            <ul className="plain">
              {work.identifiers.map(({ type, value, url }) => (
                <li key={`${type} ${value}`}>
                  <span className="soft">{type.toUpperCase()}</span>{' '}
                  {url === null ? <Outside>{value}</Outside> : <OutsideLink url={url} text={value} />}
                </li>
              ))}
            </ul>
          ),
        },
        {
          label: t('work.relations'),
          value: relations.length > 0 && (
            <Tags
              texts={relations.map(([name, count]) => `${name.replaceAll('_', ' ')}: ${number(count)}`)}
            />
          ),
        },
      ]}
    />
  );
}

function Usage() {
  const { work } = useLoaderData<typeof loader>();
  const { t, number } = useI18n();
  const { usage } = work;
  return (
    <Section
      title={t('work.usage')}
      aside={usage !== null && <Link to={subjectPath('publication', work.id)}>{t('work.usageMore')}</Link>}
    >
      {usage === null ? (
        <p className="soft">{t('work.usageNone')}</p>
      ) : (
        <Tally
          items={[
            { label: t('statistics.requests'), value: number(usage.total_item_requests ?? 0) },
            { label: t('statistics.requestsUnique'), value: number(usage.unique_item_requests ?? 0) },
            { label: t('statistics.investigations'), value: number(usage.total_item_investigations ?? 0) },
            {
              label: t('statistics.investigationsUnique'),
              value: number(usage.unique_item_investigations ?? 0),
            },
          ]}
        />
      )}
    </Section>
  );
}
