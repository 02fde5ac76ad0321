import { useI18n } from '../i18n.tsx';
import { PageHead, Section } from '../parts/page.tsx';

/** Sources, gaps, definitions, privacy. */
export default function About() {
  const { t, rich } = useI18n();
  return (
    <>
      <title>{`${t('about.title')} · Almanac`}</title>
      <PageHead title={t('about.title')} lede={t('about.lede')} />
      <Section title={t('about.sources')} id="sources">
        <div className="prose">
          <p>{t('about.sourcesRegister')}</p>
          <p>{t('about.sourcesWorks')}</p>
          <p>{t('about.sourcesUsage')}</p>
        </div>
      </Section>
      <Section title={t('about.definitions')} id="definitions">
        <dl className="particulars definitions">
          {(
            [
              'repository',
              'work',
              'investigation',
              'request',
              'unique',
              'doubleClick',
              'robots',
              'partner',
            ] as const
          ).map((term) => (
            <div key={term} id={term}>
              <dt>{t(`about.${term}`)}</dt>
              <dd>{t(`about.${term}Text`)}</dd>
            </div>
          ))}
        </dl>
        <p className="small soft">
          {rich('about.counter', {
            counter: (
              <a href="https://cop5.countermetrics.org/" rel="noopener">
                COUNTER R5.1
              </a>
            ),
          })}
        </p>
      </Section>
      <Section title={t('about.gaps')} id="gaps">
        <div className="prose">
          <p>{t('about.gapsPartners')}</p>
          <p>{t('about.gapsRegister')}</p>
          <p>{t('about.gapsTime')}</p>
        </div>
      </Section>
      <Section title={t('about.privacy')} id="privacy">
        <div className="prose">
          <p>{t('about.privacyReaders')}</p>
          <p>{t('about.privacyVisitors')}</p>
        </div>
      </Section>
      <Section title={t('about.reuse')} id="reuse">
        <div className="prose">
          <p>
            {rich('about.reuseText', {
              api: <a href="/docs">{t('frame.api')}</a>,
              dump: <a href="/dump">{t('frame.dump')}</a>,
              exports: <a href="/exports">/exports</a>,
              oai: <a href="/oai?verb=Identify">OAI-PMH</a>,
              feed: <a href="/feed.atom">Atom</a>,
            })}
          </p>
        </div>
      </Section>
    </>
  );
}
