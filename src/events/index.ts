export { type Depositor, type Intake, type IntakeTools, takeDeposits } from './intake.ts';
export { createInternalDepositor } from './internal.ts';
export { findRelation, RELATION_NAMES, type Relation } from './relations.ts';
export * from './webmention/index.ts';
