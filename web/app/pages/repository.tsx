import type { LoaderFunctionArgs, MetaFunction } from 'react-router';
import { data, Link, useLoaderData } from 'react-router';
import { textOf } from '../differences/json.ts';
import { useI18n } from '../i18n.tsx';
import { Country } from '../parts/country.tsx';
import { Language } from '../parts/language.tsx';
import { Notice, PageHead } from '../parts/page.tsx';
import { About } from '../records/about.tsx';
import { DataSection } from '../records/data-section.tsx';
import { healthOf } from '../records/health.ts';
import { HealthSection } from '../records/health-section.tsx';
import { changesOf, comparisonOf } from '../records/history.ts';
import { HistorySection } from '../records/history-section.tsx';
import { holdingsOf } from '../records/holdings.ts';
import { HoldingsSection } from '../records/holdings-section.tsx';
import { defaultMetadata, languagesOf } from '../records/identity.ts';
import { Outside, OutsideLink } from '../records/outside.tsx';
import { Contacts, Organisations } from '../records/parties.tsx';
import { suppliedBy } from '../records/provenance.ts';
import { related } from '../records/related.server.ts';
import { cut, languageFor } from '../records/shown.ts';
import { SupplySection } from '../records/supply-section.tsx';
import { Systems } from '../records/systems.tsx';
import { termsOf } from '../records/terms.server.ts';
import { TermsProvider, useTerm } from '../records/terms.ts';
import { ask } from '../server/ask.ts';
import { visitorOf } from '../visitor.ts';

const mostChanges = 20;

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { publicApi: api, lang, baseUrl } = visitorOf(context);
  const id = params.id ?? '';
  const parameters = new URL(request.url).searchParams;
  const record = await ask(api.registry.record(id));
  const { register } = record;
  const shownLang = languageFor(register, parameters.get('lang') ?? lang);
  const [inLanguage, history, statistics, others] = await Promise.all([
    shownLang === null ? record : api.registry.record(id, { lang: shownLang }),
    api.registry.history(id),
    api.registry.statistics(id),
    related(api, record),
  ]);
  const current = { ver: record.ver, version_created: record.version_created, register };
  return data(
    {
      id,
      baseUrl,
      register,
      terms: termsOf(register, lang),
      metadata: defaultMetadata(inLanguage.register),
      shownLang: shownLang ?? languagesOf(register)[0] ?? 'en',
      languages: languagesOf(register),
      deleted: textOf(register, 'deleted'),
      related: others,
      health: healthOf(record.admin),
      holdings: holdingsOf(statistics),
      supplied: suppliedBy(register, history),
      admin: record.admin,
      current: { ver: record.ver, since: record.version_created },
      versions: history.map(({ ver, version_created: since }) => ({ ver, since })),
      changes: changesOf(current, history, mostChanges),
      comparison: comparisonOf(parameters, current, history),
      oaiIdentifier: `oai:${new URL(baseUrl).hostname}:${id}`,
      created: record.created_date,
      updated: record.last_updated,
    },
    { headers: { link: signposts(baseUrl, id) } },
  );
}

/** Where programs find the same (signposting.org), and where replies to this page are taken (Webmention). */
function signposts(baseUrl: string, id: string): string {
  return [
    `<${baseUrl}/record/${id}>; rel="describedby"; type="application/json"`,
    `<${baseUrl}/record/${id}.jsonld>; rel="describedby"; type="application/ld+json"`,
    `<${baseUrl}/repositories/${id}>; rel="cite-as"`,
    '<https://schema.org/AboutPage>; rel="type"',
    `<${baseUrl}/webmention>; rel="webmention"`,
  ].join(', ');
}

export const headers = ({ loaderHeaders }: { loaderHeaders: Headers }) => loaderHeaders;

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => {
  const [name, description] = ['name', 'description'].map((field) =>
    loaderData === undefined ? '' : (textOf(loaderData.metadata, field) ?? ''),
  ) as [string, string];
  return [
    { title: `${cut(name, 100)}${name === '' ? '' : ' · '}Almanac` },
    ...(description === '' ? [] : [{ name: 'description', content: cut(description, 160) }]),
  ];
};

export default function Repository() {
  const shown = useLoaderData<typeof loader>();
  const { id, register, metadata, shownLang, deleted } = shown;
  const { t } = useI18n();
  const name = textOf(metadata, 'name') ?? t('record.unnamed');
  return (
    <TermsProvider value={shown.terms}>
      <article className="repository">
        <link rel="alternate" type="application/json" href={`/record/${id}`} />
        <link rel="webmention" href="/webmention" />
        <PageHead
          kicker={<Kicker metadata={metadata} register={register} />}
          title={<Outside lang={shownLang}>{cut(name, 300)}</Outside>}
        >
          <Standing />
        </PageHead>
        {deleted === null && (
          <>
            <About metadata={metadata} register={register} lang={shownLang} />
            <div className="columns">
              <Organisations register={register} />
              <Contacts register={register} />
            </div>
            <Systems register={register} />
            <HealthSection health={shown.health} />
          </>
        )}
        <HoldingsSection holdings={shown.holdings} />
        <HistorySection {...shown} />
        <SupplySection supplied={shown.supplied} admin={shown.admin} />
        <DataSection {...shown} name={cut(name, 200)} />
      </article>
    </TermsProvider>
  );
}

function Kicker({ metadata, register }: { metadata: Json; register: Json }) {
  const { t } = useI18n();
  const term = useTerm();
  const code = textOf(metadata, 'country_code');
  const status = textOf(register, 'operational_status');
  return (
    <span className="row">
      <Link to="/repositories">{t('frame.repositories')}</Link>
      {code !== null && <Country code={code} />}
      {status !== null && (
        <span className={`state ${status === 'Operational' ? 'good' : 'warn'}`}>
          <Outside>{term(status)}</Outside>
        </span>
      )}
    </span>
  );
}

type Json = Parameters<typeof textOf>[0];

/** What a reader needs before all else: where it is, whether it still is, and in which languages it is described. */
function Standing() {
  const { id, metadata, deleted, related, languages, shownLang } = useLoaderData<typeof loader>();
  const { t, rich, date } = useI18n();
  const url = textOf(metadata, 'url');
  return (
    <>
      {deleted !== null && (
        <Notice kind="warn">
          <strong>{t('record.deletedTitle')}</strong>
          <p>{t('record.deleted', { date: date(deleted) })}</p>
        </Notice>
      )}
      {related.map(({ id: other, name, relation }) => (
        <Notice key={`${relation} ${other}`}>
          {rich(relation === 'replaces' ? 'record.replaces' : 'record.replacedBy', {
            link: (
              <Link to={`/repositories/${other}`}>
                <Outside>{name ?? t('record.noName')}</Outside>
              </Link>
            ),
          })}
        </Notice>
      ))}
      {url !== null && (
        <p className="address">
          <OutsideLink url={url} />
        </p>
      )}
      {languages.length > 1 && (
        <p className="row">
          <span className="soft">{t('record.alsoIn')}</span>
          {languages.map((lang) => (
            <Link
              key={lang}
              to={`/repositories/${id}?lang=${encodeURIComponent(lang)}`}
              aria-current={lang === shownLang ? 'true' : undefined}
              hrefLang={lang}
              reloadDocument
            >
              <Language code={lang} />
            </Link>
          ))}
        </p>
      )}
      {deleted === null && (
        <p className="no-print">
          <Link className="button second" to={`/suggest?about=${id}`}>
            {t('record.suggestChange')}
          </Link>
        </p>
      )}
    </>
  );
}
