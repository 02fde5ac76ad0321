export { addCompliance, type Compliance, type ComplianceParts } from './compose.ts';
