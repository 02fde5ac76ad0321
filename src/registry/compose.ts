import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import type { Sql } from '../platform/database/index.ts';
import type { App } from '../platform/http/index.ts';
import type { Log } from '../platform/log/index.ts';
import { rollUpApiUsage } from './api-usage/api-usage.store.ts';
import { recordApiUsage } from './api-usage/recorder.ts';
import { trimChanges } from './changes/change-list.store.ts';
import { createWalks } from './changes/walks.ts';
import { addDumpRoutes } from './feeds/dump.ts';
import { type Follower, followRegister } from './follower.ts';
import { type Holder, holderOf, nameOf } from './holders.ts';
import { isRecordId, type RegistryRecord, type StoredRecord } from './model/record.ts';
import { recordExists } from './records/records.store.ts';
import { createWriteLane } from './records/write-lane.ts';
import { addApiUsageRoutes } from './routes/api-usage.ts';
import { addChangeRoutes } from './routes/changes.ts';
import { addFeedRoutes } from './routes/feeds.ts';
import { addOaiRoutes } from './routes/oai.ts';
import { addQueryRoutes } from './routes/query.ts';
import { addRecordRoutes } from './routes/records.ts';
import { addStatisticRoutes } from './routes/statistics.ts';
import { addSuggestionRoutes } from './routes/suggestions.ts';
import { addVocabularyRoutes } from './routes/vocabularies.ts';
import { put, recordOf, warmUp } from './search/index.ts';
import { createRegistryService } from './service.ts';
import type { Register } from './start/read-register.ts';
import type { SendMail } from './suggestions/decision-mail.ts';
import { createSuggestions } from './suggestions/suggestions.ts';

export interface RegistryParts {
  sql: Sql;
  /** What was begun with `beginRegister`. */
  register: Register;
  log: Log;
  now(): number;
  /** `PUBLIC_URL`; null: whatever address a caller used. */
  publicUrl: string | null;
  /** The JSON Schema an account registered for its admin data. */
  adminSchemaOf(accountId: string): Promise<unknown>;
  /** Days for which single calls of the API are kept (`API_USAGE_DAYS`). */
  apiUsageDays: number;
  /** Whom harvesters are told to ask (`CONTACT_EMAIL`). */
  contactEmail: string | null;
  /** Leaves a mail to be sent when the transaction commits. */
  sendMail: SendMail;
}

export interface Registry {
  /** The repository an address lies in, by the register as it is now. */
  repositoryAt(url: string): Holder | null;
  /** What is due once a day: counts of API calls, and forgetting what is kept for a time only. */
  daily(): Promise<void>;
  /** Whether there is a record of this id, tombstones included. */
  hasRecord(id: string): Promise<boolean>;
  /** Writes down what is noted already and is at once readable; for tests. */
  flushApiUsage(): Promise<void>;
  /** Begins to make the first questions as fast as later ones, beside answering: not before the server listens. */
  warmUp(): void;
  /** Stops following other servers' writes. */
  stop(): Promise<void>;
}

/** Adds every route of the registry, waits until the register is read, and follows what is written anywhere. */
export async function addRegistry(
  app: App,
  { sql, register, log, now, publicUrl, adminSchemaOf, apiUsageDays, contactEmail, sendMail }: RegistryParts,
): Promise<Registry> {
  const newId = () => randomUUID().replaceAll('-', '');
  const baseUrl = (request: FastifyRequest) =>
    publicUrl?.replace(/\/+$/, '') ?? `${request.protocol}://${request.host}`;
  const { catalogue, model } = register;
  const recordAt = (id: string) => recordOf(model, id) as RegistryRecord | null;
  const onRecord = (stored: StoredRecord): void => {
    if (catalogue.put(stored, recordAt(stored.record.id))) put(model, stored.record);
  };
  let follower: Follower | null = null;
  const write = createWriteLane({
    sql,
    now,
    newId,
    onWritten: onRecord,
    onCommitted: (first, last) => follower?.knows(first, last),
  });
  const service = createRegistryService({ sql, now, newId, write, adminSchemaOf });

  addRecordRoutes(app, { sql, service, baseUrl });
  addStatisticRoutes(app, { sql, service, baseUrl });
  addVocabularyRoutes(app, { sql, catalogue, model, baseUrl });
  addChangeRoutes(app, { sql, walks: createWalks(now), baseUrl });

  const suggestions = createSuggestions({ sql, now, newId, catalogue, write, sendMail });
  addSuggestionRoutes(app, { suggestions, now, baseUrl });
  addQueryRoutes(app, { model, now });
  addDumpRoutes(app, { model, now, catchUp: async () => follower?.catchUp() });
  addOaiRoutes(app, { sql, model, now, contactEmail, baseUrl });
  addFeedRoutes(app, { sql, service, now, baseUrl });
  const usage = recordApiUsage(app, { sql, log, now });
  addApiUsageRoutes(app, { sql });

  follower = await followRegister({ sql, log }, onRecord, await register.read);
  let isStopping = false;
  let warming: Promise<void> | undefined;
  return {
    repositoryAt: (url) =>
      holderOf(url, {
        ...catalogue,
        nameOf(id) {
          const record = recordAt(id);
          return record === null ? null : nameOf(record);
        },
      }),
    async daily() {
      await rollUpApiUsage(sql, new Date(now()).toISOString().slice(0, 10), apiUsageDays);
      await trimChanges(sql, 7);
    },
    hasRecord: async (id) => isRecordId(id) && (await recordExists(sql, id)),
    flushApiUsage: usage.flush,
    warmUp() {
      warming ??= warmUp(model, {
        time: () => performance.now(),
        pause: () => setImmediate(),
        isOver: () => isStopping,
      }).catch((error: unknown) => log.error({ err: error }, 'the first questions will take longer'));
    },
    async stop() {
      isStopping = true;
      await warming;
      await follower?.stop();
      await usage.stop();
    },
  };
}
