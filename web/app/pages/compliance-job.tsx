import { useEffect } from 'react';
import {
  type ActionFunctionArgs,
  Form,
  Link,
  type LoaderFunctionArgs,
  redirect,
  useLoaderData,
  useLocation,
  useRevalidator,
} from 'react-router';
import { remember } from '../compliance/earlier-lists.tsx';
import { Facets } from '../compliance/facets.tsx';
import { jobView } from '../compliance/job-view.server.ts';
import { ResultsTable } from '../compliance/results-table.tsx';
import { useI18n } from '../i18n.tsx';
import { Empty, Notice, PageHead, Section, Tally } from '../parts/page.tsx';
import { Outside } from '../records/outside.tsx';
import { ask } from '../server/ask.ts';
import { changed } from '../statistics/question.ts';
import { visitorOf } from '../visitor.ts';

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { publicApi: api } = visitorOf(context);
  const id = params.id ?? '';
  const progress = await ask(api.compliance.progress(id));
  const view = await jobView(api, id, progress, new URL(request.url).searchParams);
  return { id, progress, view };
}

export async function action({ params, context }: ActionFunctionArgs) {
  const { publicApi: api } = visitorOf(context);
  const id = params.id ?? '';
  await ask(api.compliance.retry(id));
  return redirect(`/compliance/${encodeURIComponent(id)}`, 303);
}

const renewEveryMs = 2_000;
const kinds = { submitted: '', processing: '', complete: 'good', error: 'bad' } as const;

export default function ComplianceJob() {
  const { id, progress, view } = useLoaderData<typeof loader>();
  const { t, number } = useI18n();
  const { search } = useLocation();
  const { status, counts } = progress;
  const isOver = status === 'complete' || status === 'error';
  const isUnreadable = status === 'error' && counts.records === 0;
  useEffect(() => remember(id), [id]);
  useRenewal(!isOver);
  return (
    <div className="compliance-job">
      <title>{`${t('compliance.jobTitle')}: ${t(`compliance.${status}`)} · Almanac`}</title>
      <meta name="robots" content="noindex" />
      {!isOver && (
        <noscript>
          <meta httpEquiv="refresh" content="4" />
        </noscript>
      )}
      <PageHead
        kicker={<Link to="/compliance">{t('compliance.title')}</Link>}
        title={t('compliance.jobTitle')}
      >
        <p>
          <span className={`state ${kinds[status]}`}>{t(`compliance.${status}`)}</span>
        </p>
        {!isUnreadable && <Progress progress={progress} isOver={isOver} />}
      </PageHead>
      {progress.message !== undefined && (
        <Notice {...(status === 'error' && { kind: 'bad' as const })}>
          <Outside>{progress.message}</Outside>
        </Notice>
      )}
      {!isUnreadable && (
        <Tally
          items={(['rows', 'records', 'ignored', 'done', 'unavailable'] as const)
            .filter((name) => name === 'records' || name === 'done' || counts[name] > 0)
            .map((name) => ({ label: t(`compliance.${name}`), value: number(counts[name]) }))}
        />
      )}
      {counts.unavailable > 0 && (
        <Form method="post" className="no-print">
          <button className="button second" type="submit">
            {t('compliance.retry')}
          </button>
        </Form>
      )}
      <Downloads id={id} hasResults={!isUnreadable} />
      <Webhook progress={progress} />
      {counts.records === 0 ? (
        isOver &&
        !isUnreadable && (
          <Empty>
            <p>{t('compliance.noRecords')}</p>
          </Empty>
        )
      ) : (
        <>
          <Section title={t('compliance.outcome')}>
            {view.counts === null ? (
              <p className="soft">{t('compliance.outcomeLater')}</p>
            ) : (
              <Facets counts={view.counts} total={counts.records} search={search} />
            )}
          </Section>
          <Results view={view} total={counts.records} search={search} />
        </>
      )}
    </div>
  );
}

