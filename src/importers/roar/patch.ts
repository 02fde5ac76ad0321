import type { JsonObject, RegistryRecord } from '../../client/index.ts';
import { urlKey } from '../../identifiers/index.ts';
import { type MappedRepository, united } from '../registry/repository.ts';
import { isObject } from '../registry/url-keys.ts';

/**
 * What ROAR adds to a record that exists: the register wins (registry.md §7). Null when ROAR touched the record before and has
 * nothing newer.
 */
export function roarPatch({ register, admin }: MappedRepository, record: RegistryRecord): JsonObject | null {
  const before = record.admin.roar?.last_modified;
  const now = admin.last_modified;
  if (
    record.admin.roar !== undefined &&
    !(typeof now === 'string' && (typeof before !== 'string' || now > before))
  )
    return null;

  const patch: JsonObject = {};
  const have = record.register;
  if (have.operational_status === undefined && register.operational_status !== undefined)
    patch.operational_status = register.operational_status;
  const metadata = filledMetadata(
    entriesOf(have, 'metadata'),
    objectOf(entriesOf(register, 'metadata')[0], 'record'),
  );
  if (metadata !== null) patch.metadata = metadata;
  const isNew: Record<string, (found: JsonObject, known: JsonObject[]) => boolean> = {
    contact: (found, known) => {
      const email = objectOf(found, 'details').email;
      return email === undefined
        ? known.length === 0
        : !known.some((one) => sameText(objectOf(one, 'details').email, email));
    },
    api: (found, known) => !known.some(({ base_url: url }) => url === found.base_url),
    organisation: (found, known) => {
      const key = keyOf(objectOf(found, 'details').url);
      const isSame = (one: JsonObject) =>
        key === null
          ? sameText(objectOf(one, 'details').name, objectOf(found, 'details').name)
          : keyOf(objectOf(one, 'details').url) === key;
      return !known.some(isSame);
    },
    software: (found, known) => !known.some(({ name }) => sameText(name, found.name)),
    identifier: (found, known) =>
      !known.some(({ scheme, value }) => scheme === found.scheme && value === found.value),
  };
  for (const [name, test] of Object.entries(isNew)) {
    const known = entriesOf(have, name);
    const added = entriesOf(register, name).filter((found) => test(found, known));
    if (added.length > 0) patch[name] = [...known, ...added];
  }
  return patch;
}

/** The default entry with what it lacks filled in and its lists united; null when nothing was lacking. */
function filledMetadata(entries: JsonObject[], found: JsonObject): JsonObject[] | null {
  const original = entries.find((entry) => entry.default === true);
  if (original === undefined)
    return entries.length === 0 ? [{ lang: 'en', default: true, record: found }] : null;
  const record = { ...objectOf(original, 'record') };
  const before = JSON.stringify(record);
  for (const name of ['name', 'description', 'twitter']) record[name] ??= found[name] ?? '';
  if (record.country === undefined && record.country_code === undefined)
    record.country_code = found.country_code ?? '';
  for (const name of ['repository_type', 'content_type'])
    record[name] = united(textsOf(record, name), textsOf(found, name));
  const filled = Object.fromEntries(
    Object.entries(record).filter(
      ([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
  if (JSON.stringify(filled) === before) return null;
  return entries.map((entry) => (entry === original ? { ...entry, record: filled } : entry));
}

const sameText = (a: unknown, b: unknown) => String(a ?? '').toLowerCase() === String(b ?? '').toLowerCase();
const keyOf = (url: unknown) => (typeof url === 'string' ? urlKey(url) : null);
const entriesOf = (parent: JsonObject, name: string): JsonObject[] => {
  const value = parent[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
};
const textsOf = (parent: JsonObject, name: string): string[] => {
  const value = parent[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
};
const objectOf = (parent: JsonObject | undefined, name: string): JsonObject => {
  const value = parent?.[name];
  return isObject(value) ? value : {};
};
