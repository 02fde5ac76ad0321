export { type PublicationsOptions, runPublications } from './import-publications.ts';
