import { type Fault, problem, Type } from '../../platform/http/index.ts';
import { parseEnd, parseTime } from '../model/dates.ts';
import type { JsonObject } from '../model/record.ts';

// Shapes that several routes of the registry share.

export const RecordParams = Type.Object({
  id: Type.String({ description: '32 hexadecimal digits' }),
});

export const Success = Type.Object({ success: Type.Literal('true') });

export const Created = Type.Object({
  success: Type.Literal('true'),
  id: Type.String(),
  location: Type.String({ description: 'Absolute URL; also in `Location`' }),
});

export const AnyObject = Type.Unsafe<JsonObject>({ type: 'object', additionalProperties: true });

export const RecordBody = Type.Object({
  id: Type.String(),
  created_date: Type.String(),
  last_updated: Type.String(),
  version_created: Type.String(),
  ver: Type.Integer(),
  register: AnyObject,
  admin: AnyObject,
});

const dateForm = 'YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ';

export const Since = Type.String({ description: `${dateForm}; inclusive` });
export const Until = Type.String({ description: `${dateForm}; inclusive, a day means all of it` });

/** Body of a write, for the description only: the model judges it, and names every fault. */
export const recordWriteDescription =
  'Body: `{"register":{…},"admin":{"<own name>":{…}}}`, or the register itself. Schema: `/schemas/register`.';

export interface Range {
  since: number | null;
  until: number | null;
}

/** Reads two dates of a query; their faults go under the names of the parameters. */
export function readRange(
  given: { since?: string | undefined; until?: string | undefined },
  names: { since: string; until: string } = { since: 'since', until: 'until' },
): Range & { faults: Fault[] } {
  const faults: Fault[] = [];
  const read = (text: string | undefined, name: string, parse: (text: string) => number | null) => {
    if (text === undefined) return null;
    const time = parse(text);
    if (time === null) faults.push({ path: name, message: `must be a date that exists: ${dateForm}` });
    return time;
  };
  const since = read(given.since, names.since, parseTime);
  const until = read(given.until, names.until, parseEnd);
  if (since !== null && until !== null && since > until)
    faults.push({ path: names.since, message: `must not be after ${names.until}` });
  return { since, until, faults };
}

export const noSuchRecord = () => problem(404, 'There is no record with this id.');
