import { parseEnd, parseTime } from '../../model/dates.ts';

export const verbs = [
  'Identify',
  'ListMetadataFormats',
  'ListSets',
  'ListIdentifiers',
  'ListRecords',
  'GetRecord',
] as const;
export type Verb = (typeof verbs)[number];

export interface OaiFault {
  code:
    | 'badVerb'
    | 'badArgument'
    | 'badResumptionToken'
    | 'cannotDisseminateFormat'
    | 'idDoesNotExist'
    | 'noMetadataFormats'
    | 'noRecordsMatch'
    | 'noSetHierarchy';
  message: string;
}

export interface Asked {
  verb: Verb;
  values: ReadonlyMap<string, string>;
}

const lists = { allowed: ['metadataPrefix', 'from', 'until', 'set'], required: ['metadataPrefix'] };
const rules: Record<Verb, { allowed: string[]; required: string[]; resumes?: boolean }> = {
  Identify: { allowed: [], required: [] },
  ListMetadataFormats: { allowed: ['identifier'], required: [] },
  ListSets: { allowed: [], required: [], resumes: true },
  ListIdentifiers: { ...lists, resumes: true },
  ListRecords: { ...lists, resumes: true },
  GetRecord: { allowed: ['identifier', 'metadataPrefix'], required: ['identifier', 'metadataPrefix'] },
};

/** Checks the arguments of a request against its verb (OAI-PMH 2.0 §3.6). */
export function readArguments(pairs: Iterable<[string, string]>): Asked | OaiFault {
  const given = [...pairs];
  const named = given.filter(([name]) => name === 'verb').map(([, value]) => value);
  const verb = verbs.find((one) => one === named[0]);
  if (named.length > 1) return { code: 'badVerb', message: 'The verb is repeated.' };
  if (verb === undefined)
    return { code: 'badVerb', message: `The verb must be one of: ${verbs.join(', ')}.` };
  const bad = (message: string): OaiFault => ({ code: 'badArgument', message });
  const rule = rules[verb];
  const values = new Map<string, string>();
  for (const [name, value] of given) {
    if (name === 'verb') continue;
    const isToken = name === 'resumptionToken' && rule.resumes === true;
    if (!isToken && !rule.allowed.includes(name)) return bad(`${name} is no argument of ${verb}.`);
    if (values.has(name)) return bad(`${name} is repeated.`);
    values.set(name, value);
  }
  if (values.has('resumptionToken'))
    return values.size === 1 ? { verb, values } : bad('resumptionToken is exclusive.');
  for (const name of rule.required) if (!values.has(name)) return bad(`${name} is required.`);
  return { verb, values };
}

/** Reads `from` and `until`; both of the same granularity. */
export function readDates(
  values: ReadonlyMap<string, string>,
): { from: number | null; until: number | null } | OaiFault {
  const bad = (message: string): OaiFault => ({ code: 'badArgument', message });
  const [first, last] = [values.get('from'), values.get('until')];
  const from = first === undefined ? null : parseTime(first);
  const until = last === undefined ? null : parseEnd(last);
  if (first !== undefined && from === null) return bad('from is not a date.');
  if (last !== undefined && until === null) return bad('until is not a date.');
  if (first !== undefined && last !== undefined && first.includes('T') !== last.includes('T'))
    return bad('from and until have different granularities.');
  if (from !== null && until !== null && from > until) return bad('from is after until.');
  return { from, until };
}
