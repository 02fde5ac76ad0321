import type { MessageKey } from '../messages/messages.ts';

/** The policies every server has; titles are names and stay as they are. */
export const builtIn: { id: string; title: string; words: MessageKey }[] = [
  { id: 'plan-s', title: 'Plan S', words: 'policies.planS' },
  { id: 'ukri-2022', title: 'UKRI 2022', words: 'policies.ukri2022' },
  { id: 'wellcome-2015-standard', title: 'Wellcome 2015, standard', words: 'policies.wellcome2015standard' },
  { id: 'wellcome-2015-deluxe', title: 'Wellcome 2015, deluxe', words: 'policies.wellcome2015deluxe' },
  { id: 'nih-2008', title: 'NIH 2008', words: 'policies.nih2008' },
  { id: 'nih-2024', title: 'NIH 2024', words: 'policies.nih2024' },
  { id: 'ref-2021', title: 'REF 2021', words: 'policies.ref2021' },
  { id: 'ref-2029', title: 'REF 2029', words: 'policies.ref2029' },
];

/** A policy by its name; one of the server's own by its id. */
export function policyTitle(id: string): string {
  return builtIn.find((policy) => policy.id === id)?.title ?? id;
}
