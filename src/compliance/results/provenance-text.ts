import type { ProvenanceEntry } from '../record.ts';

/** Provenance as one text: `[when by] note`, a blank line between two. */
export function provenanceText(provenance: readonly ProvenanceEntry[]): string {
  return provenance.map(({ by, when, note }) => `[${when} ${by}] ${note}`).join('\n\n');
}
