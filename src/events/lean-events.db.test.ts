import assert from 'node:assert/strict';
import { cp, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { migrate } from '../platform/database/index.ts';
import { emptyDatabase, expectEventsConsistent, temporaryFolder } from '../testing/index.ts';
import { type FeedFilter, listEvents } from './feed.store.ts';

const MIGRATIONS = resolve(import.meta.dirname, '../../migrations');

const EVERYTHING: FeedFilter = {
  workId: null,
  subject: null,
  object: null,
  sourceId: null,
  relation: null,
  account: null,
  from: null,
  until: null,
  changedSince: null,
  prefix: null,
  hosts: null,
  include: 'all',
  seesPrivate: true,
};

test('given events from before the feed had lists, when migrated, then lists, numbers and pages have them all', async (t) => {
  const { sql } = await emptyDatabase(t);
  const before = join(await temporaryFolder(t), 'migrations');
  const old = (await readdir(MIGRATIONS)).filter((name) => /^00(0\d|1[0-5])-/.test(name));
  for (const name of old) await cp(join(MIGRATIONS, name), join(before, name));
  await migrate(sql, before);
  await sql`
    insert into works (work_id, canonical_id, has_doi, has_persistent_id, created_at, updated_at) overriding system value
    select n, 'doi:10.1234/' || n, true, true, now(), now() from generate_series(1, 30) n`;
  await sql`insert into event_names (kind, name) values ('a', 'someone'), ('p', '10.1234'), ('h', 'pages.example'), ('h', 'rare.example')`;
  await sql`
    insert into almanac.evidence (id, seq, account, kind, content_type, sha256, bytes, items, restricted, params, accepted, received_at, state, payload)
    values (gen_random_uuid(), 1, 'someone', 'deposits', 'application/json', '', 0, 1, false, '{}', '{}', now(), 'done', '')`;
  // More than a row of a list holds, with a gap that no step leaps, and one of a rare host at each end.
  await sql`
    insert into events (id, change_no, natural_key, from_work, to_work, total, occurred_at, created_at, changed_at, seq, version, account_id,
      from_prefix, to_prefix, from_host, to_host, source_id, relation_id, flags, state, body)
    select gen_random_uuid(), case when n > 900 then 100000 + n else n end, n, 1 + n % 30, 1 + (n + 1) % 30, 1, '2024-01-01Z'::timestamptz + n * interval '1 hour',
      now(), now(), 1, 1, 1, case when n % 3 = 0 then 2 else 0 end, 2, 3, case when n in (5, 950) then 4 else 0 end, 9 + n % 2, 2, 4 + n % 2,
      case when n % 100 = 0 then 'd' else 'l' end, '{"subj_id":"one","obj_id":"two"}'
    from generate_series(1, 1000) n`;
  await sql`
    insert into event_totals (work_id, source_id, relation_id, increments, events, subjects, first_at, last_at, rank)
    select to_work, source_id, relation_id, sum(total), count(*), count(distinct from_work), min(occurred_at), max(occurred_at), sum(total)
    from events where state = 'l' group by 1, 2, 3`;
  await sql`insert into event_source_counts (source_id, events) select source_id, count(*) from events where state = 'l' group by 1`;

  await migrate(sql, MIGRATIONS);

  await expectEventsConsistent(sql);
  const numbers = async (filter: Partial<FeedFilter>, after = 0): Promise<number[]> =>
    (await listEvents(sql, { ...EVERYTHING, ...filter }, after, 1000)).map((row) => row.change_no);
  assert.deepEqual(await numbers({ hosts: [4] }), [5, 100_950]);
  assert.deepEqual(await numbers({ hosts: [4, 3] }), await numbers({}));
  assert.equal((await numbers({ sourceId: 9 })).length, 500);
  assert.deepEqual((await numbers({ sourceId: 9, prefix: 2 }, 800)).slice(0, 2), [802, 804]);
  assert.deepEqual(await numbers({ sourceId: 9, relation: { id: 3, isInverse: false } }), []);
  assert.equal((await numbers({ include: 'deleted' })).length, 10);
  const [from, until] = [new Date('2024-01-03T12:00:00Z'), new Date('2024-01-05')];
  assert.deepEqual(
    await numbers({ from, until }),
    Array.from({ length: 36 }, (_, n) => 60 + n),
  );
});
