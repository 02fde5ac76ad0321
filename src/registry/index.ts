export { addRegistry, type Registry, type RegistryParts } from './compose.ts';
export { followHolders } from './holders.ts';
export { schemaFault as adminSchemaFault } from './model/admin-data.ts';
export {
  defaultMetadata,
  entriesOf,
  type JsonObject,
  objectOf,
  type RegistryRecord,
  textOf,
  textsOf,
} from './model/record.ts';
export { registerPages } from './records/register-pages.ts';
export { beginRegister, type Register } from './start/read-register.ts';
