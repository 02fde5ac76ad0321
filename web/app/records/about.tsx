import { entriesOf, type JsonObject, textOf, textsOf } from '../differences/json.ts';
import { useI18n } from '../i18n.tsx';
import { Country } from '../parts/country.tsx';
import { Section } from '../parts/page.tsx';
import { Fields } from './fields.tsx';
import { recordIdOf } from './identity.ts';
import { Outside, OutsideLink, Tags } from './outside.tsx';
import { useTerm } from './terms.ts';

/** What the metadata of a record say, in one of its languages. */
export function About({
  metadata,
  register,
  lang,
}: {
  metadata: JsonObject;
  register: JsonObject;
  lang: string;
}) {
  const { t, language, period } = useI18n();
  const term = useTerm();
  const text = (field: string) => textOf(metadata, field);
  const tags = (field: string) => {
    const texts = textsOf(metadata, field);
    return texts.length > 0 && <Tags texts={texts.map(term)} />;
  };
  const link = (field: string) => {
    const url = text(field);
    return url !== null && <OutsideLink url={url} />;
  };
  const description = text('description');
  const code = text('country_code');
  const codes = textsOf(metadata, 'language_code');
  const established = text('established_date');
  return (
    <Section id="about" title={t('record.about')}>
      {description !== null && (
        <p className="record-description">
          <Outside lang={lang}>{description}</Outside>
        </p>
      )}
      <Fields
        rows={[
          { label: t('record.repository_type'), value: tags('repository_type') },
          { label: t('record.content_type'), value: tags('content_type') },
          { label: t('record.subject'), value: tags('subject') },
          { label: t('record.classification'), value: classifications(metadata) },
          {
            label: t('record.language'),
            value: codes.length > 0 ? <Tags texts={codes.map(language)} /> : tags('language'),
          },
          { label: t('record.established_date'), value: established !== null && period(established) },
          { label: t('record.certification'), value: tags('certification') },
          { label: t('record.country'), value: code !== null ? <Country code={code} /> : text('country') },
          { label: t('record.continent'), value: term(text('continent') ?? '') },
          { label: t('record.place'), value: place(metadata) },
          { label: t('record.policy_url'), value: link('policy_url') },
          {
            label: t('record.twitter'),
            value: text('twitter') !== null && <Outside>{text('twitter') ?? ''}</Outside>,
          },
          { label: t('record.identifier'), value: pairs(register, 'identifier', 'scheme', 'value') },
          { label: t('record.relation'), value: pairs(register, 'relation', 'type', 'target') },
        ]}
      />
    </Section>
  );
}

function place(metadata: JsonObject) {
  const [lat, lon] = [textOf(metadata, 'lat'), textOf(metadata, 'lon')];
  return lat !== null && lon !== null && `${lat}, ${lon}`;
}

function classifications(metadata: JsonObject) {
  const entries = entriesOf(metadata, 'classification');
  return (
    entries.length > 0 && (
      <Tags
        texts={entries.map((entry) =>
          ['code', 'term', 'scheme'].flatMap((field) => textOf(entry, field) ?? []).join(' · '),
        )}
      />
    )
  );
}

/** Lists of names with values; a value that is an address, or another record, becomes a link. */
function pairs(register: JsonObject, field: string, name: string, value: string) {
  const entries = entriesOf(register, field);
  return (
    entries.length > 0 && (
      <ul className="plain">
        {entries.map((entry) => {
          const [label, target] = [textOf(entry, name) ?? '', textOf(entry, value) ?? ''];
          const record = recordIdOf(target);
          return (
            <li key={`${label} ${target}`}>
              <span className="quiet">
                <Outside>{label}</Outside>
              </span>{' '}
              {record === null ? (
                <OutsideLink url={target} />
              ) : (
                <a href={`/repositories/${record}`}>{target}</a>
              )}
            </li>
          );
        })}
      </ul>
    )
  );
}
