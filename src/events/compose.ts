import type { App } from '../platform/http/index.ts';
import { addAlertRoutes } from './alerts.routes.ts';
import { addDepositRoutes } from './deposits.routes.ts';
import { addFeedRoutes } from './feed.routes.ts';
import type { IntakeTools } from './intake.ts';
import { addResultRoutes } from './results.routes.ts';
import { addSourceRoutes } from './sources.routes.ts';

export type EventRoutes = IntakeTools;

/** All routes of events but those of webmentions. */
export function addEventRoutes(app: App, tools: EventRoutes): void {
  addDepositRoutes(app, tools);
  addResultRoutes(app, tools);
  addFeedRoutes(app, tools);
  addSourceRoutes(app, tools);
  addAlertRoutes(app, tools);
}
