export { runOpendoar } from './import-opendoar.ts';
