import { Link } from 'react-router';
import { useI18n } from '../i18n.tsx';
import type { MessageKey } from '../messages/messages.ts';
import { beginning, type Entry } from './entry.ts';
import { splitTerm } from './terms.ts';

/** Repositories as paragraphs. */
export function ResultList({ entries }: { entries: Entry[] }) {
  return (
    <ol className="plain results">
      {entries.map((entry) => (
        <li key={entry.id}>
          <Result entry={entry} />
        </li>
      ))}
    </ol>
  );
}

function Result({ entry }: { entry: Entry }) {
  const { t, list } = useI18n();
  const { name, organisations, software } = entry;
  const facts = [...entry.types, entry.country, list(entry.languages), list(entry.contents)].filter(Boolean);
  return (
    <article className="result">
      <h3 className="clamp" lang={entry.lang ?? undefined}>
        <Link to={`/repositories/${entry.id}`}>
          <bdi>{name}</bdi>
        </Link>
        {entry.acronym !== null && <span className="soft"> ({entry.acronym})</span>}
      </h3>
      <p className="result-line">
        <StatusMark status={entry.status} />
        <HealthMark health={entry.health} />
        {entry.url !== null && <OwnAddress url={entry.url} />}
      </p>
      <Hosted organisations={organisations} software={software} />
      <p className="soft clamp">{facts.join(' · ')}</p>
      {entry.description !== null && <Description text={entry.description} lang={entry.lang} />}
      <p className="result-more small">
        <Detail title={t('search.policies')} values={entry.policies} />
        <Detail title={t('search.interfaces')} values={entry.apis.map(({ type }) => type)} />
        <Detail title={t('search.subjects')} values={entry.subjects} />
      </p>
    </article>
  );
}

/** How the state of a repository is shown by colour; the word stands beside it. */
function tone(status: string): string {
  if (status === 'Operational') return 'good';
  if (status === 'Broken' || status === 'Closed' || status === 'Malfunctioning') return 'bad';
  return 'warn';
}

export function StatusMark({ status }: { status: Entry['status'] }) {
  if (status === null) return null;
  const [term, shown] = splitTerm(status);
  return <span className={`state ${tone(term)}`}>{shown}</span>;
}

const healthText: Record<string, [string, MessageKey]> = {
  ok: ['good', 'search.healthOk'],
  failing: ['warn', 'search.healthFailing'],
  broken: ['bad', 'search.healthBroken'],
  unknown: ['', 'search.healthUnknown'],
};

function HealthMark({ health }: { health: string | null }) {
  const { t } = useI18n();
  const known = health === null ? undefined : healthText[health];
  if (known === undefined) return null;
  return <span className={`state ${known[0]}`}>{t(known[1])}</span>;
}

/** The repository's own address; only an http(s) one is a link. */
export function OwnAddress({ url }: { url: string }) {
  const shown = url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '');
  const text = beginning(shown, 60) ?? shown;
  if (!/^https?:\/\//i.test(url)) return <span>{text}</span>;
  return (
    <a className="quiet" href={url} rel="noopener nofollow">
      {text}
    </a>
  );
}

function Hosted({ organisations, software }: Pick<Entry, 'organisations' | 'software'>) {
  const { t, list } = useI18n();
  const values = { organisation: list(organisations), software: list(software) };
  if (organisations.length > 0 && software.length > 0)
    return <p className="clamp">{t('search.hostedOn', values)}</p>;
  if (organisations.length > 0) return <p className="clamp">{t('search.hostedBy', values)}</p>;
  return software.length > 0 ? <p className="clamp">{t('search.runsOn', values)}</p> : null;
}

const descriptionLength = 150;

function Description({ text, lang }: { text: string; lang: string | null }) {
  const { t } = useI18n();
  const first = beginning(text, descriptionLength);
  if (first === null) return <p lang={lang ?? undefined}>{text}</p>;
  return (
    <details className="description" lang={lang ?? undefined}>
      <summary>
        <span className="description-start">{first}</span>{' '}
        <span className="description-more">{t('search.more150')}</span>
      </summary>
      <p>{text}</p>
    </details>
  );
}

function Detail({ title, values }: { title: string; values: string[] }) {
  if (values.length === 0) return null;
  return (
    <span className="clamp">
      <span className="soft">{title}:</span> {[...new Set(values)].join(', ')}
    </span>
  );
}
