import { createHash } from 'node:crypto';
import { entriesOf, type JsonObject, objectOf, textOf } from './record.ts';
import { same } from './same.ts';

const scopes = ['contact', 'organisation'] as const;

/**
 * Gives contacts and organisations what the server fills in where it is absent (registry.md §1.1): a `details.id`, the same
 * in every record that names the same person or organisation, and dates. What was there before keeps its dates.
 * @param before the register as it is stored, if it is.
 * @param now `YYYY-MM-DDTHH:MM:SSZ`
 */
export function completePeople(register: JsonObject, before: JsonObject, now: string): JsonObject {
  const completed = { ...register };
  for (const scope of scopes) {
    if (!Array.isArray(register[scope])) continue;
    const known = entriesOf(before, scope);
    completed[scope] = entriesOf(register, scope).map((entry) => completeEntry(scope, entry, known, now));
  }
  return completed;
}

function completeEntry(
  scope: (typeof scopes)[number],
  entry: JsonObject,
  known: JsonObject[],
  now: string,
): JsonObject {
  const details = objectOf(entry, 'details');
  const id = textOf(details, 'id') ?? idOf(scope, details);
  const named: JsonObject = { ...entry, details: { id, ...details } };
  const twins = known.filter((one) => objectOf(one, 'details').id === id);
  const twin = twins.find((one) => same(content(one), content(named)));
  // The same entry as before: nothing of it has changed.
  if (twin)
    return {
      ...named,
      ...pick(twin, 'created_date', now),
      ...pick(twin, 'last_modified', now),
      ...dates(entry),
    };
  return { ...named, ...pick(twins[0] ?? {}, 'created_date', now), last_modified: now, ...dates(entry) };
}

const pick = (from: JsonObject, name: string, fallback: string) => ({ [name]: from[name] ?? fallback });

function dates({ created_date: created, last_modified: modified }: JsonObject): JsonObject {
  return {
    ...(created !== undefined && { created_date: created }),
    ...(modified !== undefined && { last_modified: modified }),
  };
}

/** An entry without what the server may have filled in. */
function content({ created_date: _created, last_modified: _modified, ...entry }: JsonObject): JsonObject {
  return entry;
}

/** Hash of scope and e-mail address, or of scope, name and URL; of everything when there is none of these. */
function idOf(scope: string, details: JsonObject): string {
  const parts =
    scope === 'contact' && details.email !== undefined
      ? [textOf(details, 'email')]
      : [textOf(details, 'name'), textOf(details, 'url')];
  const normal = parts.map((part) =>
    (part ?? '').normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim(),
  );
  const key = normal.some((part) => part !== '') ? normal : [JSON.stringify(details)];
  return createHash('sha256')
    .update([scope, ...key].join('\u0000'))
    .digest('hex')
    .slice(0, 32);
}
