/** Publication records as repositories deliver them, read into one shape: OAI-PMH with `oai_dc`, MODS or DIDL, and JSON. */
export type { JsonFault } from './json-fields.ts';
export { type JsonPublications, readJsonPublications } from './json-publications.ts';
export { isMetadata } from './metadata.ts';
export { type NamedPartner, type RecordReading, readBareRecord } from './oai-record.ts';
export {
  createPublicationReader,
  type OaiDelivery,
  type PublicationDelivery,
  type PublicationReader,
  type PublicationReaderOptions,
} from './publication-reader.ts';
export { createRecordElements } from './record-elements.ts';
