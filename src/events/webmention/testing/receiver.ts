import { setTimeout as sleep } from 'node:timers/promises';
import { createHttp } from '../../../platform/http/index.ts';
import { createJobs } from '../../../platform/jobs/index.ts';
import { createMetrics } from '../../../platform/metrics/index.ts';
import { createOutbound } from '../../../platform/outbound/index.ts';
import { quietLog, testDatabase } from '../../../testing/index.ts';
import { addWebmentionReceiver } from '../index.ts';
import { evidenceInMemory } from './evidence-in-memory.ts';

/** Known to the receiver under test, beside every identifier. */
export const knownWork = 'https://publisher.example/articles/7';
export const knownRepository = '0123456789abcdef0123456789abcdef';
export const ownAddress = 'https://observatory.example/almanac';

export interface Status {
  id: string;
  status: string;
  reason: string | null;
  checks: number;
  relation_type_id: string | null;
  event: string | null;
}

/** A receiver with real HTTP, jobs and database; what it deposits stays in memory. To be stopped by the caller. */
export async function startReceiver(options: { rateLimit?: number } = {}) {
  const undo: (() => unknown)[] = [];
  const database = await testDatabase({ after: (step) => undo.push(step as () => unknown) });
  const { sql } = database;
  const evidence = evidenceInMemory();
  const app = await createHttp({
    config: { publicUrl: null, rateLimit: options.rateLimit ?? 1_000_000, trustProxy: [] },
    log: quietLog,
    metrics: createMetrics(),
    version: '1.2.3',
    isUnavailable: () => false,
    authenticate: async () => null,
  });
  const outbound = createOutbound({
    allowPrivateAddresses: ['127.0.0.1'],
    userAgent: 'Almanac/test',
    breaks: false,
    limitsOf: () => ({ concurrency: 4, perSecond: 1_000, burst: 1_000 }),
    async resolve(hostname) {
      if (hostname === 'inner.example') return [{ address: '10.1.2.3', family: 4 }];
      throw new Error('no such host');
    },
  });
  const lookups = {
    publicUrl: () => ownAddress,
    findWork: async (id: string) => (id === knownWork || id.includes('10.5555/known') ? canonical(id) : null),
    hasRepository: async (id: string) => id === knownRepository,
  };
  let jobs: ReturnType<typeof createJobs> | null = null;
  const receiver = addWebmentionReceiver(app, {
    sql,
    now: Date.now,
    outbound,
    allowPrivateAddresses: ['127.0.0.1'],
    evidence,
    lookups,
    mentionable: ['/thing/:id'],
    settlesWithinMs: 300,
    async addJob(tx, name, payload, jobOptions) {
      await jobs?.addInTransaction(tx, name, payload, jobOptions);
    },
  });
  app.get('/thing/:id', { schema: { hide: true } }, async (_request, reply) =>
    reply.header('link', '<https://e.example/>; rel="type"').send('thing' as never),
  );
  jobs = createJobs({ databaseUrl: database.url, log: quietLog, tasks: receiver.tasks, concurrency: 4 });
  await jobs.start();
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  undo.push(
    outbound.close,
    receiver.stop,
    () => jobs?.stop(),
    () => app.close(),
  );

  const send = (source: string, target: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/webmention`, { method: 'POST', body: new URLSearchParams({ source, target }), headers });
  const statusAt = async (location: string): Promise<Status> =>
    (await (await fetch(`${url}${location}`)).json()) as Status;

  return {
    url,
    sql,
    evidence,
    receiver,
    send,
    statusAt,
    /** Sends, and waits until the source was looked at. */
    async verified(source: string, target: string): Promise<Status & { location: string }> {
      const answer = await send(source, target);
      const location = answer.headers.get('location') ?? '';
      const { checks } = (await answer.json()) as Status;
      for (;;) {
        const status = await statusAt(location);
        if (status.checks > checks) return { ...status, location };
        await sleep(10);
      }
    },
    /** Runs the planned look at a mention now; answers how far ahead it was planned, in whole minutes. */
    async runPlanned(id: string): Promise<number | null> {
      const [job] = await sql<{ minutes: number }[]>`
        select round(extract(epoch from run_at - now()) / 60)::int as minutes
        from graphile_worker.jobs
        where key = ${`webmention ${id}`} and locked_at is null and run_at > now() + interval '5 seconds'`;
      if (job === undefined) return null;
      await sql`
        update graphile_worker._private_jobs
        set run_at = now()
        where key = ${`webmention ${id}`}`;
      await sql`select pg_notify('jobs:insert', '{"r":"' || random() || '","count":1}')`;
      return job.minutes;
    },
    async stop() {
      for (const step of undo.splice(0).reverse()) await step();
    },
  };
}

function canonical(id: string): string {
  return id.replace(/^(?:https:\/\/doi\.org\/)?(?:doi:)?10\./, 'doi:10.');
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;
