import { collapse } from './elements.ts';

/** A citation in `dc:identifier` may be pages long; a note shows enough of it to be found. */
const SHOWN_LENGTH = 80;
/** A person reads no more than this of one record, and a record of 10 MiB could give rise to 500,000. */
const MAX_NOTES = 100;

/** A text of the sender as a note shows it. */
export function quoted(text: string): string {
  const line = collapse(text.slice(0, 4 * SHOWN_LENGTH));
  return JSON.stringify(line.length > SHOWN_LENGTH ? `${line.slice(0, SHOWN_LENGTH - 1)}…` : line);
}

/** The notes of one record, without repeats, the first hundred. */
export function boundedNotes(notes: readonly string[]): string[] {
  const all = [...new Set(notes)];
  return all.length <= MAX_NOTES ? all : [...all.slice(0, MAX_NOTES), `and ${all.length - MAX_NOTES} more`];
}
