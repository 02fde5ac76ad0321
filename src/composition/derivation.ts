import type { TransactionSql } from 'postgres';
import { createAlertWordKind, createDepositsKind, createResponseKind, followJoins } from '../events/index.ts';
import type { Derivation } from '../evidence/index.ts';
import { createAgents, createUsageKind, followCatalogue, type RobotsList } from '../usage/index.ts';
import { createCatalogue, createLookupKind, createPublicationsKind } from '../works/index.ts';

export interface DerivationOptions {
  robots: RobotsList;
  onUnknownWorks(tx: TransactionSql, workIds: number[], at: Date): Promise<void>;
}

/** Who understands which kind of evidence: the whole way from a delivery to facts. */
export function composeDerivation({ robots, onUnknownWorks }: DerivationOptions): Derivation {
  const catalogue = createCatalogue({
    entitiesChanged: followCatalogue.entitiesChanged,
    async worksJoined(tx, joins, origin) {
      await followCatalogue.worksJoined(tx, joins, origin);
      await followJoins(tx, joins, origin);
    },
  });
  const usage = createUsageKind({ catalogue, agents: createAgents(robots), onUnknownWorks });
  const deposits = createDepositsKind(catalogue);
  return {
    kinds: [
      usage,
      createPublicationsKind(catalogue),
      createLookupKind(catalogue),
      deposits,
      createAlertWordKind(),
      createResponseKind(),
    ],
    forget() {
      catalogue.forget();
      usage.forget();
      deposits.forget();
    },
  };
}
