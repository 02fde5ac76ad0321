import type { AlmanacClient } from '../src/client/index.ts';
import { handInArticles } from './articles-list.ts';
import { countUsage, type UsageDelivery, usageDeliveries } from './deliveries.ts';
import { createEvents } from './events.ts';
import { modsResponse } from './mods.ts';
import type { DemoPublication } from './publications.ts';
import { createRepositories } from './repositories.ts';
import { loadRepositories } from './repositories-load.ts';
import { createSample } from './sample.ts';

/** How far the load is; the same shape as that of the imports, so that one bar serves both. */
export interface DemoProgress {
  /** A new stage begins; its name is fit to be shown. */
  start(stage: string): void;
  total(units: number): void;
  advance(units: number): void;
  /** The stage is over, well or not. */
  end(): void;
}

export interface DemoOptions {
  /** With the token of an account that has the rights `deposit`, `registry` and `statistics`. */
  client: AlmanacClient;
  progress?: DemoProgress | undefined;
  /** Takes one line a person should see. */
  log?: ((line: string) => void) | undefined;
  /** Milliseconds since 1970: the end of the sample's two years. */
  now: number;
  signal?: AbortSignal | undefined;
}

export interface DemoSummary {
  /** Repositories of the register; those that were there already stay as they are. */
  repositories: number;
  partners: number;
  /** Records and events sent; what was known already is taken and changes nothing. */
  publications: number;
  events: number;
  /** Citations, discussions, bookmarks and recommendations sent as deposits. */
  deposits: number;
  rejected: number;
  seconds: number;
  /** The repository whose figures are worth a look first. */
  partner: string;
  /** Articles of the list whose openness was found out, and the list's id. */
  articles: number;
  list: string;
}

const RECORDS_PER_BODY = 1_000;
/** Two bodies under way keep the server busy while the next one is made. */
const BODIES_AT_ONCE = 2;

/**
 * Loads the sample through the public API: repositories into the register; publications as JSON and, from one partner, as OAI-PMH with MODS; usage as
 * context objects and as event lines; a list of articles whose openness is to be found out. Resolves once everything is counted; a failure is thrown as `AlmanacError`.
 * Everything has a fixed identity, so a second run on the same day adds what happened since and changes nothing else.
 */
export async function loadDemo(options: DemoOptions): Promise<{ summary: DemoSummary }> {
  const started = performance.now();
  const { publications, usages } = createSample(options.now);
  let rejected = 0;
  const refuse = (answer: { rejected: { position: number; reason: string }[] }, what: string) => {
    rejected += answer.rejected.length;
    const [first] = answer.rejected;
    if (first !== undefined) options.log?.(`${what}: item ${first.position} was rejected: ${first.reason}`);
  };

  // Sources are asked at their own pace while all else is loaded.
  const list = await handInArticles(options.client, options.signal);

  const repositories = createRepositories(options.now);
  await stage(options, 'repositories', repositories.length, async (advance) => {
    await loadRepositories(options.client, repositories, advance, options.signal);
  });

  await stage(options, 'publications', publications.length, async (advance) => {
    await inTurn(publicationDeliveries(publications, options.now), async ({ body, records }) => {
      const answer = await options.client.publications.post(body, { signal: options.signal });
      refuse(answer, 'publications');
      advance(records);
    });
  });

  let events = 0;
  await stage(options, 'usage events', countUsage(usages, options.now), async (advance) => {
    await inTurn(usageDeliveries(usages, options.now), async (delivery) => {
      refuse(await deliver(delivery, options), `usage of ${delivery.partner.name}`);
      events += delivery.events;
      advance(delivery.events);
    });
  });

  const deposits = createEvents(publications, options.now);
  await stage(options, 'citations and discussions', deposits.length, async (advance) => {
    await inTurn(batchesOf(deposits, RECORDS_PER_BODY), async (batch) => {
      refuse(await options.client.events.push(batch, { signal: options.signal }), 'deposits');
      advance(batch.length);
    });
  });

  await waitUntilCounted(options);
  await options.client.events.waitUntilSettled({ signal: options.signal });
  const articles = await waitUntilFoundOut(options, list);
  return {
    summary: {
      repositories: repositories.length,
      partners: usages.length,
      publications: publications.length,
      events,
      deposits: deposits.length,
      rejected,
      seconds: Math.round(performance.now() - started) / 1000,
      partner: usages[0]?.partner.id ?? '',
      articles,
      list,
    },
  };
}

function* batchesOf<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

type PublicationBody = { body: string | { publications: DemoPublication['record'][] }; records: number };

function* publicationDeliveries(
  publications: readonly DemoPublication[],
  now: number,
): Generator<PublicationBody> {
  const { json = [], mods = [] } = Object.groupBy(publications, ({ partner }) => partner.records);
  const responseDate = `${new Date(now).toISOString().slice(0, 19)}Z`;
  for (let at = 0; at < mods.length; at += RECORDS_PER_BODY) {
    const batch = mods.slice(at, at + RECORDS_PER_BODY);
    yield { body: modsResponse(batch, responseDate), records: batch.length };
  }
  for (let at = 0; at < json.length; at += RECORDS_PER_BODY) {
    const batch = json.slice(at, at + RECORDS_PER_BODY);
    yield { body: { publications: batch.map(({ record }) => record) }, records: batch.length };
  }
}

function deliver({ format, body, partner }: UsageDelivery, { client, signal }: DemoOptions) {
  const sender = {
    source: `demo-${partner.key}`,
    partner: partner.id,
    partnerName: partner.name,
    signal,
  };
  return format === 'context-objects'
    ? client.usage.contextObjects(body, sender)
    : client.usage.events(body, sender);
}

/** A few workers share one iterator; the first failure ends all of them. */
async function inTurn<T>(bodies: Generator<T>, post: (body: T) => Promise<void>): Promise<void> {
  const worker = async () => {
    for (const body of bodies) await post(body);
  };
  await Promise.all(Array.from({ length: BODIES_AT_ONCE }, worker));
}

async function waitUntilCounted({ client, progress, signal }: DemoOptions): Promise<void> {
  progress?.start('counting');
  try {
    let most = 0;
    let least = Number.POSITIVE_INFINITY;
    await client.usage.waitUntilCounted({
      signal,
      onProgress({ queued, dirty }) {
        // Processing turns queued events into dirty days, so the sum may rise before it falls.
        const left = queued + dirty;
        if (left > most) {
          most = left;
          progress?.total(most);
        }
        if (left < least) progress?.advance(least === Number.POSITIVE_INFINITY ? 0 : least - left);
        least = Math.min(least, left);
      },
    });
  } finally {
    progress?.end();
  }
}

async function waitUntilFoundOut({ client, progress, signal }: DemoOptions, list: string): Promise<number> {
  progress?.start('articles');
  let shown = 0;
  try {
    const { counts } = await client.compliance.waitUntilOver(list, {
      signal,
      onProgress({ counts: { done, records } }) {
        if (shown === 0) progress?.total(records);
        progress?.advance(done - shown);
        shown = done;
      },
    });
    return counts.done;
  } finally {
    progress?.end();
  }
}

async function stage(
  { progress }: DemoOptions,
  name: string,
  units: number,
  body: (advance: (units: number) => void) => Promise<void>,
): Promise<void> {
  progress?.start(name);
  progress?.total(units);
  try {
    await body((done) => progress?.advance(done));
  } finally {
    progress?.end();
  }
}
