/** What became of every line of the files (specification `usage`, section 2.4). */
export interface AccessLogResult {
  files: number;
  /** Without blank lines and headers; the sum of `malformed`, `unmatched`, method, status, duplicates and events. */
  lines: number;
  malformed: number;
  unmatched: number;
  excluded: { method: number; status: number; robot: number; double_click: number };
  duplicates: number;
  /** `excluded.robot`, `excluded.double_click` and `counted` are what the rules made of these. */
  events: number;
  counted: number;
  /** Earliest and latest time of a well-formed line, UTC; null when there is none. */
  first: string | null;
  last: string | null;
  seconds: number;
}

/** A running account of the lines read. */
export interface Account {
  lines: number;
  malformed: number;
  unmatched: number;
  method: number;
  status: number;
  first: number;
  last: number;
}

export function emptyAccount(): Account {
  return { lines: 0, malformed: 0, unmatched: 0, method: 0, status: 0, first: Infinity, last: -Infinity };
}

/** `2015-05-17T10:05:03Z`; null when no line was read. */
export function printTime(time: number): string | null {
  return Number.isFinite(time) ? `${new Date(time).toISOString().slice(0, 19)}Z` : null;
}
