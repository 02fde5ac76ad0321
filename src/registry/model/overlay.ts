import { entriesOf, type JsonObject, objectOf, type RegistryRecord } from './record.ts';

/**
 * The record in one language (registry.md §4): its metadata becomes one entry, the default with each field of the entry of
 * that language laid over it; `fr-CA` falls back to `fr`, and a language nobody wrote in to the default.
 * `language`: of the entry that was found, null when there is no metadata.
 */
export function inLanguage(
  record: RegistryRecord,
  tag: string,
): { record: RegistryRecord; language: string | null } {
  const entries = entriesOf(record.register, 'metadata');
  const original = entries.find((entry) => entry.default === true) ?? entries[0];
  if (!original) return { record, language: null };
  const found = entryOf(entries, tag.toLowerCase()) ?? original;
  const entry: JsonObject = {
    ...(found.lang !== undefined && { lang: found.lang }),
    default: true,
    record: { ...objectOf(original, 'record'), ...objectOf(found, 'record') },
  };
  return {
    record: { ...record, register: { ...record.register, metadata: [entry] } },
    language: typeof found.lang === 'string' ? found.lang : null,
  };
}

function entryOf(entries: JsonObject[], tag: string): JsonObject | undefined {
  for (let wanted = tag; wanted !== ''; wanted = wanted.replace(/-?[^-]*$/, '')) {
    const entry = entries.find(({ lang }) => lang === wanted);
    if (entry) return entry;
  }
  return undefined;
}