/** While the list is worked on, its page is asked for again and again, unless nobody looks. */
function useRenewal(isOn: boolean): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (!isOn || state !== 'idle') return;
    const timer = setTimeout(() => {
      if (document.visibilityState === 'visible') void revalidate();
    }, renewEveryMs);
    const onVisible = () => document.visibilityState === 'visible' && void revalidate();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [isOn, state, revalidate]);
}

type Shown = ReturnType<typeof useLoaderData<typeof loader>>;

function Progress({
  progress: { pc, queue, status, counts },
  isOver,
}: Pick<Shown, 'progress'> & { isOver: boolean }) {
  const { t } = useI18n();
  if (isOver) return <p className="soft">{t('compliance.keep')}</p>;
  return (
    <div aria-live="polite" className="progress">
      <progress max={100} value={pc} aria-label={t(`compliance.${status}`)} />
      <p>{t('compliance.progress', { done: counts.done, records: counts.records, pc })}</p>
      {status === 'submitted' && queue !== 0 && (
        <p className="soft">
          {typeof queue === 'number'
            ? t('compliance.queue', { count: queue })
            : t('compliance.queueMany', { queue })}
        </p>
      )}
      <p className="soft small">
        {t('compliance.refreshes')} {t('compliance.keep')}
      </p>
    </div>
  );
}

/** Whether the address that was to be called was reached, and why not. */
function Webhook({ progress: { webhook_callback: url, webhook } }: Pick<Shown, 'progress'>) {
  const { t, time } = useI18n();
  if (url === undefined) return null;
  if (webhook === undefined || (webhook.tries.length === 0 && webhook.delivered_at === null))
    return (
      <p className="soft small">
        <Outside>{t('compliance.webhookTo', { url })}</Outside>
      </p>
    );
  const { delivered_at, next_try_at, tries } = webhook;
  const state =
    delivered_at !== null
      ? t('compliance.webhookDone', { url, time: time(delivered_at) })
      : next_try_at !== null
        ? t('compliance.webhookAgain', { url, time: time(next_try_at) })
        : t('compliance.webhookGivenUp', { url });
  return (
    <div className="soft small">
      <p>
        <Outside>{state}</Outside>
      </p>
      {tries.length > 0 && (
        <ol>
          {tries.map(({ at, outcome }) => (
            <li key={at + outcome}>
              {time(at)}: <Outside>{outcome}</Outside>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function Downloads({ id, hasResults }: { id: string; hasResults: boolean }) {
  const { t } = useI18n();
  const results = `/download_progress/${encodeURIComponent(id)}`;
  return (
    <p className="row no-print">
      <strong>{t('compliance.downloads')}</strong>
      {hasResults && (
        <>
          <a href={results}>{t('compliance.csv')}</a>
          <a href={`${results}?format=xlsx`}>{t('compliance.xlsx')}</a>
          <a href={`${results}?format=json`}>{t('compliance.json')}</a>
        </>
      )}
      <a href={`/download_original/${encodeURIComponent(id)}`}>{t('compliance.original')}</a>
    </p>
  );
}

function Results({ view, total, search }: { view: Shown['view']; total: number; search: string }) {
  const { t } = useI18n();
  const { records, shown, page, pages, policies } = view;
  const title =
    shown === total
      ? t('compliance.resultsCount', { count: total })
      : t('compliance.filtered', { shown, count: total });
  return (
    <Section title={title} id="results">
      {records.length === 0 ? (
        <Empty>
          <p>{t('compliance.empty')}</p>
        </Empty>
      ) : (
        <ResultsTable records={records} policies={policies} />
      )}
      {pages > 1 && (
        <nav className="pagination" aria-label={t('compliance.results')}>
          {page > 1 ? (
            <Link to={`${changed(search, 'page', String(page - 1))}#results`}>{t('compliance.newer')}</Link>
          ) : (
            <span />
          )}
          <span className="soft">{t('compliance.page', { page, pages })}</span>
          {page < pages ? (
            <Link to={`${changed(search, 'page', String(page + 1))}#results`}>{t('compliance.older')}</Link>
          ) : (
            <span />
          )}
        </nav>
      )}
    </Section>
  );
}
