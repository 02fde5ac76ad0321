import { type AlmanacClient, AlmanacError } from 'almanac/client';
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
import type { MessageKey } from '../messages/messages.ts';
import { Notice, PageHead } from '../parts/page.tsx';
import { endOfSession, isPossibleKey, sessionCookie } from '../server/session.ts';
import { visitorOf } from '../visitor.ts';

export function loader({ context }: LoaderFunctionArgs) {
  return { signedIn: visitorOf(context).signedIn };
}

/** Signs in with a key, or out. The key goes into a cookie that scripts and other sites cannot reach. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { baseUrl, apiWithKey } = visitorOf(context);
  const form = await request.formData();
  if (form.get('intent') === 'out') {
    return redirect('/account', { status: 303, headers: { 'set-cookie': endOfSession(baseUrl) } });
  }
  const key = String(form.get('key') ?? '').trim();
  const fault = isPossibleKey(key) ? await refusal(apiWithKey(key)) : 'review.wrongKey';
  if (fault !== null) return data({ fault }, { status: 403 });
  return redirect('/review', { status: 303, headers: { 'set-cookie': sessionCookie(key, baseUrl) } });
}

/** Why the key cannot be used for reviewing; null when it can. */
async function refusal(api: AlmanacClient): Promise<MessageKey | null> {
  try {
    await api.suggestions.page({ size: 0 });
    return null;
  } catch (error) {
    if (error instanceof AlmanacError && error.status === 401) return 'review.wrongKey';
    if (error instanceof AlmanacError && error.status === 403) return 'review.noRight';
    throw error;
  }
}

export default function Account() {
  const { signedIn } = useLoaderData<typeof loader>();
  const fault = useActionData<typeof action>()?.fault;
  const { t } = useI18n();
  const title = t(signedIn ? 'review.signedIn' : 'review.account');
  return (
    <>
      <title>{`${title} · Almanac`}</title>
      <meta name="robots" content="noindex" />
      <PageHead title={title} lede={t(signedIn ? 'review.signedInText' : 'review.accountLede')} />
      {signedIn ? (
        <div className="row">
          <Link to="/review" className="button">
            {t('review.toReview')}
          </Link>
          <Form method="post" action="/account" reloadDocument>
            <button className="button second" type="submit" name="intent" value="out">
              {t('review.signOut')}
            </button>
          </Form>
        </div>
      ) : (
        <Form method="post" action="/account" className="stack form" reloadDocument>
          {fault !== undefined && <Notice kind="bad">{t(fault)}</Notice>}
          <div className="field">
            <label htmlFor="key">{t('review.key')}</label>
            <span className="hint" id="key-hint">
              {t('review.keyHint')}
            </span>
            <input
              id="key"
              name="key"
              type="password"
              required
              autoComplete="current-password"
              aria-describedby="key-hint"
              aria-invalid={fault === undefined ? undefined : true}
            />
          </div>
          <p>
            <button className="button" type="submit">
              {t('review.signIn')}
            </button>
          </p>
        </Form>
      )}
    </>
  );
}
