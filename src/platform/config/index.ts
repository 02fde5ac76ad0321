export { announceAddress, announcedAddress } from './announced-address.ts';
export { type Config, type LoadedConfig, loadConfig, publicUrl } from './load.ts';
export { makeFolder } from './make-folder.ts';
export { configurationTable } from './table.ts';
export type { LogLevel } from './variables.ts';
