import type { AppliedEvidence, EvidenceKind, Params } from '../evidence/index.ts';
import { type Catalogue, originOf } from './catalogue.ts';
import type { PublicationRecord } from './publication.ts';
import { createPublicationReader, readJsonPublications } from './records/index.ts';

/** Where a delivery of publications says which partner it is from. */
export function partnerOf(params: Params): { id: string; name?: string } | null {
  if (typeof params.partner !== 'string') return null;
  return typeof params.partner_name === 'string'
    ? { id: params.partner, name: params.partner_name }
    : { id: params.partner };
}

/** Whether a body is JSON, by its media type. */
export function isJsonType(contentType: string): boolean {
  return contentType === 'application/json';
}

/** Deliveries of publications: the bytes as they came, read once more and applied to the catalogue. */
export function createPublicationsKind(catalogue: Catalogue): EvidenceKind<PublicationRecord[]> {
  return {
    kind: 'publications',
    prepare(payload, params) {
      const records: PublicationRecord[] = [];
      const partner = partnerOf(params);
      if (isJsonType(String(params.content_type))) {
        const read = readJsonPublications(
          JSON.parse(payload.toString('utf8')),
          partner === null ? {} : { partner },
        );
        if (!read.ok) throw new Error('the kept body is not a list of publications');
        return read.records.map(({ record }) => record);
      }
      const reader = createPublicationReader({
        partner,
        onRecord: (record) => records.push(record),
        onReject: () => undefined,
      });
      reader.write(payload);
      reader.end();
      return records;
    },
    async apply(tx, batch) {
      const delivered = batch.flatMap((evidence) =>
        evidence.prepared.map((record) => ({ record, receivedAt: evidence.receivedAt })),
      );
      const outcomes = await catalogue.applyRecords(tx, delivered, originOf(batch));
      return tallies(batch, outcomes);
    },
  };
}

function tallies(
  batch: AppliedEvidence<PublicationRecord[]>[],
  outcomes: string[],
): Record<string, unknown>[] {
  let from = 0;
  return batch.map((evidence) => {
    const own = outcomes.slice(from, from + evidence.prepared.length);
    from += evidence.prepared.length;
    const count = (outcome: string): number => own.filter((one) => one === outcome).length;
    const notes = evidence.prepared.flatMap((record) =>
      record.notes.map((note) => `${record.recordId}: ${note}`),
    );
    return {
      stored: count('stored'),
      deleted: count('deleted'),
      older: count('older'),
      ...(notes.length > 0 ? { notes: notes.slice(0, 1_000) } : {}),
    };
  });
}
