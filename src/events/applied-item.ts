import type { Deposit } from './deposit.ts';
import type { Place } from './ledger.ts';

/** A deposit with all that applying it needs. */
export interface AppliedItem {
  deposit: Deposit;
  /** 0: the deposit names none. */
  sourceId: number;
  agent: string | null;
  receivedAt: Date;
  /** When its event occurred if it does not say. */
  defaultTime: number;
  place: Place;
  /** In a replay: why it was set aside. */
  failedBefore?: string;
}
