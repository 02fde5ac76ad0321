import type { ReactNode } from 'react';
import { useI18n } from '../i18n.tsx';
import type { MessageKey } from '../messages/messages.ts';
import type { Choices } from './choices.server.ts';
import type { FieldName, FormValues } from './form-fields.ts';

export interface Fault {
  field: FieldName | null;
  message: string;
}

interface Props {
  values: FormValues;
  faults: Fault[];
}

/** About the repository; `children` stand under its address. */
export function RepositoryFields({
  values,
  faults,
  choices,
  isCorrection,
  children,
}: Props & { choices: Choices; isCorrection: boolean; children: ReactNode }) {
  const { t } = useI18n();
  return (
    <>
      <Field name="url" label="suggest.url" hint="suggest.urlHint" {...{ values, faults }}>
        {(given) => (
          <input {...given} type="url" inputMode="url" required maxLength={2000} autoComplete="url" />
        )}
      </Field>
      {children}
      <Field name="name" label="suggest.name" {...{ values, faults }}>
        {(given) => <input {...given} maxLength={10000} />}
      </Field>
      <Field
        name="description"
        label="suggest.description"
        hint="suggest.descriptionHint"
        {...{ values, faults }}
      >
        {(given) => <textarea {...given} rows={4} />}
      </Field>
      <div className="columns">
        <Field name="country_code" label="suggest.country" {...{ values, faults }}>
          {(given) => (
            <select {...given}>
              <option value="">{t('suggest.countryNone')}</option>
              {choices.countries.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field name="software" label="suggest.software" {...{ values, faults }}>
          {(given) => (
            <>
              <input {...given} list="software" />
              <datalist id="software">
                {choices.software.map((name) => (
                  <option key={name} value={name} />
                ))}
              </datalist>
            </>
          )}
        </Field>
      </div>
      <Field name="organisation" label="suggest.organisation" {...{ values, faults }}>
        {(given) => <input {...given} autoComplete="organization" />}
      </Field>
      {isCorrection && (
        <Field name="operational_status" label="suggest.status" {...{ values, faults }}>
          {(given) => (
            <select {...given}>
              <option value="">{t('suggest.countryNone')}</option>
              {[...new Set([...choices.statuses, values.operational_status])]
                .filter(Boolean)
                .map((status) => (
                  <option key={status}>{status}</option>
                ))}
            </select>
          )}
        </Field>
      )}
    </>
  );
}

/** About the person; only reviewers see it. */
export function ContactFields({ values, faults }: Props) {
  const { t } = useI18n();
  return (
    <fieldset className="stack">
      <legend>{t('suggest.you')}</legend>
      <p className="soft">{t('suggest.youHint')}</p>
      <div className="columns">
        <Field name="contact_name" label="suggest.contactName" {...{ values, faults }}>
          {(given) => <input {...given} autoComplete="name" maxLength={1000} />}
        </Field>
        <Field
          name="contact_email"
          label="suggest.contactEmail"
          hint="suggest.contactEmailHint"
          {...{ values, faults }}
        >
          {(given) => <input {...given} type="email" autoComplete="email" maxLength={1000} />}
        </Field>
      </div>
      <Field name="comment" label="suggest.comment" {...{ values, faults }}>
        {(given) => <textarea {...given} rows={3} maxLength={10000} />}
      </Field>
    </fieldset>
  );
}

interface Given {
  id: string;
  name: string;
  defaultValue: string;
  'aria-invalid'?: true;
  'aria-describedby'?: string;
}

function Field({
  name,
  label,
  hint,
  values,
  faults,
  children,
}: Props & { name: FieldName; label: MessageKey; hint?: MessageKey; children(given: Given): ReactNode }) {
  const { t } = useI18n();
  const own = faults.filter(({ field }) => field === name);
  const described = [hint === undefined ? '' : `${name}-hint`, own.length > 0 ? `${name}-fault` : ''].filter(
    Boolean,
  );
  return (
    <div className="field">
      <label htmlFor={name}>{t(label)}</label>
      {hint !== undefined && (
        <span className="hint" id={`${name}-hint`}>
          {t(hint)}
        </span>
      )}
      {children({
        id: name,
        name,
        defaultValue: values[name],
        ...(own.length > 0 && { 'aria-invalid': true as const }),
        ...(described.length > 0 && { 'aria-describedby': described.join(' ') }),
      })}
      {own.length > 0 && (
        <span className="fault" id={`${name}-fault`}>
          {own.map(({ message }) => message).join('; ')}
        </span>
      )}
    </div>
  );
}
