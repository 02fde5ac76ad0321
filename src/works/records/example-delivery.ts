import type { PublicationRecord } from '../publication.ts';
import { oaiRecord, oaiResponse } from './example-records.ts';
import {
  createPublicationReader,
  type PublicationDelivery,
  type PublicationReaderOptions,
} from './publication-reader.ts';

export interface Read {
  records: PublicationRecord[];
  positions: number[];
  rejected: { position: number; reason: string }[];
  end: PublicationDelivery;
}

/** Reads a whole delivery, cut into pieces of `pieceLength` bytes. */
export function readDelivery(
  xml: string,
  options: { partner?: PublicationReaderOptions['partner']; pieceLength?: number } = {},
): Read {
  const records: PublicationRecord[] = [];
  const positions: number[] = [];
  const rejected: Read['rejected'] = [];
  const reader = createPublicationReader({
    partner: options.partner ?? null,
    onRecord(record, position) {
      records.push(record);
      positions.push(position);
    },
    onReject: (rejection) => rejected.push(rejection),
  });
  const bytes = Buffer.from(xml);
  const pieceLength = options.pieceLength ?? bytes.length;
  for (let from = 0; from < bytes.length; from += pieceLength)
    reader.write(bytes.subarray(from, from + pieceLength));
  return { records, positions, rejected, end: reader.end() };
}

/** The one record of an OAI-PMH response with this metadata. */
export function readOne(
  metadata: string,
  partner: PublicationReaderOptions['partner'] = null,
): PublicationRecord {
  const { records, rejected } = readDelivery(oaiResponse(oaiRecord(metadata)), { partner });
  const [record] = records;
  if (!record) throw new Error(`no record: ${rejected[0]?.reason}`);
  return record;
}
