import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Sql } from '../platform/database/index.ts';
import type { App } from '../platform/http/index.ts';
import type { Log } from '../platform/log/index.ts';
import { createCatalogue } from './catalogue.ts';
import { createWalks } from './changes/walks.ts';
import { followRegister } from './follower.ts';
import type { JsonObject, StoredRecord } from './model/record.ts';
import { createWriteLane } from './records/write-lane.ts';
import { addChangeRoutes } from './routes/changes.ts';
import { addRecordRoutes } from './routes/records.ts';
import { addStatisticRoutes } from './routes/statistics.ts';
import { addVocabularyRoutes } from './routes/vocabularies.ts';
import { createRegistryService } from './service.ts';

export interface RegistryParts {
  sql: Sql;
  log: Log;
  now(): number;
  /** `PUBLIC_URL`; null: whatever address a caller used. */
  publicUrl: string | null;
  /** The JSON Schema an account registered for its admin data. */
  adminSchemaOf(accountId: string): Promise<JsonObject | null>;
}

export interface Registry {
  /** Stops following other servers' writes. */
  stop(): Promise<void>;
}

/** Reads the register into memory, adds every route of the registry, and follows what is written anywhere. */
export async function addRegistry(
  app: App,
  { sql, log, now, publicUrl, adminSchemaOf }: RegistryParts,
): Promise<Registry> {
  const newId = () => randomUUID().replaceAll('-', '');
  const baseUrl = (request: FastifyRequest) =>
    publicUrl?.replace(/\/+$/, '') ?? `${request.protocol}://${request.host}`;
  const catalogue = createCatalogue();
  const onRecord = (stored: StoredRecord): void => {
    catalogue.put(stored);
  };
  const write = createWriteLane({ sql, now, newId, onWritten: onRecord });
  const service = createRegistryService({ sql, now, newId, write, adminSchemaOf });

  addRecordRoutes(app, { sql, service, baseUrl });
  addStatisticRoutes(app, { sql, service, baseUrl });
  addVocabularyRoutes(app, { sql, catalogue, baseUrl });
  addChangeRoutes(app, { sql, walks: createWalks(now), baseUrl });

  const follower = await followRegister({ sql, log }, onRecord);
  return { stop: follower.stop };
}
