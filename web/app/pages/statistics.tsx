import { AlmanacError } from 'almanac/client';
import { Form, Link, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router';
import { useI18n } from '../i18n.tsx';
import { Notice, PageHead, Section } from '../parts/page.tsx';
import { Outside } from '../records/outside.tsx';
import { cut } from '../records/shown.ts';
import { countryChoices } from '../search/country-choices.server.ts';
import { ask } from '../server/ask.ts';
import { isSubjectType, subjectPath, subjectTypes } from '../statistics/figures.ts';
import { matching } from '../statistics/matching.server.ts';
import { readQuestion } from '../statistics/question.ts';
import { TopTable } from '../statistics/top-table.tsx';
import { visitorOf } from '../visitor.ts';

const kinds = ['publications', 'scholars', 'partners'] as const;
const size = 10;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { publicApi: api, lang } = visitorOf(context);
  const parameters = new URL(request.url).searchParams;
  const type = parameters.get('type') ?? 'publication';
  const wanted = (parameters.get('id') ?? '').trim();
  if (wanted !== '' && isSubjectType(type)) {
    try {
      const { subject } = await api.usage.statistics(type, wanted, { granularity: 'total' });
      throw redirect(subjectPath(subject.type, subject.id));
    } catch (error) {
      const isUnknown = error instanceof AlmanacError && (error.status === 404 || error.status === 400);
      if (!isUnknown) throw error instanceof AlmanacError ? await ask(Promise.reject(error)) : error;
    }
  }
  const { from, until } = readQuestion(parameters, 'publication');
  const [countries, matches, ...tops] = await Promise.all([
    ask(countryChoices(api, lang)),
    wanted === '' || !isSubjectType(type) ? [] : matching(api, type, wanted),
    ...kinds.map((kind) => ask(api.usage.top(kind, { from, until, size }))),
  ]);
  return {
    missing: wanted,
    matches,
    type: isSubjectType(type) ? type : 'publication',
    from,
    until,
    tops: kinds.map((kind, place) => ({ kind, items: tops[place]?.items ?? [] })),
    countries,
  };
}

export default function StatisticsIndex() {
  const { missing, matches, type, tops, countries, from, until } = useLoaderData<typeof loader>();
  const { t } = useI18n();
  return (
    <div className="statistics">
      <title>{`${t('statistics.title')} · Almanac`}</title>
      <PageHead title={t('statistics.title')} lede={t('statistics.lede')} />
      {missing !== '' && matches.length === 0 && (
        <Notice kind="warn">
          <Outside>{t('statistics.findNone', { id: cut(missing, 200) })}</Outside>
        </Notice>
      )}
      <div className="finders no-print">
        <Form action="/statistics" method="get" className="stack">
          <div className="field">
            <label htmlFor="id">{t('statistics.find')}</label>
            <span className="hint" id="id-hint">
              {t('statistics.findHint')}
            </span>
            <div className="row finder">
              <select name="type" defaultValue={type} aria-label={t('statistics.kind')}>
                {subjectTypes
                  .filter((one) => one !== 'country')
                  .map((one) => (
                    <option key={one} value={one}>
                      {t(`statistics.${one}`)}
                    </option>
                  ))}
              </select>
              <input id="id" name="id" required defaultValue={missing} aria-describedby="id-hint" />
              <button className="button" type="submit">
                {t('statistics.findGo')}
              </button>
            </div>
          </div>
        </Form>
        <Form action="/statistics" method="get" className="stack">
          <input type="hidden" name="type" value="country" />
          <div className="field">
            <label htmlFor="country">{t('statistics.countryGo')}</label>
            <div className="row finder">
              <select id="country" name="id">
                {countries.map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name}
                  </option>
                ))}
              </select>
              <button className="button second" type="submit">
                {t('statistics.findGo')}
              </button>
            </div>
          </div>
        </Form>
      </div>
      {matches.length > 0 && (
        <Section title={<bdi>{t('statistics.matches', { q: cut(missing, 200) })}</bdi>}>
          <TopTable items={matches} />
        </Section>
      )}
      <Form className="row period-form no-print" action="/statistics" method="get" key={`${from} ${until}`}>
        <label>
          {t('statistics.from')} <input type="date" name="from" defaultValue={from} />
        </label>
        <label>
          {t('statistics.until')} <input type="date" name="until" defaultValue={until} />
        </label>
        <button className="button second" type="submit">
          {t('statistics.show')}
        </button>
        {(from ?? until) !== undefined && <Link to="/statistics">{t('statistics.all')}</Link>}
      </Form>
      {tops.map(({ kind, items }) => (
        <Section key={kind} title={t(`statistics.${kind}`)}>
          {items.length === 0 ? <p className="soft">{t('statistics.noTop')}</p> : <TopTable items={items} />}
        </Section>
      ))}
    </div>
  );
}
