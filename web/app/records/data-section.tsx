import { useI18n } from '../i18n.tsx';
import { Section } from '../parts/page.tsx';
import { Fields } from './fields.tsx';

export interface DataProps {
  id: string;
  baseUrl: string;
  /** `oai:<host>:<id>`, the record's name in this server's OAI-PMH. */
  oaiIdentifier: string;
  name: string;
  created: string;
  updated: string;
}

/** The record for programs, and the badge for other people's pages. */
export function DataSection({ id, baseUrl, oaiIdentifier, name, created, updated }: DataProps) {
  const { t, time } = useI18n();
  const oai = (format: string) =>
    `/oai?verb=GetRecord&metadataPrefix=${format}&identifier=${encodeURIComponent(oaiIdentifier)}`;
  const links = [
    { href: `/record/${id}`, text: t('record.dataJson') },
    { href: `/record/${id}.jsonld`, text: t('record.dataLd') },
    { href: oai('oai_dc'), text: t('record.dataOaiDc') },
    { href: oai('oarr'), text: t('record.dataOai') },
    { href: `/record/${id}/history`, text: t('record.dataHistory') },
    { href: `/record/${id}/stats`, text: t('record.dataStats') },
  ];
  const badge = `${baseUrl}/repositories/${id}/badge.svg`;
  const page = `${baseUrl}/repositories/${id}`;
  return (
    <Section id="data" title={t('record.data')}>
      <ul className="row plain">
        {links.map(({ href, text }) => (
          <li key={href}>
            <a href={href}>{text}</a>
          </li>
        ))}
      </ul>
      <Fields
        rows={[
          { label: t('record.uri'), value: <code>{`info:oarr:${id}`}</code> },
          { label: t('record.created'), value: time(created) },
          { label: t('record.updated'), value: time(updated) },
        ]}
      />
      <div className="no-print stack badge">
        <h3>{t('record.badge')}</h3>
        <p className="soft">{t('record.badgeHint')}</p>
        <img src={`/repositories/${id}/badge.svg`} alt={t('record.badge')} height="20" />
        <label className="field">
          <span className="label">{t('record.badgeCode')}</span>
          <input readOnly value={`<a href="${page}"><img src="${badge}" alt="${attribute(name)}"></a>`} />
        </label>
      </div>
    </Section>
  );
}

/** As the value of an attribute in the piece of HTML that is offered for copying. */
function attribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
