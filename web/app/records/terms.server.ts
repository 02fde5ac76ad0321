import { entriesOf, type JsonObject, objectOf, textsOf } from '../differences/json.ts';
import type { Lang } from '../messages/languages.ts';
import { termIn } from '../messages/terms.server.ts';

const ofMetadata = ['repository_type', 'content_type', 'subject', 'certification', 'continent'];

/** The terms of vocabularies that a record holds, by what they are called in a language; those called the same are left out. */
export function termsOf(register: JsonObject, lang: Lang): Record<string, string> {
  const records = entriesOf(register, 'metadata').map((entry) => objectOf(entry, 'record'));
  const held = [
    ...textsOf(register, 'operational_status'),
    ...ofMetadata.flatMap((field) => records.flatMap((record) => textsOf(record, field))),
    ...entriesOf(register, 'policy').flatMap((policy) => textsOf(policy, 'policy_type')),
    ...['organisation', 'contact'].flatMap((field) =>
      entriesOf(register, field).flatMap((one) => textsOf(one, 'role')),
    ),
  ];
  const named = held.map((term): [string, string] => [term, termIn(lang, term)]);
  return Object.fromEntries(named.filter(([term, name]) => term !== name));
}
