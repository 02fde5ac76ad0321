import type { EvidenceKind } from '../evidence/index.ts';

/** Responses that agents received: kept for what is made of them; nothing is derived from the bytes themselves. */
export function createResponseKind(): EvidenceKind<null> {
  return {
    kind: 'response',
    prepare: () => null,
    apply: async (_tx, batch) => batch.map(() => ({})),
  };
}
