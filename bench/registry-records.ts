import { createRepositories } from '../demo/repositories.ts';
import type { AlmanacClient, JsonObject } from '../src/client/index.ts';

const REQUESTS_AT_ONCE = 24;

/** As many records as are asked for: those of the sample over and over, each under a name and an address of its own. */
export function* manyRegisters(count: number, now: number): Generator<JsonObject> {
  const repositories = createRepositories(now);
  for (let at = 0; at < count; at++) {
    const sample = repositories[at % repositories.length];
    if (sample === undefined) return;
    yield numbered(sample.register, at);
  }
}

/** Creates records through the API; answers their ids. */
export async function createRecords(
  client: AlmanacClient,
  registers: Generator<JsonObject>,
): Promise<string[]> {
  const ids: string[] = [];
  const lane = async () => {
    for (const register of registers) ids.push((await client.registry.create({ register })).id);
  };
  await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, lane));
  return ids;
}

function numbered(register: JsonObject, at: number): JsonObject {
  const copy: JsonObject = structuredClone(register);
  const [entry] = Array.isArray(copy.metadata) ? copy.metadata : [];
  if (isObject(entry) && isObject(entry.record)) {
    entry.record.name = `${entry.record.name} ${at}`;
    entry.record.url = `https://r${at}.example/`;
  }
  return copy;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
