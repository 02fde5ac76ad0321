import type { SuggestionForReview } from 'almanac/client';
import type { ReactNode } from 'react';
import { Form, Link } from 'react-router';
import { entriesOf, objectOf, textOf } from '../differences/json.ts';
import { useI18n } from '../i18n.tsx';
import { Country } from '../parts/country.tsx';
import { TableFrame } from '../parts/table-frame.tsx';
import { defaultMetadata } from '../records/identity.ts';
import { Outside, OutsideLink } from '../records/outside.tsx';
import { cut } from '../records/shown.ts';

interface Props {
  suggestion: SuggestionForReview;
  names: Record<string, string>;
  fault: { register: string | null } | null;
}

/** One suggestion with all a reviewer needs: who, what, where it differs, and what to do with it. */
export function ReviewedSuggestion({ suggestion, names, fault }: Props) {
  const { t, rich, date } = useI18n();
  const { id, register, about, duplicate_of: duplicates, contact, comment, source, status } = suggestion;
  const metadata = defaultMetadata(register);
  const [name, url, description] = ['name', 'url', 'description'].map((field) => textOf(metadata, field));
  const recordLink = (other: string) => (
    <Link to={`/repositories/${other}`}>
      <Outside>{cut(names[other] ?? other, 200)}</Outside>
    </Link>
  );
  const country = textOf(metadata, 'country_code');
  const facts = [
    textOf(objectOf(entriesOf(register, 'organisation')[0], 'details'), 'name'),
    textOf(entriesOf(register, 'software')[0], 'name'),
    textOf(register, 'operational_status'),
  ].filter((one) => one !== null);
  return (
    <section className="section reviewed" aria-labelledby={`s-${id}`}>
      <h2 id={`s-${id}`}>
        <Outside>{cut(name ?? names[about ?? ''] ?? url ?? t('record.noName'), 200)}</Outside>
      </h2>
      <p className="row soft">
        <span>
          {about === undefined
            ? t('review.newRepository')
            : rich('review.correction', { link: recordLink(about) })}
        </span>
        <span>{date(suggestion.submitted)}</span>
        <Link to={`/suggest/${id}`}>{t('review.ownPage')}</Link>
      </p>
      {url != null && (
        <p>
          <OutsideLink url={url} />
        </p>
      )}
      {description != null && (
        <p className="record-description">
          <Outside>{cut(description, 600)}</Outside>
        </p>
      )}
      {(country !== null || facts.length > 0) && (
        <p>
          {country !== null && <Country code={cut(country, 20)} />}
          {country !== null && facts.length > 0 && ' · '}
          {facts.length > 0 && <Outside>{cut(facts.join(' · '), 400)}</Outside>}
        </p>
      )}
      <Sender contact={contact} comment={comment} source={source} />
      {duplicates.map((other) => (
        <p key={other} className="notice warn">
          {rich('review.duplicate', { link: recordLink(other) })}
        </p>
      ))}
      {(about !== undefined || duplicates.length > 0) && <Differences differences={suggestion.differences} />}
      {status === 'pending' ? (
        <Decide suggestion={suggestion} fault={fault} />
      ) : (
        <Decided
          suggestion={suggestion}
          link={suggestion.record === undefined ? null : recordLink(suggestion.record)}
        />
      )}
    </section>
  );
}

function Sender({ contact, comment, source }: Pick<SuggestionForReview, 'contact' | 'comment' | 'source'>) {
  const { t, rich } = useI18n();
  const sender = [contact?.name, contact?.email].filter((one) => one !== undefined).join(', ');
  return (
    <>
      <p className="soft">
        {sender === ''
          ? t('review.fromNobody')
          : rich('review.from', { contact: <Outside>{sender}</Outside> })}
        {source !== null && source !== 'pages' && (
          <>
            {' '}
            <Outside>{t('review.via', { source })}</Outside>
          </>
        )}
      </p>
      {comment !== null && (
        <blockquote>
          <Outside>{comment}</Outside>
        </blockquote>
      )}
    </>
  );
}

function Differences({ differences }: Pick<SuggestionForReview, 'differences'>) {
  const { t } = useI18n();
  if (differences.length === 0) return <p className="soft">{t('review.noDifferences')}</p>;
  return (
    <TableFrame label={t('review.differences')}>
      <table className="differences">
        <caption>{t('review.differences')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('record.field')}</th>
            <th scope="col">{t('review.have')}</th>
            <th scope="col">{t('review.found')}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ path, have, found }) => (
            <tr key={path}>
              <th scope="row">{path.split('/').slice(1).join(' › ').replaceAll('_', ' ')}</th>
              <td>{have === null ? '—' : <Outside>{shown(have)}</Outside>}</td>
              <td>
                <ins>
                  <Outside>{shown(found)}</Outside>
                </ins>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

const shown = (value: SuggestionForReview['differences'][number]['found']) =>
  typeof value === 'string' ? value : JSON.stringify(value);

function Decide({
  suggestion: { id, about, duplicate_of: duplicates, register },
  fault,
}: Omit<Props, 'names'>) {
  const { t } = useI18n();
  const original = JSON.stringify(register, null, 2);
  return (
    <div className="decide stack">
      <Form method="post" className="stack">
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="original" value={original} />
        <details open={fault?.register != null}>
          <summary>{t('review.edit')}</summary>
          <label className="field">
            <span className="hint">{t('review.editHint')}</span>
            <textarea
              name="register"
              className="code"
              rows={14}
              spellCheck={false}
              defaultValue={fault?.register ?? original}
            />
          </label>
        </details>
        <div className="row">
          <button className="button" type="submit" name="intent" value="accept">
            {t(about === undefined ? 'review.accept' : 'review.acceptCorrection')}
          </button>
          {about === undefined && (
            <>
              <label className="row">
                {t('review.merge')}{' '}
                <input name="about" defaultValue={duplicates[0] ?? ''} placeholder={t('review.mergeHint')} />
              </label>
              <button className="button second" type="submit" name="intent" value="merge">
                {t('review.mergeGo')}
              </button>
            </>
          )}
        </div>
      </Form>
      <Form method="post" className="row">
        <input type="hidden" name="id" value={id} />
        <label className="row grow">
          {t('review.reason')}{' '}
          <input name="reason" required maxLength={10000} placeholder={t('review.reasonHint')} />
        </label>
        <button className="button second" type="submit" name="intent" value="reject">
          {t('review.reject')}
        </button>
      </Form>
    </div>
  );
}

function Decided({ suggestion, link }: { suggestion: SuggestionForReview; link: ReactNode }) {
  const { t, date } = useI18n();
  return (
    <p className={suggestion.status === 'accepted' ? 'notice good' : 'notice warn'}>
      {t(suggestion.status === 'accepted' ? 'review.statusAccepted' : 'review.statusRejected')}{' '}
      <Outside>
        {t('review.decidedBy', {
          account: suggestion.decided_by ?? '',
          date: date(suggestion.decided ?? ''),
        })}
      </Outside>{' '}
      {link}
      {suggestion.reason !== undefined && <Outside>{`: ${suggestion.reason}`}</Outside>}
    </p>
  );
}
