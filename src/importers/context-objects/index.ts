export { type ContextObjectsOptions, runContextObjects } from './import-context-objects.ts';
