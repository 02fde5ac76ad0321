import type { PublicationRecord } from '../publication.ts';

/** What the metadata of a record says about the work; the header around it (identity, datestamp, deletion) comes on top. */
export type Description = Omit<PublicationRecord, 'recordId' | 'datestamp' | 'deleted'>;

/** The description of a record without metadata: a deleted one, or a DIDL document that holds only identifiers. */
export function emptyDescription(): Description {
  return {
    identifiers: [],
    urls: [],
    title: null,
    type: 'Unspecified',
    date: null,
    publisher: null,
    authors: [],
    partners: [],
    parent: null,
    notes: [],
  };
}
