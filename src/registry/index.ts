export { addRegistry, type Registry, type RegistryParts } from './compose.ts';
