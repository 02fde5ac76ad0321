export {
  type Catalogue,
  type CatalogueListener,
  createCatalogue,
  type DeliveredPublication,
  type PublicationOutcome,
} from './catalogue.ts';
export { partnerKey, scholarKey } from './entities.ts';
export { keyOf } from './keys.ts';
export type { WorkJoin } from './resolver.ts';
