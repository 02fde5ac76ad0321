import type { DeliveredEvent } from '../event.ts';

/** The rules that can take an event before double clicks are looked at, in the order they are asked. */
export type Exclusion = 'kind' | 'method' | 'status' | 'class' | 'robot';

export type JudgedEvent = Pick<DeliveredEvent, 'kind' | 'method' | 'status' | 'excludedClass'> & {
  /** The robots list's verdict on the user agent. */
  robot: boolean;
};

/**
 * The rule that takes an event, null for a valid one (COUNTER R5.1 §7.2 and 7.8; spec usage §4, rule 1). 206 is
 * never counted: a reader that asks for ranges would count once a piece, 46 % too many in one measured case.
 */
export function exclusionOf(event: JudgedEvent): Exclusion | null {
  if (event.kind === 'other') return 'kind';
  if (event.method !== null && event.method !== 'GET') return 'method';
  if (event.status !== null && event.status !== 200 && event.status !== 304) return 'status';
  if (event.excludedClass) return 'class';
  return event.robot ? 'robot' : null;
}

export function isValid(event: JudgedEvent): boolean {
  return exclusionOf(event) === null;
}
