import type { AlmanacClient, RegistryRecord } from '../src/client/index.ts';
import type { DemoRepository } from './repositories.ts';

/** Requests under way: enough to keep the server's write lane full. */
const AT_ONCE = 24;

/**
 * Registers the repositories that are not in the register yet, with their changes and statistics; one that is there is left
 * alone, whatever became of it. Answers how many were registered.
 */
export async function loadRepositories(
  client: AlmanacClient,
  repositories: readonly DemoRepository[],
  advance: (repositories: number) => void,
  signal?: AbortSignal,
): Promise<number> {
  const known = await knownHosts(client, signal);
  const missing = repositories.filter(({ host }) => !known.has(host));
  advance(repositories.length - missing.length);
  const iterator = missing.values();
  const worker = async () => {
    for (const { register, changes, statistics } of iterator) {
      const { id } = await client.registry.create({ register }, { signal });
      for (const change of changes) await client.registry.merge(id, { register: change }, { signal });
      for (const statistic of statistics) await client.registry.addStatistic(id, statistic, { signal });
      advance(1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return missing.length;
}

async function knownHosts(client: AlmanacClient, signal: AbortSignal | undefined): Promise<Set<string>> {
  const hosts = new Set<string>();
  for await (const record of client.registry.changes({ signal })) {
    for (const host of hostsOf(record)) hosts.add(host);
  }
  return hosts;
}

function hostsOf({ register: { identifier } }: RegistryRecord): string[] {
  if (!Array.isArray(identifier)) return [];
  return identifier.flatMap((one) =>
    typeof one === 'object' && one !== null && !Array.isArray(one) && typeof one.value === 'string'
      ? [one.value]
      : [],
  );
}
