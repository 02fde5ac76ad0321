import type { JsonObject } from '../differences/json.ts';
import { useI18n } from '../i18n.tsx';
import type { MessageKey } from '../messages/messages.ts';
import { Section } from '../parts/page.tsx';
import { Outside } from './outside.tsx';
import type { Supplied } from './provenance.ts';

/** The account behind each part of the record, and what accounts keep beside it. */
export function SupplySection({
  supplied,
  admin,
}: {
  supplied: Supplied[];
  admin: Record<string, JsonObject>;
}) {
  const { t, shortDate } = useI18n();
  const notes = Object.entries(admin);
  return (
    <Section id="supply" title={t('record.supply')}>
      <p className="soft">{t('record.supplyHint')}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('record.supplyPart')}</th>
            <th scope="col">{t('record.supplyAccount')}</th>
            <th scope="col">{t('record.supplySince')}</th>
          </tr>
        </thead>
        <tbody>
          {supplied.map(({ field, account, since }) => (
            <tr key={field}>
              <th scope="row">{partName(field, t)}</th>
              <td>
                {account === null ? (
                  <span className="soft">{t('record.supplyFirst')}</span>
                ) : (
                  <Outside>{account}</Outside>
                )}
              </td>
              <td>{since === null ? '' : shortDate(since)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {notes.length > 0 && (
        <>
          <h3>{t('record.notes')}</h3>
          <p className="soft">{t('record.notesHint')}</p>
          {notes.map(([account, data]) => (
            <details key={account}>
              <summary>
                <Outside>{account}</Outside>
              </summary>
              <pre>{JSON.stringify(data, null, 2)}</pre>
            </details>
          ))}
        </>
      )}
    </Section>
  );
}

const named: Record<string, MessageKey> = {
  operational_status: 'record.status',
  metadata: 'record.about',
  software: 'record.software',
  contact: 'record.contact',
  organisation: 'record.organisation',
  policy: 'record.policy',
  api: 'record.api',
  integration: 'record.integration',
  identifier: 'record.identifier',
  relation: 'record.relation',
};

/** A root field in words; `replaces` and its like are their own words. */
export function partName(field: string, t: (key: MessageKey) => string): string {
  const key = named[field];
  return key === undefined ? field.replaceAll('_', ' ') : t(key);
}
