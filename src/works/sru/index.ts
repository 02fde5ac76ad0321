/** Asking a remote catalogue for one publication by SRU 1.1 `searchRetrieve` (specification `usage` §5.5); no HTTP here. */
export { buildSruUrl } from './query.ts';
export {
  readSruResponse,
  type SruAnswer,
  type SruDiagnostic,
  type SruReader,
} from './response.ts';
