import type { Sql } from 'postgres';
import type { App } from '../platform/http/index.ts';
import { addDeliveryRoutes } from './deliveries.routes.ts';
import type { DeliveryTools } from './delivery.ts';
import { addOversightRoutes } from './oversight.routes.ts';
import type { RobotsList } from './rules/index.ts';
import type { Sources } from './sources.ts';
import { addStatisticsRoutes } from './statistics.routes.ts';

export interface UsageRoutes {
  sql: Sql;
  tools: DeliveryTools;
  sources: Sources;
  robots: RobotsList;
}

/** Routes of usage: deliveries in, statistics out (contract, usage). */
export function addUsageRoutes(app: App, { sql, tools, sources, robots }: UsageRoutes): void {
  addDeliveryRoutes(app, { tools, sources });
  addStatisticsRoutes(app, { sql, robots });
  addOversightRoutes(app, { sql, now: tools.now });
}
