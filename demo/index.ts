export { type DemoOptions, type DemoProgress, type DemoSummary, loadDemo } from './load.ts';
export { whatToOpen } from './what-to-open.ts';
