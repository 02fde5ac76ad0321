/** Context objects (ANSI/NISO Z39.88-2004 in XML) of every dialect, read as usage events. */
export { compileCountryXpath } from './country-xpath.ts';
export { FormFault } from './form-fault.ts';
export {
  type ContextObjectReader,
  type ContextObjectReaderOptions,
  type ContextObjectSummary,
  createContextObjectReader,
} from './reader.ts';
export { readRequester } from './requester.ts';
export { parseTimestamp } from './timestamp.ts';
