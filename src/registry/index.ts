export { addRegistry, type Registry, type RegistryParts } from './compose.ts';
export { schemaFault as adminSchemaFault } from './model/admin-data.ts';
