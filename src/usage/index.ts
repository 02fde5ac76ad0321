export { createAgents } from './agents.ts';
export { createUsageKind } from './apply.ts';
export { followCatalogue } from './catalogue-changes.ts';
export type { DeliveryTools } from './delivery.ts';
export { applyRobotsList } from './robots-verdicts.ts';
export { createRoller, type Roller } from './roller.ts';
export { addUsageRoutes } from './routes.ts';
export {
  type CountryTable,
  emptyCountryTable,
  loadRobotsList,
  openCountryTable,
  type RobotsList,
} from './rules/index.ts';
export { createSalts, type Salts } from './salts.ts';
export { createSources } from './sources.ts';
export { readStatus as readUsageStatus } from './statistics.store.ts';
export { readWorkUsage } from './work-usage.store.ts';
