import { createClient, type JsonObject } from '../../src/client/index.ts';
import type { TestServer } from '../../src/server-tests/testing/server.ts';

/** What somebody might write into a register to do harm. */
export const hostile = {
  name: '<script>window.harmed = true</script><img src=x onerror="window.harmed=true"> & "quoted"',
  turned: 'Archive \u202Etxet desrever\u202C of \u2067somebody\u2069',
  long: `Long ${'very '.repeat(999)}name`,
  description: `</script><script>window.harmed = true</script>${'5,000 characters. '.repeat(280)}`,
};

const countries = [
  ['DE', 51, 10],
  ['FR', 47, 2],
  ['BR', -15, -47],
  ['JP', 36, 139],
] as const;
const software = ['DSpace', 'EPrints', 'OPUS'];

/** Thirty invented repositories in four countries, and three whose texts mean harm. */
export async function fillRegister(server: TestServer): Promise<void> {
  const token = await server.keyOf('editor', 'registry', 'statistics');
  const { registry } = createClient({ baseUrl: server.url, token });
  for (let at = 0; at < 30; at++) {
    const [country_code, lat, lon] = countries[at % 4] ?? countries[0];
    await registry.create({
      register: register(`Repository of Place ${String(at).padStart(2, '0')}`, {
        country_code,
        lat: lat + at / 10,
        lon: lon + at / 10,
        established_date: String(2000 + at),
        description:
          at === 0 ? `Begins here. ${'And goes on for long. '.repeat(20)}` : 'Theses and articles.',
        software: software[at % 3] ?? 'DSpace',
      }),
    });
  }
  for (const name of [hostile.name, hostile.turned, hostile.long]) {
    await registry.create({
      register: register(name, {
        country_code: 'NZ',
        lat: -41,
        lon: 174,
        description: hostile.description,
        software: hostile.name,
      }),
    });
  }
}

interface Given {
  country_code: string;
  lat: number;
  lon: number;
  description: string;
  software: string;
  established_date?: string;
}

function register(name: string, { software, ...record }: Given): JsonObject {
  return {
    operational_status: 'Operational',
    metadata: [
      {
        record: {
          name,
          url: `https://${Math.abs(hash(name))}.example/`,
          repository_type: ['Institutional'],
          content_type: ['Journal articles'],
          language_code: ['en'],
          ...record,
        } as JsonObject,
      },
    ],
    software: [{ name: software, version: '7.6' }],
    organisation: [{ role: ['host'], details: { name: `Organisation of ${name}`.slice(0, 9_000) } }],
    api: [{ api_type: 'oai-pmh', base_url: `https://${Math.abs(hash(name))}.example/oai` }],
  };
}

function hash(text: string): number {
  let value = 7;
  for (const letter of text) value = (value * 31 + (letter.codePointAt(0) ?? 0)) | 0;
  return value;
}

/** What the map reads: so many invented points on the northern land, and one that is by itself. */
export function manyPoints(count: number, alone: { id: string; at: [lon: number, lat: number] }): string {
  const point = (id: string, name: string, coordinates: [number, number]) => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates },
    properties: { id, name, organisation: '' },
  });
  // Steps by the golden ratio never meet and leave no gaps.
  const many = Array.from({ length: count }, (_, at) =>
    point(String(at), `Point ${at}`, [((at * 137.508) % 300) - 140, ((at * 61.803) % 60) - 5]),
  );
  return JSON.stringify({
    type: 'FeatureCollection',
    features: [...many, point(alone.id, 'Alone', alone.at)],
  });
}
