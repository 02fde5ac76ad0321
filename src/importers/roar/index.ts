export { runRoar } from './import-roar.ts';
