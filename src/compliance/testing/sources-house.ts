import type { TestContext } from 'node:test';
import type { Upstreams } from '../../../demo/upstreams/start.ts';
import { quietLog, testDatabase } from '../../testing/index.ts';
import type { RepositoryAt } from '../chain/ask-copies.ts';
import { createResolve } from '../chain/resolve.ts';
import { loadPolicies } from '../policies/load.ts';
import { createSources, type SourceSettings } from '../sources/create.ts';
import { fastClock } from './fast-clock.ts';
import { type House, startHouse } from './house.ts';

/** The whole of compliance: routes, engine, chain and doors, with upstreams on the loopback and time that runs fast. */
export async function startSourcesHouse(
  t: Pick<TestContext, 'after'>,
  { settings }: Pick<Upstreams, 'settings'>,
  options: {
    others?: Partial<SourceSettings>;
    doiResolver?: string;
    repositoryAt?: RepositoryAt;
  } = {},
): Promise<House> {
  const { sql } = await testDatabase(t, { max: 8 });
  const clock = fastClock(200);
  const { doors, configured } = createSources({
    sql,
    log: quietLog,
    settings: { ...settings, allowPrivateAddresses: ['127.0.0.0/8'], ...options.others },
    userAgent: 'Almanac/test',
    clock,
    // Upstreams on a busy machine may take their time; only those that hang are waited for this long.
    timeLimits: { firstByteMs: 600, timeoutMs: 2_000 },
    ...(options.doiResolver !== undefined && { doiResolver: options.doiResolver }),
  });
  t.after(doors.stop);
  const { policies } = await loadPolicies('/nowhere');
  const { repositoryAt = () => null } = options;
  const resolve = createResolve({ configured, policies, repositoryAt, now: clock.now });
  return startHouse(t, { sql, doors, resolve });
}
