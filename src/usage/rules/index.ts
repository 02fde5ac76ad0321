export { readAddressOrSubnet } from './address.ts';
export {
  type CountryTable,
  type CountryTableResult,
  emptyCountryTable,
  openCountryTable,
} from './country-table.ts';
export { keyedDigest, keyedHash } from './keyed-hash.ts';
export { holdsFewAddresses, type Pseudonyms, pseudonymiser, type Requester, saltDays } from './pseudonyms.ts';
export { parseRobotsList, type RobotsList, type RobotsListResult } from './robots.ts';
export { bundledRobotsList, loadRobotsList, type RobotsSource } from './robots-source.ts';
export { type Spike, spikeOf } from './spikes.ts';
export { type Exclusion, exclusionOf, isValid, type JudgedEvent } from './validity.ts';
