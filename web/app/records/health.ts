import { entriesOf, type JsonObject, textOf } from '../differences/json.ts';

export interface LinkHealth {
  field: string;
  url: string;
  /** `ok`, `redirected`, `failing`, `broken`, `unknown` or `excluded` (specification `registry`, section 11). */
  state: string;
  class: string | null;
  status: string | null;
  finalUrl: string | null;
  since: string | null;
}

/** What the link checker found, worst first; null when it has not looked yet. */
export function healthOf(admin: Record<string, JsonObject>): { state: string; links: LinkHealth[] } | null {
  const found = admin.linkcheck;
  const state = textOf(found, 'state');
  if (found === undefined || state === null) return null;
  const links = entriesOf(found, 'links').map((link) => ({
    field: textOf(link, 'field') ?? '',
    url: textOf(link, 'url') ?? '',
    state: textOf(link, 'state') ?? 'unknown',
    class: textOf(link, 'class'),
    status: textOf(link, 'status'),
    finalUrl: textOf(link, 'final_url'),
    since: textOf(link, 'since'),
  }));
  return { state, links: links.sort((one, other) => rank(one.state) - rank(other.state)) };
}

const worstFirst = ['failing', 'broken', 'unknown'];

function rank(state: string): number {
  const place = worstFirst.indexOf(state);
  return place === -1 ? worstFirst.length : place;
}
