export { createAlertWordKind } from './alerts.ts';
export { addEventRoutes, type EventRoutes } from './compose.ts';
export { createDepositsKind } from './deposits-kind.ts';
export { createEventFigures, type EventFigures } from './figures.ts';
export { createInternalDepositor } from './internal.ts';
export { followJoins } from './joined-works.ts';
export { createResponseKind } from './response-kind.ts';
export { createEventRoller, type EventRoller } from './roller.ts';
export * from './webmention/index.ts';
