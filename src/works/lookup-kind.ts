import type { EvidenceKind } from '../evidence/index.ts';
import { type Catalogue, originOf } from './catalogue.ts';
import { readSruResponse, type SruAnswer } from './sru/index.ts';

/** Answers of the remote catalogue, kept as evidence so that a replay asks nobody (specification `usage` §5.5). */
export function createLookupKind(catalogue: Catalogue): EvidenceKind<SruAnswer> {
  return {
    kind: 'publication-lookup',
    prepare: (payload, params) => readSruResponse([payload], { id: String(params.asked) }),
    async apply(tx, batch) {
      const found = batch.flatMap(({ prepared, params, receivedAt }) => {
        if (!prepared.ok || prepared.record === null) return [];
        // A catalogue may answer with something near: only a record that names what was asked for is taken.
        return prepared.record.identifiers.includes(String(params.asked)) ||
          prepared.record.urls.some(({ url }) => url === params.asked)
          ? [{ record: prepared.record, receivedAt }]
          : [];
      });
      if (found.length > 0) await catalogue.applyRecords(tx, found, originOf(batch));
      return batch.map(({ prepared }) => ({ found: prepared.ok && prepared.record !== null }));
    },
  };
}
