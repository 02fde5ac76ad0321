import type { EventSource, FeedEvent, Work } from 'almanac/client';
import { isObject, textOf } from '../differences/json.ts';
import { useI18n } from '../i18n.tsx';
import { TableFrame } from '../parts/table-frame.tsx';
import { Outside, OutsideLink } from '../records/outside.tsx';
import { cut } from '../records/shown.ts';
import { plainTitle } from './describe.ts';

/** Single events of a work: when, what is at the other end, and the evidence it was derived from. */
export function EventsTable({
  events,
  titles,
  work,
}: {
  events: FeedEvent[];
  titles: Record<string, EventSource>;
  work: Pick<Work, 'id' | 'identifiers'>;
}) {
  const { t, number, shortDate } = useI18n();
  const own = spellingsOf(work);
  return (
    <TableFrame label={t('work.events')}>
      <table className="events-table cards">
        <thead>
          <tr>
            <th scope="col">{t('work.when')}</th>
            <th scope="col" className="source">
              {t('work.source')}
            </th>
            <th scope="col" className="what">
              {t('work.what')}
            </th>
            <th scope="col" className="figure">
              {t('work.counts')}
            </th>
            <th scope="col">{t('work.evidence')}</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr key={event.id}>
              <td className="figures" data-label={t('work.when')}>
                <time dateTime={event.occurred_at}>{shortDate(event.occurred_at)}</time>
              </td>
              <td data-label={t('work.source')}>
                <Outside>{titles[event.source_id]?.title ?? event.source_id}</Outside>
                <br />
                <small className="soft">{(event.relation_type_id ?? '').replaceAll('_', ' ')}</small>
              </td>
              <td data-label={t('work.what')}>
                <What event={event} own={own} />
              </td>
              <td className="figure" data-label={t('work.counts')}>
                {number(event.total ?? 0)}
              </td>
              <td data-label={t('work.evidence')}>
                {event.evidence !== '' && (
                  <a href={`/api/evidence/${encodeURIComponent(event.evidence)}`}>{t('work.evidence')}</a>
                )}
                {typeof event.provenance_url === 'string' && (
                  <>
                    <br />
                    <OutsideLink url={event.provenance_url} text={t('work.origin')} />
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  );
}

/** Identifiers of a work in the spellings that events have them. */
function spellingsOf({ id, identifiers }: Pick<Work, 'id' | 'identifiers'>): Set<string> {
  const all = identifiers.flatMap(({ type, value, url }) => [value, `${type}:${value}`, url ?? value]);
  return new Set([id, ...all].map((text) => text.toLowerCase()));
}

/** The other end, with its title where one is known; both ends, where the work is not recognised in either. */
function What({ event, own }: { event: FeedEvent; own: Set<string> }) {
  const { subj_id: subject = '', obj_id: object = '' } = event;
  const isOwn = (id: string) => own.has(id.toLowerCase());
  const [other, described, rest] = isOwn(subject)
    ? [object, event.obj, '']
    : [subject, event.subj, isOwn(object) ? '' : object];
  const title = plainTitle(textOf(isObject(described) ? described : undefined, 'title') ?? '');
  return (
    <>
      <OutsideLink url={other} text={title === '' ? cut(other, 160) : cut(title, 200)} />
      {rest !== '' && (
        <>
          <br />
          <small className="soft">
            <Outside>{cut(rest, 160)}</Outside>
          </small>
        </>
      )}
    </>
  );
}
