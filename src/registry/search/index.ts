export { type Build, createBuild } from './bulk/build.ts';
export {
  createRecordReader,
  endOfRecords,
  idsOf,
  memoryOf,
  type RecordBatch,
  type RecordsEnd,
  readRecord,
  takeBatch,
} from './bulk/reading.ts';
export { type Envelope, type Hit, type QueryAnswer, query } from './evaluate/query.ts';
export type { SearchFault } from './parse/faults.ts';
export { type ParsedQuery, parseQuery, type SearchInput } from './parse/request.ts';
export type { Question } from './question.ts';
export {
  createReadModel,
  idsInOrder,
  jsonOf,
  put,
  type ReadModel,
  recordOf,
  remove,
  type SearchRecord,
  valuesInUse,
} from './read-model.ts';
export { warmUp } from './warm-up.ts';
