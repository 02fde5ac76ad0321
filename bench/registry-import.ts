import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json, JsonObject } from '../src/client/index.ts';
import { manyRegisters } from './registry-records.ts';
import type { Report } from './report.ts';
import type { Installation } from './server.ts';

const REPOSITORIES = 2_500;

/**
 * The real command, its start included, on a file of invented repositories in the form of OpenDOAR's API: brought in while a
 * server runs, then found to be unchanged.
 */
export async function measureImport(installation: Installation, now: number, report: Report): Promise<void> {
  const file = join(installation.dataDir, 'bench-repositories.json');
  const items = [...manyRegisters(REPOSITORIES, now)].map(itemOf);
  await writeFile(file, JSON.stringify({ items }));
  for (const [name, outcome] of [
    ['brought in', 'created'],
    ['found unchanged', 'unchanged'],
  ] as const) {
    const began = performance.now();
    const result = JSON.parse(await installation.command('import', 'opendoar', file)) as JsonObject;
    const seconds = (performance.now() - began) / 1000;
    if (result[outcome] !== REPOSITORIES) throw new Error(`the import went wrong: ${JSON.stringify(result)}`);
    const what = `import of ${REPOSITORIES.toLocaleString('en-GB')} repositories, one statistic each, ${name}`;
    report.add(what, REPOSITORIES / seconds, 'records/s', { least: 500 });
  }
}

/** A repository as OpenDOAR's v2 API tells it. */
function itemOf(register: JsonObject, at: number): JsonObject {
  const record = objectOf(objectOf(firstOf(register.metadata)).record);
  const details = objectOf(objectOf(firstOf(register.organisation)).details);
  const software = objectOf(firstOf(register.software));
  return {
    system_metadata: { id: at + 1, date_modified: '2026-01-01 00:00:00' },
    repository_metadata: {
      name: [{ name: record.name ?? '', language: 'en' }],
      type: 'institutional',
      url: record.url ?? '',
      oai_url: `${record.url}oai/request`,
      description: record.description ?? '',
      software: { name: 'other', name_other: software.name ?? '', version: software.version ?? '' },
      content_types: ['journal_articles', 'theses_and_dissertations'],
      content_languages: ['en'],
      repository_status: 'fully_functional',
      year_established: '2010',
      metadata_record_count: 1_000 + at,
    },
    organisation: {
      name: [{ name: details.name ?? '' }],
      url: details.url ?? '',
      country: record.country_code ?? '',
      location: { latitude: record.lat ?? 0, longitude: record.lon ?? 0 },
    },
  };
}

const firstOf = (list: Json | undefined): Json => (Array.isArray(list) ? (list[0] ?? null) : null);

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
