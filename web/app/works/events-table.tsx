import type { EventSource, FeedEvent } from 'almanac/client';
import { isObject, textOf } from '../differences/json.ts';
import { useI18n } from '../i18n.tsx';
import { TableFrame } from '../parts/table-frame.tsx';
import { Outside, OutsideLink } from '../records/outside.tsx';
import { cut } from '../records/shown.ts';
import { plainTitle } from './describe.ts';

/** Single events: when, what says it, and the evidence it was derived from. */
export function EventsTable({
  events,
  titles,
}: {
  events: FeedEvent[];
  titles: Record<string, EventSource>;
}) {
  const { t, number, shortDate } = useI18n();
  return (
    <TableFrame label={t('work.events')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('work.when')}</th>
            <th scope="col">{t('work.source')}</th>
            <th scope="col">{t('work.what')}</th>
            <th scope="col" className="figure">
              {t('work.counts')}
            </th>
            <th scope="col">{t('work.evidence')}</th>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <tr key={event.id}>
              <td className="figures">
                <time dateTime={event.occurred_at}>{shortDate(event.occurred_at)}</time>
              </td>
              <td>
                <Outside>{titles[event.source_id]?.title ?? event.source_id}</Outside>
                <br />
                <small className="soft">{(event.relation_type_id ?? '').replaceAll('_', ' ')}</small>
              </td>
              <td>
                <What event={event} />
              </td>
              <td className="figure">{number(event.total ?? 0)}</td>
              <td>
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

/** The end that speaks, with its title where one is known. */
function What({ event: { subj_id: subject = '', subj, obj_id: object } }: { event: FeedEvent }) {
  const title = plainTitle(textOf(isObject(subj) ? subj : undefined, 'title') ?? '');
  return (
    <>
      <OutsideLink url={subject} text={title === '' ? cut(subject, 160) : cut(title, 200)} />
      {object !== undefined && (
        <>
          <br />
          <small className="soft">
            <Outside>{cut(object, 160)}</Outside>
          </small>
        </>
      )}
    </>
  );
}
