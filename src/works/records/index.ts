/** Publication records as repositories deliver them, read into one shape: OAI-PMH with `oai_dc`, MODS or DIDL, and JSON. */
export { readMetadata } from './metadata.ts';
export type { NamedPartner } from './oai-record.ts';
export {
  createPublicationReader,
  type PublicationDelivery,
  type PublicationReader,
  type PublicationReaderOptions,
} from './publication-reader.ts';
