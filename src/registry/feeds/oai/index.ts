export { createOaiProvider, type OaiParts } from './provider.ts';
