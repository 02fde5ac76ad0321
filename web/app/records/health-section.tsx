import { useI18n } from '../i18n.tsx';
import { Section } from '../parts/page.tsx';
import type { LinkHealth } from './health.ts';
import { Outside, OutsideLink } from './outside.tsx';

const kinds: Record<string, string> = { ok: 'good', redirected: 'good', failing: 'warn', broken: 'bad' };

/** What became of the record's addresses when they were last asked. */
export function HealthSection({ health }: { health: { state: string; links: LinkHealth[] } | null }) {
  const { t, shortDate } = useI18n();
  return (
    <Section id="health" title={t('record.health')} aside={health !== null && <State state={health.state} />}>
      {health === null ? (
        <p className="soft">{t('record.healthNone')}</p>
      ) : (
        <ul className="plain links-checked">
          {health.links.map(({ field, url, state, class: found, status, finalUrl, since }) => (
            <li key={`${field} ${url}`}>
              <State state={state} />{' '}
              <span className="soft">
                {[
                  found === state ? null : found,
                  status,
                  since === null ? null : t('record.since', { date: shortDate(since) }),
                ]
                  .filter((part) => part !== null)
                  .join(' · ')}
              </span>
              <br />
              <OutsideLink url={url} /> <small className="soft">{field}</small>
              {finalUrl !== null && finalUrl !== url && (
                <>
                  <br />
                  <small>
                    <Outside>{t('record.leadsTo', { url: finalUrl })}</Outside>
                  </small>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function State({ state }: { state: string }) {
  return <span className={`state ${kinds[state] ?? ''}`}>{state}</span>;
}
