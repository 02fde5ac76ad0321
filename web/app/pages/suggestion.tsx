import { Link, type LoaderFunctionArgs, useLoaderData } from 'react-router';
import { entriesOf, type JsonObject, objectOf, textOf } from '../differences/json.ts';
import { useI18n } from '../i18n.tsx';
import { Notice, PageHead, Section } from '../parts/page.tsx';
import { About } from '../records/about.tsx';
import { defaultMetadata } from '../records/identity.ts';
import { Outside, OutsideLink } from '../records/outside.tsx';
import { Organisations } from '../records/parties.tsx';
import { cut } from '../records/shown.ts';
import { Systems } from '../records/systems.tsx';
import { ask, askFor } from '../server/ask.ts';
import { visitorOf } from '../visitor.ts';

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { publicApi: api } = visitorOf(context);
  const suggestion = await ask(api.suggestions.get(params.id ?? ''));
  const others = [suggestion.about, ...suggestion.duplicate_of].filter((id) => id !== undefined);
  const names = new Map<string, string>();
  for (const id of others) {
    const record = await askFor(api.registry.record(id));
    if (record !== null) names.set(id, textOf(defaultMetadata(record.register), 'name') ?? id);
  }
  const thanks = new URL(request.url).searchParams.has('thanks');
  return { suggestion, names: Object.fromEntries(names), thanks };
}

/** What became of a suggestion: the page its sender keeps the address of. */
export default function Suggestion() {
  const { suggestion, names, thanks } = useLoaderData<typeof loader>();
  const { t, date } = useI18n();
  const { register, submitted, status, about, duplicate_of: duplicates, detected } = suggestion;
  const title = t(thanks ? 'suggest.doneTitle' : 'suggest.follow');
  return (
    <>
      <title>{`${title} · Almanac`}</title>
      <meta name="robots" content="noindex" />
      <PageHead kicker={t('suggest.submitted', { date: date(submitted) })} title={title}>
        <Standing status={status} record={suggestion.record} reason={suggestion.reason} thanks={thanks} />
      </PageHead>
      {about !== undefined && <Other label={t('suggest.about')} id={about} name={names[about]} />}
      {duplicates.map((id) => (
        <Other key={id} label={t('suggest.same')} id={id} name={names[id]} />
      ))}
      <Suggested register={register} />
      {isThere(detected) && (
        <Section title={t('suggest.detected')}>
          <pre>{JSON.stringify(detected, null, 2)}</pre>
        </Section>
      )}
      <p>
        <Link to="/suggest" className="button second">
          {t('suggest.another')}
        </Link>
      </p>
    </>
  );
}

interface StandingProps {
  status: string;
  record?: string | undefined;
  reason?: string | undefined;
  thanks: boolean;
}

function Standing({ status, record, reason, thanks }: StandingProps) {
  const { t } = useI18n();
  if (status === 'accepted') {
    return (
      <Notice kind="good">
        <p>{t('suggest.acceptedText')}</p>
        {record !== undefined && <Link to={`/repositories/${record}`}>{t('suggest.seeRecord')}</Link>}
      </Notice>
    );
  }
  if (status === 'rejected') {
    return (
      <Notice kind="warn">
        <p>{t('suggest.rejectedText')}</p>
        <blockquote>
          <Outside>{reason ?? ''}</Outside>
        </blockquote>
      </Notice>
    );
  }
  return <Notice kind="good">{thanks ? t('suggest.done') : t('suggest.pending')}</Notice>;
}

function Suggested({ register }: { register: JsonObject }) {
  const { t } = useI18n();
  const metadata = defaultMetadata(register);
  const [name, url, status] = [
    textOf(metadata, 'name'),
    textOf(metadata, 'url'),
    textOf(register, 'operational_status'),
  ];
  const lang = textOf(entriesOf(register, 'metadata')[0], 'lang') ?? 'en';
  return (
    <>
      <Section title={t('suggest.suggested')}>
        {name !== null && (
          <p>
            <strong>
              <Outside>{cut(name, 300)}</Outside>
            </strong>
          </p>
        )}
        {url !== null && <OutsideLink url={url} />}
        {status !== null && <p>{`${t('record.status')}: ${status}`}</p>}
      </Section>
      {Object.keys(objectOf(entriesOf(register, 'metadata')[0], 'record')).length > 0 && (
        <About metadata={metadata} register={register} lang={lang} />
      )}
      <Organisations register={register} />
      <Systems register={register} />
    </>
  );
}

function Other({ label, id, name }: { label: string; id: string; name: string | undefined }) {
  return (
    <p>
      {label}{' '}
      <Link to={`/repositories/${id}`}>
        <Outside>{cut(name ?? id, 200)}</Outside>
      </Link>
    </p>
  );
}

const isThere = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;
