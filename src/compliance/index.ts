export { createResolve } from './chain/resolve.ts';
export { addCompliance, type Compliance, type ComplianceParts } from './compose.ts';
export { loadPolicies } from './policies/load.ts';
export { createSources, type SourceSettings, type Sources } from './sources/create.ts';
