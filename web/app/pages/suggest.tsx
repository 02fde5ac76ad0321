import { type AlmanacClient, AlmanacError, type RegistryRecord } from 'almanac/client';
import {
  type ActionFunctionArgs,
  data,
  Form,
  type LoaderFunctionArgs,
  redirect,
  useActionData,
  useLoaderData,
} from 'react-router';
import { textOf } from '../differences/json.ts';
import { useI18n } from '../i18n.tsx';
import { translate } from '../messages/translate.ts';
import { Notice, PageHead, Section } from '../parts/page.tsx';
import { defaultMetadata } from '../records/identity.ts';
import { Outside } from '../records/outside.tsx';
import { cut } from '../records/shown.ts';
import { ask } from '../server/ask.ts';
import { type Choices, choices } from '../suggestions/choices.server.ts';
import { DuplicateWarning } from '../suggestions/duplicate-warning.tsx';
import { type Check, checkAddress } from '../suggestions/duplicates.server.ts';
import { ContactFields, RepositoryFields } from '../suggestions/form.tsx';
import {
  correctionOf,
  type FieldName,
  type FormValues,
  fieldAt,
  readValues,
  registerOf,
  valuesOf,
} from '../suggestions/form-fields.ts';
import { visitorOf } from '../visitor.ts';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { publicApi, baseUrl, lang } = visitorOf(context);
  const parameters = new URL(request.url).searchParams;
  const about = parameters.get('about');
  const [record, lists] = await Promise.all([aboutRecord(publicApi, about), choices(publicApi, lang)]);
  // Sites that know an address may lead here with it.
  const given = { ...readValues(parameters), contact_name: '', contact_email: '' };
  return {
    about:
      record === null
        ? null
        : { id: record.id, name: textOf(defaultMetadata(record.register), 'name') ?? '' },
    values: record === null ? given : valuesOf(record.register),
    choices: lists,
    baseUrl,
  };
}

interface Answer {
  values: FormValues;
  faults: { field: FieldName | null; message: string }[];
  check: Check | null;
  notice: 'unchanged' | 'tooMany' | 'dropped' | null;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { publicApi: api, lang } = visitorOf(context);
  const form = await request.formData();
  const values = readValues(form);
  const answer = (part: Partial<Answer>, status = 200) =>
    data<Answer>({ values, faults: [], check: null, notice: null, ...part }, { status });
  if (form.get('intent') === 'check')
    return answer({ check: await ask(checkAddress(api, values.url, values.name)) });
  if (form.get('website') !== '') return answer({ notice: 'dropped' });

  const record = await aboutRecord(api, form.get('about'));
  const register = record === null ? registerOf(values) : correctionOf(record.register, values);
  if (Object.keys(register).length === 0 && record !== null) return answer({ notice: 'unchanged' }, 400);
  if (values.url === '' && record === null)
    return answer({ faults: [{ field: 'url', message: translate(lang, 'suggest.urlBad') }] }, 400);
  try {
    const made = await api.suggestions.create({
      ...(record !== null && { about: record.id }),
      register,
      contact: { name: values.contact_name, email: values.contact_email },
      comment: values.comment,
      source: 'pages',
    });
    return made === null ? answer({ notice: 'dropped' }) : redirect(`/suggest/${made.id}?thanks`, 303);
  } catch (error) {
    if (!(error instanceof AlmanacError)) throw error;
    if (error.status === 429) return answer({ notice: 'tooMany' }, 429);
    if (error.status !== 400) return ask(Promise.reject(error));
    const faults = error.problem.errors.map(({ path, message }) => ({ field: fieldAt(path), message }));
    return answer({ faults }, 400);
  }
}

async function aboutRecord(api: AlmanacClient, id: unknown): Promise<RegistryRecord | null> {
  return typeof id === 'string' && id !== '' ? ask(api.registry.record(id)) : null;
}

export default function Suggest() {
  const { about, values: given, choices: lists, baseUrl } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { t, rich } = useI18n();
  const title = t(about === null ? 'suggest.title' : 'suggest.changeTitle');
  const lede =
    about === null
      ? t('suggest.lede')
      : rich('suggest.changeLede', { name: <Outside>{cut(about.name, 200)}</Outside> });
  return (
    <>
      <title>{`${title} · Almanac`}</title>
      <PageHead title={title} lede={lede} />
      {answer?.notice === 'dropped' ? (
        <Notice kind="good">{t('suggest.doneTitle')}</Notice>
      ) : (
        <SuggestForm about={about} values={answer?.values ?? given} lists={lists} answer={answer} />
      )}
      {about === null && (
        <Section title={t('suggest.embed')}>
          <p>{t('suggest.embedHint')}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
          <pre tabIndex={0}>{`<script src="${baseUrl}/suggest.js" async></script>`}</pre>
        </Section>
      )}
    </>
  );
}

interface FormProps {
  about: { id: string; name: string } | null;
  values: FormValues;
  lists: Choices;
  answer: Answer | undefined;
}

function SuggestForm({ about, values, lists, answer }: FormProps) {
  const { t } = useI18n();
  const faults = answer?.faults ?? [];
  return (
    <Form method="post" action="/suggest" className="stack form" noValidate={faults.length > 0}>
      {about !== null && <input type="hidden" name="about" value={about.id} />}
      {faults.length > 0 && (
        <Notice kind="bad">
          <strong>{t('suggest.faults', { count: faults.length })}</strong>
          <ul>
            {faults.map(({ field, message }) => (
              <li key={`${field} ${message}`}>
                {field === null ? message : `${field.replaceAll('_', ' ')}: ${message}`}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {answer?.notice === 'unchanged' && <Notice kind="warn">{t('suggest.unchanged')}</Notice>}
      {answer?.notice === 'tooMany' && <Notice kind="warn">{t('suggest.tooMany')}</Notice>}
      <RepositoryFields values={values} faults={faults} choices={lists} isCorrection={about !== null}>
        {about === null && <DuplicateWarning check={answer?.check ?? null} />}
      </RepositoryFields>
      <ContactFields values={values} faults={faults} />
      <p className="out-of-sight" aria-hidden="true">
        <label>
          {t('suggest.website')} <input name="website" tabIndex={-1} autoComplete="off" />
        </label>
      </p>
      <p>
        <button className="button" type="submit" name="intent" value="send">
          {t('suggest.send')}
        </button>
      </p>
    </Form>
  );
}
