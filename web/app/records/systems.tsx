import { entriesOf, type JsonObject, textOf, textsOf } from '../differences/json.ts';
import { useI18n } from '../i18n.tsx';
import { Section } from '../parts/page.tsx';
import { Fields } from './fields.tsx';
import { Outside, OutsideLink, Tags } from './outside.tsx';
import { useTerm } from './terms.ts';

/** On what the repository runs, how programs reach it, what it is connected with, and the rules it has set itself. */
export function Systems({ register }: { register: JsonObject }) {
  return (
    <>
      <Software register={register} />
      <Interfaces register={register} />
      <Integrations register={register} />
      <Policies register={register} />
    </>
  );
}

function Software({ register }: { register: JsonObject }) {
  const { t } = useI18n();
  const software = entriesOf(register, 'software');
  if (software.length === 0) return null;
  return (
    <Section id="software" title={t('record.software')}>
      <ul className="plain">
        {software.map((one, place) => {
          const text = [textOf(one, 'name') ?? textOf(one, 'url') ?? '', textOf(one, 'version') ?? '']
            .join(' ')
            .trim();
          const url = textOf(one, 'url');
          return (
            <li key={place}>
              {url === null ? <Outside>{text}</Outside> : <OutsideLink url={url} text={text} />}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function Interfaces({ register }: { register: JsonObject }) {
  const { t } = useI18n();
  const apis = entriesOf(register, 'api');
  if (apis.length === 0) return null;
  return (
    <Section id="api" title={t('record.api')}>
      {apis.map((api, place) => {
        const url = textOf(api, 'base_url');
        const formats = entriesOf(api, 'metadata_formats').map(
          (format) => textOf(format, 'prefix') ?? textOf(format, 'namespace') ?? '',
        );
        return (
          <article key={place} className="entry">
            <h3>
              <Outside>
                {[textOf(api, 'api_type') ?? '', textOf(api, 'version') ?? ''].join(' ').trim()}
              </Outside>
            </h3>
            {url !== null && (
              <p className="address">
                <OutsideLink url={url} />
              </p>
            )}
            <Fields
              rows={[
                {
                  label: t('record.authenticated'),
                  value:
                    typeof api.authenticated === 'boolean' &&
                    t(api.authenticated ? 'record.yes' : 'record.no'),
                },
                { label: t('record.formats'), value: formats.length > 0 && <Tags texts={formats} /> },
                { label: t('record.accepts'), value: list(api, 'accepts') },
                { label: t('record.packaging'), value: list(api, 'accept_packaging') },
              ]}
            />
          </article>
        );
      })}
    </Section>
  );
}

function Integrations({ register }: { register: JsonObject }) {
  const { t } = useI18n();
  const integrations = entriesOf(register, 'integration');
  if (integrations.length === 0) return null;
  return (
    <Section id="integration" title={t('record.integration')}>
      <ul className="plain">
        {integrations.map((one, place) => {
          const url = textOf(one, 'url');
          const parts = ['integrated_with', 'nature', 'software', 'version'].flatMap(
            (field) => textOf(one, field) ?? [],
          );
          return (
            <li key={place}>
              <Outside>{parts.join(' · ')}</Outside> {url !== null && <OutsideLink url={url} />}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function Policies({ register }: { register: JsonObject }) {
  const { t } = useI18n();
  const term = useTerm();
  const policies = entriesOf(register, 'policy');
  if (policies.length === 0) return null;
  return (
    <Section id="policy" title={t('record.policy')}>
      {policies.map((policy, place) => {
        const [grade, url, description] = [
          textOf(policy, 'policy_grade'),
          textOf(policy, 'url'),
          textOf(policy, 'description'),
        ];
        const terms = textsOf(policy, 'terms');
        return (
          <article key={place} className="entry">
            <h3>
              <Outside>{term(textOf(policy, 'policy_type') ?? t('record.policy'))}</Outside>
            </h3>
            {grade !== null && <p className="quiet">{t('record.policyGrade', { grade })}</p>}
            {description !== null && (
              <p>
                <Outside>{description}</Outside>
              </p>
            )}
            {terms.length > 0 && (
              <ul>
                {terms.map((term) => (
                  <li key={term}>
                    <Outside>{term}</Outside>
                  </li>
                ))}
              </ul>
            )}
            {url !== null && (
              <p className="address">
                <OutsideLink url={url} />
              </p>
            )}
          </article>
        );
      })}
    </Section>
  );
}

function list(parent: JsonObject, field: string) {
  const texts = textsOf(parent, field);
  return texts.length > 0 && <Tags texts={texts} />;
}
