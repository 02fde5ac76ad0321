import { AlmanacError, type SuggestionStatus } from 'almanac/client';
import {
  type ActionFunctionArgs,
  data,
  Form,
  Link,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import { useI18n } from '../i18n.tsx';
import { Empty, Notice, PageHead } from '../parts/page.tsx';
import { ask } from '../server/ask.ts';
import { type Decision, decide } from '../suggestions/decide.server.ts';
import { namesOf } from '../suggestions/names.server.ts';
import { ReviewedSuggestion } from '../suggestions/reviewed-suggestion.tsx';
import { visitorOf } from '../visitor.ts';

const size = 10;
const statuses = ['pending', 'accepted', 'rejected'] as const;
const titles = {
  pending: 'review.statusPending',
  accepted: 'review.statusAccepted',
  rejected: 'review.statusRejected',
} as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { api, publicApi, signedIn } = visitorOf(context);
  if (!signedIn) throw redirect('/account');
  const parameters = new URL(request.url).searchParams;
  const status: SuggestionStatus = statuses.find((one) => one === parameters.get('status')) ?? 'pending';
  const from = Math.max(0, Math.floor(Number(parameters.get('from'))) || 0);
  const { total, suggestions } = await page(api.suggestions.page({ status, from, size }));
  const ids = suggestions.flatMap(({ about, duplicate_of: others, record }) => [about, record, ...others]);
  return { status, from, total, suggestions, names: await namesOf(publicApi, ids) };
}

/** A key that was revoked, or lost its right, leads back to where one signs in. */
async function page<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AlmanacError && (error.status === 401 || error.status === 403))
      throw redirect('/account');
    return ask(Promise.reject(error));
  }
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { api, signedIn } = visitorOf(context);
  if (!signedIn) throw redirect('/account');
  const decision = await decide(api, await request.formData());
  return data(decision, { status: decision.kind === 'faulty' ? 400 : 200 });
}

export default function Review() {
  const { status, from, total, suggestions, names } = useLoaderData<typeof loader>();
  const decision = useActionData<typeof action>();
  const { t, number } = useI18n();
  return (
    <>
      <title>{`${t('review.title')} · Almanac`}</title>
      <meta name="robots" content="noindex" />
      <PageHead title={t('review.title')} lede={t('review.lede')}>
        <nav aria-label={t('review.status')}>
          <ul className="tabs">
            {statuses.map((one) => (
              <li key={one}>
                <Link to={`/review?status=${one}`} aria-current={one === status ? 'page' : undefined}>
                  {t(titles[one])}
                  {one === status && ` (${number(total)})`}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <Form method="post" action="/account" reloadDocument>
          <button className="button second" type="submit" name="intent" value="out">
            {t('review.signOut')}
          </button>
        </Form>
      </PageHead>
      {decision !== undefined && <Told decision={decision} />}
      {suggestions.length === 0 && (
        <Empty>
          <p>{t(status === 'pending' ? 'review.empty' : 'review.emptyDecided')}</p>
        </Empty>
      )}
      {suggestions.map((suggestion) => (
        <ReviewedSuggestion
          key={suggestion.id}
          suggestion={suggestion}
          names={names}
          fault={decision?.kind === 'faulty' && decision.id === suggestion.id ? decision : null}
        />
      ))}
      <nav className="pagination" aria-label={t('review.title')}>
        {from > 0 && (
          <Link to={`/review?status=${status}&from=${Math.max(0, from - size)}`}>{t('review.newer')}</Link>
        )}
        {from + size < total && (
          <Link to={`/review?status=${status}&from=${from + size}`}>{t('review.older')}</Link>
        )}
      </nav>
    </>
  );
}

function Told({ decision }: { decision: Decision }) {
  const { t, rich } = useI18n();
  if (decision.kind === 'accepted') {
    const link = <Link to={`/repositories/${decision.record}`}>{t('review.record')}</Link>;
    return <Notice kind="good">{rich('review.decidedAccepted', { link })}</Notice>;
  }
  if (decision.kind === 'rejected') return <Notice kind="good">{t('review.decidedRejected')}</Notice>;
  if (decision.kind === 'decided before') return <Notice kind="warn">{t('review.decidedBefore')}</Notice>;
  return (
    <Notice kind="bad">
      <p>{t('suggest.faults', { count: decision.faults.length })}</p>
      <ul>
        {decision.faults.map((fault) => (
          <li key={fault}>{fault}</li>
        ))}
      </ul>
    </Notice>
  );
}
