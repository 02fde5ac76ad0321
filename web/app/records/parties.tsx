import { entriesOf, type JsonObject, objectOf, textOf, textsOf } from '../differences/json.ts';
import { useI18n } from '../i18n.tsx';
import { Country } from '../parts/country.tsx';
import { Section } from '../parts/page.tsx';
import { Fields } from './fields.tsx';
import { Outside, OutsideLink, Tags } from './outside.tsx';
import { useTerm } from './terms.ts';

/** Who hosts and keeps the repository. */
export function Organisations({ register }: { register: JsonObject }) {
  const { t } = useI18n();
  const term = useTerm();
  const organisations = entriesOf(register, 'organisation');
  if (organisations.length === 0) return null;
  return (
    <Section id="organisation" title={t('record.organisation')}>
      {organisations.map((organisation, place) => {
        const details = objectOf(organisation, 'details');
        const text = (field: string) => textOf(details, field);
        const code = text('country_code');
        const identifiers = entriesOf(details, 'identifier');
        return (
          <article key={place} className="entry">
            <h3>{named(text('name'), text('acronym'), text('url'))}</h3>
            <Tags texts={textsOf(organisation, 'role').map(term)} />
            <Fields
              rows={[
                {
                  label: t('record.unit'),
                  value:
                    (text('unit') ?? text('unit_url')) !== null &&
                    named(text('unit'), text('unit_acronym'), text('unit_url')),
                },
                {
                  label: t('record.country'),
                  value: code !== null ? <Country code={code} /> : text('country'),
                },
                {
                  label: t('record.address'),
                  value: text('address') !== null && <Outside>{text('address') ?? ''}</Outside>,
                },
                { label: t('record.place'), value: text('lat') !== null && `${text('lat')}, ${text('lon')}` },
                {
                  label: t('record.identifier'),
                  value: identifiers.length > 0 && (
                    <Tags
                      texts={identifiers.map((one) =>
                        `${textOf(one, 'scheme') ?? ''} ${textOf(one, 'value') ?? ''}`.trim(),
                      )}
                    />
                  ),
                },
              ]}
            />
          </article>
        );
      })}
    </Section>
  );
}

/** Whom to ask. */
export function Contacts({ register }: { register: JsonObject }) {
  const { t } = useI18n();
  const term = useTerm();
  const contacts = entriesOf(register, 'contact');
  if (contacts.length === 0) return null;
  return (
    <Section id="contact" title={t('record.contact')}>
      {contacts.map((contact, place) => {
        const details = objectOf(contact, 'details');
        const text = (field: string) => textOf(details, field);
        const shown = (field: string) => text(field) !== null && <Outside>{text(field) ?? ''}</Outside>;
        return (
          <article key={place} className="entry">
            <h3>
              <Outside>{text('name') ?? text('email') ?? t('record.contact')}</Outside>
              {text('job_title') !== null && (
                <span className="quiet">
                  {', '}
                  <Outside>{text('job_title') ?? ''}</Outside>
                </span>
              )}
            </h3>
            <Tags texts={textsOf(contact, 'role').map(term)} />
            <Fields
              rows={[
                { label: t('record.email'), value: mail(text('email')) },
                { label: t('record.phone'), value: shown('phone') },
                { label: t('record.fax'), value: shown('fax') },
                { label: t('record.address'), value: shown('address') },
                { label: t('record.place'), value: text('lat') !== null && `${text('lat')}, ${text('lon')}` },
              ]}
            />
          </article>
        );
      })}
    </Section>
  );
}

function named(name: string | null, acronym: string | null, url: string | null) {
  const text = [name ?? acronym ?? url ?? '', name !== null && acronym !== null ? `(${acronym})` : '']
    .join(' ')
    .trim();
  return url === null ? <Outside>{text}</Outside> : <OutsideLink url={url} text={text} />;
}

function mail(address: string | null) {
  if (address === null) return null;
  if (!/^[^\s@<>"]+@[^\s@<>"]+$/.test(address)) return <Outside>{address}</Outside>;
  return (
    <a href={`mailto:${encodeURIComponent(address).replace('%40', '@')}`}>
      <Outside>{address}</Outside>
    </a>
  );
}
