import { entriesOf, type JsonObject, objectOf, textOf } from '../differences/json.ts';

/** The fields of the form, as the API's own form has them, and the status for corrections. */
export const fieldNames = [
  'url',
  'name',
  'description',
  'country_code',
  'organisation',
  'software',
  'operational_status',
  'contact_name',
  'contact_email',
  'comment',
] as const;

export type FieldName = (typeof fieldNames)[number];
export type FormValues = Record<FieldName, string>;

export function readValues(form: URLSearchParams | FormData): FormValues {
  const value = (name: string) => {
    const given = form.get(name);
    return typeof given === 'string' ? given.trim() : '';
  };
  return Object.fromEntries(fieldNames.map((name) => [name, value(name)])) as FormValues;
}

/** What the form shows of a record, for somebody who wants to correct it. */
export function valuesOf(register: JsonObject): FormValues {
  const metadata = objectOf(defaultEntry(register), 'record');
  const host = objectOf(entriesOf(register, 'organisation')[0], 'details');
  return {
    url: textOf(metadata, 'url') ?? '',
    name: textOf(metadata, 'name') ?? '',
    description: textOf(metadata, 'description') ?? '',
    country_code: textOf(metadata, 'country_code') ?? '',
    organisation: textOf(host, 'name') ?? '',
    software: textOf(entriesOf(register, 'software')[0], 'name') ?? '',
    operational_status: textOf(register, 'operational_status') ?? '',
    contact_name: '',
    contact_email: '',
    comment: '',
  };
}

/**
 * The root fields of the register that the form has changed, whole, because a correction replaces each root field it
 * names. Everything the form does not show stays as it is in them.
 */
export function correctionOf(register: JsonObject, values: FormValues): JsonObject {
  const before = valuesOf(register);
  const differs = (...names: FieldName[]) => names.some((name) => values[name] !== before[name]);
  return {
    ...(differs('url', 'name', 'description', 'country_code') && {
      metadata: metadataWith(register, values),
    }),
    ...(differs('organisation') && {
      organisation: firstWith(register, 'organisation', (entry) => {
        // The id was made from the old name.
        const { id: _, ...details } = objectOf(entry, 'details');
        return { role: ['host'], ...entry, details: withText(details, 'name', values.organisation) };
      }),
    }),
    ...(differs('software') && {
      software: firstWith(register, 'software', (entry) => withText(entry, 'name', values.software)),
    }),
    ...(differs('operational_status') && { operational_status: values.operational_status }),
  };
}

/** A whole register from the form, for a repository that is new. */
export function registerOf(values: FormValues): JsonObject {
  return { ...correctionOf({}, values) };
}

function metadataWith(register: JsonObject, values: FormValues): JsonObject[] {
  const entries = entriesOf(register, 'metadata');
  const chosen = defaultEntry(register);
  const before = objectOf(chosen, 'record');
  let record = before;
  for (const name of ['url', 'name', 'description', 'country_code'] as const) {
    record = withText(record, name, values[name]);
  }
  // The names of country and continent belong to the old code; the server fills them in from the new one.
  if (values.country_code !== (textOf(before, 'country_code') ?? '')) {
    record = ['country', 'continent', 'continent_code'].reduce(
      (kept, name) => withText(kept, name, ''),
      record,
    );
  }
  if (chosen === undefined) return [{ record }];
  return entries.map((entry) => (entry === chosen ? { ...entry, record } : entry));
}

function firstWith(
  register: JsonObject,
  field: string,
  change: (entry: JsonObject) => JsonObject,
): JsonObject[] {
  const [first = {}, ...others] = entriesOf(register, field);
  return [change(first), ...others];
}

function withText(object: JsonObject, name: string, text: string): JsonObject {
  const { [name]: _, ...others } = object;
  return text === '' ? others : { ...others, [name]: text };
}

function defaultEntry(register: JsonObject): JsonObject | undefined {
  const entries = entriesOf(register, 'metadata');
  return entries.find((entry) => entry.default === true) ?? entries[0];
}

/** `/register/metadata/0/record/url` and the like as the field of the form it is about; null for another place. */
export function fieldAt(path: string): FieldName | null {
  const parts = path.split('/').filter((part) => part !== '');
  const last = parts.at(-1) ?? '';
  if (parts.includes('contact') && (last === 'name' || last === 'email')) return `contact_${last}`;
  if (parts.includes('organisation')) return 'organisation';
  if (parts.includes('software')) return 'software';
  return fieldNames.find((name) => name === last) ?? null;
}
