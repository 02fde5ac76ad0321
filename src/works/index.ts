export {
  type Catalogue,
  type CatalogueListener,
  createCatalogue,
  type DeliveredPublication,
  type Origin,
  originOf,
  type PublicationOutcome,
} from './catalogue.ts';
export { readDatestamp } from './datestamp.ts';
export { type Description, rankOf, type WorkFields } from './descriptions.ts';
export { partnerKey, scholarKey } from './entities.ts';
export { keyOf } from './keys.ts';
export { createLookupKind } from './lookup-kind.ts';
export { createLookups, enqueueLookups, type Fetched } from './lookups.ts';
export type { Conflict, WorkJoin } from './plan-groups.ts';
export { addPublicationRoutes } from './publications.routes.ts';
export { createPublicationsKind } from './publications-kind.ts';
export { addWorkRoutes, type WorkFigures } from './works.routes.ts';
