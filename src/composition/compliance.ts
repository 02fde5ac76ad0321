import {
  addCompliance,
  type Compliance,
  createResolve,
  createSources,
  loadPolicies,
  type SourceSettings,
} from '../compliance/index.ts';
import { type Config, publicUrl } from '../platform/config/index.ts';
import { type Database, isTransient, type Sql, type TransactionSql } from '../platform/database/index.ts';
import type { App } from '../platform/http/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { MailMessage } from '../platform/mail/index.ts';
import { createOutbound, faultOfUrl, parseAddressRanges } from '../platform/outbound/index.ts';
import { userAgentOf } from './user-agent.ts';

export interface CompliancePlace {
  config: Config;
  log: Log;
  database: Pick<Database, 'sql'>;
  now(): number;
  /** Null: lists are worked on, but nobody asks here. */
  app: App | null;
  /** The repository of the register an address lies in. */
  repositoryAt(url: string): { id: string; name: string } | null;
  sendMail(sql: Sql | TransactionSql, message: MailMessage): Promise<void>;
  /** Other sources than those of the configuration. */
  sources?: Partial<SourceSettings>;
}

/** Compliance with the upstreams that the configuration names. */
export async function startCompliance({
  config,
  log,
  database: { sql },
  now,
  app,
  repositoryAt,
  sendMail,
  sources,
}: CompliancePlace): Promise<Compliance> {
  const { policies, faults } = await loadPolicies(config.dataDir);
  for (const fault of faults) log.warn({ fault }, 'a policy is not used');
  const ranges = parseAddressRanges(config.allowPrivateAddresses);
  const userAgent = userAgentOf(config).replace(/^almanac/, 'Almanac');
  const { doors, configured } = createSources({ sql, log, settings: { ...config, ...sources }, userAgent });
  const hooks = createOutbound({ allowPrivateAddresses: config.allowPrivateAddresses, userAgent });
  const compliance = addCompliance(app, {
    sql,
    log,
    now,
    publicUrl: config.publicUrl,
    mailUrl: publicUrl(config),
    doors,
    resolve: createResolve({ configured, policies, repositoryAt, now }),
    policies: () => [...policies.keys()],
    outbound: hooks,
    judgeUrl: (url) => faultOfUrl(url, ranges.ok ? ranges.ranges : []),
    sendMail,
    isTransient,
    jobDays: config.complianceDays,
  });
  return {
    daily: compliance.daily,
    async stop() {
      await compliance.stop();
      await doors.stop();
      await hooks.close();
    },
  };
}
