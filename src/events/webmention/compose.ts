import { randomUUID } from 'node:crypto';
import type { Sql, TransactionSql } from '../../platform/database/index.ts';
import type { App } from '../../platform/http/index.ts';
import type { Task } from '../../platform/jobs/index.ts';
import {
  literalAddress,
  mayReach,
  type Outbound,
  parseAddressRanges,
} from '../../platform/outbound/index.ts';
import { advertiseWebmention } from './advertise.ts';
import type { EvidencePath } from './evidence-path.ts';
import { queueOf } from './queues.ts';
import { createReader } from './reading/index.ts';
import { receive } from './receive.ts';
import { addWebmentionRoutes } from './routes.ts';
import { findTarget, type TargetLookups } from './targets.ts';
import { verify } from './verify.ts';
import { forgetRejected, type Webmention } from './webmentions.store.ts';

export interface WebmentionParts {
  sql: Sql;
  now(): number;
  outbound: Outbound;
  /** `ALLOW_PRIVATE_ADDRESSES`, for addresses that a source names literally. */
  allowPrivateAddresses: readonly string[];
  evidence: EvidencePath;
  lookups: TargetLookups;
  /** Routes of works and records: their reads say where mentions of them go. */
  mentionable: readonly string[];
  /** For tests; default 5 s, where applying takes a fraction of one. */
  settlesWithinMs?: number;
  /** Adds a job as part of a transaction. */
  addJob(
    tx: TransactionSql,
    name: string,
    payload: unknown,
    options: { jobKey: string; queue: string; runAt: Date },
  ): Promise<void>;
}

export interface WebmentionReceiver {
  /** To be run by whoever runs jobs. */
  tasks: Record<string, Task>;
  /** What is due once a day. */
  daily(): Promise<void>;
  stop(): Promise<void>;
}

/** The status page of a rejected mention stays for this long. */
const REJECTED_DAYS = 90;
const DAY = 86_400_000;

/** The receiver of webmentions: its routes, and the jobs that verify what was received. */
export function addWebmentionReceiver(app: App, parts: WebmentionParts): WebmentionReceiver {
  const { sql, now, lookups, addJob, settlesWithinMs = 5_000 } = parts;
  const ranges = parseAddressRanges(parts.allowPrivateAddresses);
  if (!ranges.ok) throw new TypeError(`not an address range: ${ranges.bad}`);
  const reader = createReader();
  const plan = (tx: TransactionSql, mention: Pick<Webmention, 'id' | 'source'>, runAt: Date): Promise<void> =>
    addJob(
      tx,
      'verify_webmention',
      { id: mention.id },
      { jobKey: `webmention ${mention.id}`, queue: queueOf(mention), runAt },
    );
  const shared = { sql, now, plan, findTarget: (target: string) => findTarget(target, lookups) };

  advertiseWebmention(app, parts.mentionable, lookups.publicUrl);
  addWebmentionRoutes(app, {
    sql,
    receive: (form) =>
      receive(
        {
          ...shared,
          newId: randomUUID,
          isRefused({ hostname }) {
            const address = literalAddress(hostname);
            return address !== null && !mayReach(address, ranges.ranges);
          },
        },
        form,
      ),
  });

  return {
    tasks: {
      async verify_webmention(payload, { signal }) {
        const { id } = payload as { id: string };
        const { outbound, evidence } = parts;
        await verify({ ...shared, outbound, reader, evidence, settlesWithinMs }, id, signal);
      },
    },
    async daily() {
      await forgetRejected(sql, new Date(now() - REJECTED_DAYS * DAY));
    },
    stop: reader.close,
  };
}
