import { AlmanacError } from 'almanac/client';
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
import { DropZone } from '../compliance/drop-zone.tsx';
import { EarlierLists } from '../compliance/earlier-lists.tsx';
import { handIn } from '../compliance/hand-in.server.ts';
import { builtIn } from '../compliance/policies.ts';
import { useI18n } from '../i18n.tsx';
import type { MessageKey } from '../messages/messages.ts';
import { Notice, PageHead, Section } from '../parts/page.tsx';
import { ask } from '../server/ask.ts';
import { visitorOf } from '../visitor.ts';

/** An address or id in the field for earlier lists leads to that list. In the demo `?example` fills some articles in. */
export function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const { isDemo } = visitorOf(context);
  const given = searchParams.get('list')?.trim() ?? '';
  const id = /([\w-]{16,})\/?(?:[?#].*)?$/.exec(given)?.[1];
  if (id !== undefined) throw redirect(`/compliance/${encodeURIComponent(id)}`);
  return { isDemo, example: isDemo && searchParams.has('example') ? exampleList : '' };
}

const demoDoi = (number: number) => `10.5555/demo.${number}`;
const exampleList = Array.from({ length: 10 }, (_, at) => demoDoi(at + 1)).join('\n');

interface Refused {
  message: MessageKey;
  faults: string[];
}

/** What was in the form, so that nobody has to fill it in twice; a file cannot be given back. */
interface Given {
  list: string;
  policies: string[];
  panel: string;
}

const longestGivenBack = 200_000;

function givenIn(form: FormData): Given {
  return {
    list: String(form.get('list') ?? '').slice(0, longestGivenBack),
    policies: form.getAll('policies').map(String),
    panel: String(form.get('panel') ?? 'A'),
  };
}

const messages: Record<number, MessageKey> = { 413: 'compliance.tooLarge', 429: 'compliance.tooMany' };

export async function action({ request, context }: ActionFunctionArgs) {
  const { publicApi: api } = visitorOf(context);
  const form = await request.formData();
  const refuse = (refused: Refused, status: number) => data({ ...refused, given: givenIn(form) }, { status });
  try {
    const handedIn = await handIn(api, form);
    if (handedIn === null) return refuse({ message: 'compliance.nothing', faults: [] }, 400);
    return redirect(`/compliance/${encodeURIComponent(handedIn.id)}`, 303);
  } catch (error) {
    if (!(error instanceof AlmanacError)) throw error;
    const { status, problem } = error;
    if (status === null || status >= 500) return ask(Promise.reject(error));
    const faults = problem.errors.map(({ path, message }) => `${path} ${message}`.trim());
    const said = messages[status] ?? 'compliance.faults';
    return refuse(
      { message: said, faults: faults.length > 0 ? faults : [problem.detail ?? problem.title] },
      status,
    );
  }
}

export default function Compliance() {
  const { isDemo, example } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const given = refused?.given ?? { list: example, policies: [], panel: 'A' };
  const { t } = useI18n();
  return (
    <>
      <title>{`${t('compliance.title')} · Almanac`}</title>
      <PageHead title={t('compliance.title')} lede={t('compliance.lede')} />
      <Form
        method="post"
        action="/compliance"
        encType="multipart/form-data"
        className="stack form"
        reloadDocument
      >
        {refused !== undefined && (
          <Notice kind="bad">
            <p>{t(refused.message)}</p>
            {refused.faults.length > 0 && (
              <ul>
                {refused.faults.map((fault) => (
                  <li key={fault}>{fault}</li>
                ))}
              </ul>
            )}
          </Notice>
        )}
        <DropZone />
        <p className="soft small">
          <a href="/compliance/template.csv" download>
            {t('compliance.template')}
          </a>
        </p>
        <div className="field">
          <label htmlFor="list">{`${t('compliance.or')} ${t('compliance.paste').toLowerCase()}`}</label>
          <span className="hint" id="list-hint">
            {t('compliance.pasteHint')}
          </span>
          <textarea
            id="list"
            name="list"
            rows={4}
            spellCheck={false}
            aria-describedby="list-hint"
            className="code"
            key={given.list}
            defaultValue={given.list}
          />
        </div>
        {isDemo && (
          <p className="soft small">
            {t('compliance.demo', { first: demoDoi(1), last: demoDoi(40) })}{' '}
            <Link to="/compliance?example" preventScrollReset>
              {t('compliance.demoFill')}
            </Link>
          </p>
        )}
        <Policies given={given} />
        <Options />
        <p>
          <button className="button" type="submit">
            {t('compliance.send')}
          </button>
        </p>
      </Form>
      <Section title={t('compliance.past')}>
        <EarlierLists />
        <Form method="get" action="/compliance" className="row after-list">
          <label className="row grow">
            {t('compliance.pastOpen')} <input name="list" required />
          </label>
          <button className="button second" type="submit">
            {t('compliance.pastGo')}
          </button>
        </Form>
      </Section>
    </>
  );
}

function Policies({ given }: { given: Given }) {
  const { t } = useI18n();
  return (
    <fieldset className="stack">
      <legend>{t('compliance.policies')}</legend>
      <p className="soft">{t('compliance.policiesHint')}</p>
      <ul className="plain policies">
        {builtIn.map(({ id, title, words }) => (
          <li key={id}>
            <label>
              <input
                type="checkbox"
                name="policies"
                value={id}
                defaultChecked={given.policies.includes(id)}
              />
              <span>
                <strong>{title}</strong>
                <br />
                <span className="soft small">{t(words)}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      <div className="field">
        <label htmlFor="panel">{t('compliance.panel')}</label>
        <span className="hint" id="panel-hint">
          {t('compliance.panelHint')}
        </span>
        <select id="panel" name="panel" defaultValue={given.panel} aria-describedby="panel-hint">
          {['A', 'B', 'C', 'D'].map((panel) => (
            <option key={panel}>{panel}</option>
          ))}
        </select>
      </div>
    </fieldset>
  );
}

function Options() {
  const { t } = useI18n();
  return (
    <details>
      <summary>{t('compliance.options')}</summary>
      <div className="stack">
        <div className="field">
          <label htmlFor="contact_email">{t('compliance.email')}</label>
          <span className="hint" id="email-hint">
            {t('compliance.emailHint')}
          </span>
          <input
            id="contact_email"
            name="contact_email"
            type="email"
            autoComplete="email"
            aria-describedby="email-hint"
          />
        </div>
        <div className="field">
          <label htmlFor="webhook_callback">{t('compliance.webhook')}</label>
          <input id="webhook_callback" name="webhook_callback" type="url" />
        </div>
        <div className="field">
          <label htmlFor="more_policies">{t('compliance.morePolicies')}</label>
          <span className="hint" id="more-hint">
            {t('compliance.morePoliciesHint')}
          </span>
          <input id="more_policies" name="more_policies" aria-describedby="more-hint" />
        </div>
        <label className="row">
          <input type="checkbox" name="publisher_pages" value="true" /> {t('compliance.publisherPages')}
        </label>
      </div>
    </details>
  );
}
