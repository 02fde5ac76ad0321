import assert from 'node:assert/strict';
import { cp, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { migrate } from '../platform/database/index.ts';
import { emptyDatabase, expectConsistent, temporaryFolder } from '../testing/index.ts';
import { createRoller } from './roller.ts';
import { readStatistics } from './statistics.ts';

const MIGRATIONS = resolve(import.meta.dirname, '../../migrations');

test('given a database from before roll-ups were packed, when migrated, then the roller gives all its figures again', async (t) => {
  const { sql } = await emptyDatabase(t);
  const before = join(await temporaryFolder(t), 'migrations');
  const old = (await readdir(MIGRATIONS)).filter((name) => /^000[1-5]-/.test(name));
  for (const name of old) await cp(join(MIGRATIONS, name), join(before, name));
  await migrate(sql, before);
  await sql`
    with work as (
      insert into works (canonical_id, has_doi, has_persistent_id, created_at, updated_at)
      values ('doi:10.1234/one', true, true, now(), now()) returning work_id
    ), named as (
      insert into work_identifiers (key, value, work_id)
      select substring(encode(sha256('doi:10.1234/one'), 'hex') for 32)::uuid, 'doi:10.1234/one', work_id from work
    )
    insert into usage_events (identity, work_id, session, click, day, ms, agent_id, source_id, country, status, kind, excluded)
    select gen_random_uuid(), work_id, n, n, date '1999-12-30' + n, 43200000, 0, 1, 26 * (n % 2), 200, 'r', 0
    from work, generate_series(1, 1) n`;
  await sql`update usage_state set events = 1`;
  await sql`update works_state set works = 1, unknown_works = 1`;
  await sql`insert into usage_work_days select work_id, day, 9, 7, 7, 7, 7 from usage_events`;

  await migrate(sql, MIGRATIONS);
  const roller = createRoller({ sql });
  while ((await roller.step()) !== 'idle');

  await expectConsistent(sql);
  const found = await readStatistics(sql, {
    type: 'publication',
    id: '10.1234/one',
    from: null,
    until: null,
    granularity: 'total',
    byCountry: true,
  });
  assert.deepEqual(Object.values(found?.metrics ?? {}), [1, 1, 1, 1]);
  assert.deepEqual(
    found?.countries.map(({ country }) => country),
    ['BA'],
  );
});
