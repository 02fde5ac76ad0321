import type { LogLine } from './log-line.ts';
import type { Target } from './target.ts';

/** What the importer itself can say of a well-formed line; the server finds duplicates among the events. */
export type LineClass = 'unmatched' | 'method' | 'status' | 'event';

/**
 * The classes in the order of specification `usage`, section 2.4. A line whose work only the server can find is left
 * to it altogether, since `unmatched` comes before the rest.
 */
export function classify(line: LogLine, target: Target | null): LineClass {
  if (target === null) return 'unmatched';
  if (target.item === null) return 'event';
  if (line.method !== null && line.method !== 'GET') return 'method';
  if (line.status !== null && line.status !== 200 && line.status !== 304) return 'status';
  return 'event';
}
