/**
 * FOR TESTS ONLY: the counting rules 1 and 3 to 7 of spec usage §4, written down as they are worded, on raw fields,
 * with loops over everything. What production counts with keys, days and SQL must come to the same figures.
 * It shares no code with production on purpose.
 */
export interface OracleEvent {
  /** Identity of the event (hex); orders events of equal time. */
  identity: string;
  work: string;
  /** ISO 3166-1 alpha-2 or `ZZ`. */
  country: string;
  /** Milliseconds since 1970, UTC. */
  time: number;
  kind: 'request' | 'investigation' | 'other';
  url: string | null;
  method: string | null;
  status: number | null;
  excludedClass: boolean;
  robot: boolean;
  user: string | null;
  cookie: string | null;
  session: string | null;
  address: string | null;
  hashedAddress: string | null;
  userAgent: string | null;
}

export interface OracleCell {
  work: string;
  /** UTC, `YYYY-MM-DD`. */
  day: string;
  country: string;
  total_item_requests: number;
  unique_item_requests: number;
  total_item_investigations: number;
  unique_item_investigations: number;
}

/** The figures of each work, UTC day and country that has any, by `work day country`. */
export function countByDefinition(events: OracleEvent[]): Map<string, OracleCell> {
  const clicks = keptClicks(events);
  const cells = new Map<string, OracleCell>();
  const cellOf = (click: OracleEvent) => {
    const key = `${click.work} ${dayOf(click)} ${click.country}`;
    const cell = cells.get(key) ?? emptyCell(click);
    cells.set(key, cell);
    return cell;
  };
  for (const click of clicks) {
    cellOf(click).total_item_investigations += 1;
    if (click.kind === 'request') cellOf(click).total_item_requests += 1;
  }
  const requests = clicks.filter((click) => click.kind === 'request');
  for (const click of firstOfEachSession(clicks)) cellOf(click).unique_item_investigations += 1;
  for (const click of firstOfEachSession(requests)) cellOf(click).unique_item_requests += 1;
  return cells;
}

/** Rules 1, 3 and 4: the clicks that count, in time order, equal times by identity. */
export function keptClicks(events: OracleEvent[]): OracleEvent[] {
  const valid = events.filter(isValidByDefinition).sort(byTime);
  return valid.filter(
    (event, place) =>
      !valid.some(
        (later, laterPlace) =>
          laterPlace > place &&
          later.time - event.time <= 30_000 &&
          later.work === event.work &&
          later.kind === event.kind &&
          urlOf(later) === urlOf(event) &&
          whoOf(later) === whoOf(event),
      ),
  );
}

/** Rules 5 and 7: within a work and a day, the click that brings the session and its country. */
function firstOfEachSession(clicks: OracleEvent[]): OracleEvent[] {
  return clicks.filter(
    (click, place) =>
      !clicks
        .slice(0, place)
        .some(
          (earlier) =>
            earlier.work === click.work &&
            dayOf(earlier) === dayOf(click) &&
            sessionOf(earlier) === sessionOf(click),
        ),
  );
}

function isValidByDefinition(event: OracleEvent): boolean {
  return (
    (event.kind === 'request' || event.kind === 'investigation') &&
    (event.status === null || event.status === 200 || event.status === 304) &&
    (event.method === null || event.method === 'GET') &&
    !event.excludedClass &&
    !event.robot
  );
}

function whoOf(event: OracleEvent): string {
  const address = event.hashedAddress ?? event.address;
  if (event.user !== null) return JSON.stringify(['user', event.user]);
  if (event.cookie !== null) return JSON.stringify(['cookie', event.cookie]);
  if (event.session !== null) return JSON.stringify(['session', event.session]);
  if (address !== null) return JSON.stringify(['address', address, event.userAgent ?? '']);
  return JSON.stringify(['event', event.identity]);
}

function sessionOf(event: OracleEvent): string {
  const address = event.hashedAddress ?? event.address;
  const date = dayOf(event);
  const hour = new Date(event.time).toISOString().slice(0, 13);
  if (event.session !== null) return JSON.stringify(['session', event.session, date]);
  if (event.user !== null) return JSON.stringify(['user', event.user, hour]);
  if (event.cookie !== null) return JSON.stringify(['cookie', event.cookie, hour]);
  if (address !== null) return JSON.stringify(['address', address, event.userAgent ?? '', hour]);
  return JSON.stringify(['event', event.identity]);
}

function urlOf(event: OracleEvent): string {
  return (event.url ?? '').replace(/#.*$/s, '');
}

function dayOf(event: OracleEvent): string {
  return new Date(event.time).toISOString().slice(0, 10);
}

function byTime(a: OracleEvent, b: OracleEvent): number {
  return a.time - b.time || (a.identity < b.identity ? -1 : a.identity > b.identity ? 1 : 0);
}

function emptyCell(click: OracleEvent): OracleCell {
  return {
    work: click.work,
    day: dayOf(click),
    country: click.country,
    total_item_requests: 0,
    unique_item_requests: 0,
    total_item_investigations: 0,
    unique_item_investigations: 0,
  };
}
