export {
  type CountryTable,
  type CountryTableResult,
  emptyCountryTable,
  openCountryTable,
} from './country-table.ts';
export { keyedDigest, keyedHash } from './keyed-hash.ts';
export { holdsFewAddresses, type Pseudonyms, pseudonymiser, type Requester, saltDays } from './pseudonyms.ts';
export type { RobotsList, RobotsListResult } from './robots.ts';
export { bundledRobotsList, loadRobotsList, type RobotsSource } from './robots-source.ts';
export { type Spike, spikeOf } from './spikes.ts';
