export { addPages, type PageOptions } from './add-pages.ts';
