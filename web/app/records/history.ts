import { type Difference, differencesBetween } from '../differences/difference.ts';
import type { JsonObject } from '../differences/json.ts';
import type { EarlierVersion } from './provenance.ts';

/** One step of the history as it is listed: what the change that ended this version changed. */
export interface Change {
  ver: number;
  since: string;
  until: string;
  account: string;
  differences: number;
}

export interface Version extends EarlierVersion {
  version_created: string;
}

export interface Current {
  ver: number;
  version_created: string;
  register: JsonObject;
}

/** The versions before the current one, newest first, as many as are listed. */
export function changesOf(current: Current, history: Version[], most: number): Change[] {
  return history.slice(0, most).map((version, place) => {
    const next = history[place - 1]?.register ?? current.register;
    return {
      ver: version.ver,
      since: version.version_created,
      until: version.superseded,
      account: version.triggered_by_account,
      differences: differencesBetween(version.register, next).length,
    };
  });
}

export interface Comparison {
  from: number;
  to: number;
  /** Null: one of them does not exist. */
  differences: Difference[] | null;
}

/** The comparison an address asks for (`?from=1&to=3`); null when it asks for none. */
export function comparisonOf(
  parameters: URLSearchParams,
  current: Current,
  history: Version[],
): Comparison | null {
  const [from, to] = [Number(parameters.get('from')), Number(parameters.get('to'))];
  if (!parameters.has('from') || !parameters.has('to')) return null;
  const registers = new Map([current, ...history].map(({ ver, register }) => [ver, register]));
  const [before, after] = [registers.get(from), registers.get(to)];
  const known = before !== undefined && after !== undefined;
  return { from, to, differences: known ? differencesBetween(before, after) : null };
}
