import type { AlmanacClient } from '../src/client/index.ts';
import { packBodies } from '../src/events/bodies.ts';
import { copyRows, type Sql, type TransactionSql } from '../src/platform/database/index.ts';

/** A multiple of what pages and works have in events, so that none lies in two parts. */
const PART = 300_000;
const EVENTS_PER_PAGE = 3;
const EVENTS_PER_WORK = 2;
/** Bodies that are kept together, as when deposits are processed. */
const BODIES_TOGETHER = 32;
const PREFIXES = 400;
const HOSTS = ['en', 'de', 'fr', 'es', 'nl'].map((language) => `${language}.encyclopedia.example`);
/** One event in so many is about this work. */
const HOT_EVERY = 25;
export const HOT_WORK = 'doi:10.5555/direct.hot';
/** Of a hundred thousand events, from which source: some common, some rare. */
const SOURCES: [upTo: number, name: string][] = [
  [70_000, 'wikipedia'],
  [85_000, 'crossref'],
  [95_000, 'reddit'],
  [99_000, 'wordpress'],
  [99_990, 'scienceseeker'],
  [100_000, 'nature'],
];

/**
 * Writes events straight into the database, up to a size, of the same shape as the deposits (pages that speak of works, a hot
 * work among them), marks their totals and lets the running server recompute them. For sizes that would take an hour over
 * HTTP. Answers how many events there are.
 */
export async function fillEvents(client: AlmanacClient, sql: Sql, size: number): Promise<number> {
  const events = Math.ceil((size - (await countEvents(sql))) / PART) * PART;
  if (events <= 0) return countEvents(sql);
  const [pages, works] = [events / EVENTS_PER_PAGE, events / EVENTS_PER_WORK];
  const [{ base } = { base: 0 }] = await sql<{ base: number }[]>`
    select setval(s.name, coalesce(pg_sequence_last_value(s.name), 0) + ${pages + works + 1}::bigint) - ${pages + works + 1} as base
    from (select pg_get_serial_sequence('works', 'work_id')::regclass as name) s`;
  await sql`
    insert into event_names (kind, name)
    select 'p', '10.' || 5000 + n from generate_series(0, ${PREFIXES - 1}::integer) n union all select 'p', '10.5555'
    union all select 'h', unnest(${HOSTS}::text[]) union all select 'a', 'bench'
    on conflict do nothing`;
  await insertHot(sql, base + pages + works + 1);
  const rebuild = await dropIndexes(sql);
  for (let first = 0; first < events; first += PART) await fillPart(sql, { base, pages, works, first });
  await rebuild();
  await client.events.waitUntilSettled();
  await sql`vacuum analyze derived.events, derived.event_bodies, derived.event_totals, derived.works, derived.work_identifiers, derived.work_descriptions`;
  return countEvents(sql);
}

/** Indexes that only readers need are made at the end, which takes a third of the time. */
async function dropIndexes(sql: Sql): Promise<() => Promise<void>> {
  const indexes = await sql<{ name: string; made: string }[]>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made
    from pg_index i
    where not i.indisunique
      and i.indrelid = any(array['derived.events', 'derived.works', 'derived.work_identifiers', 'derived.work_descriptions']::regclass[])`;
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`);
  return async () => {
    for (const { made } of indexes) await sql.unsafe(made);
  };
}

interface Part {
  /** Numbers of works begin above it: first those of pages, then those of what they speak of, then the hot one. */
  base: number;
  pages: number;
  works: number;
  first: number;
}

function insertHot(sql: Sql, workId: number) {
  return sql.begin(async (tx) => {
    await tx`
      insert into works (work_id, canonical_id, has_doi, has_persistent_id, created_at, updated_at) overriding system value
      values (${workId}, ${HOT_WORK}, true, true, date_trunc('second', now()), date_trunc('second', now()))`;
    await tx`
      insert into work_identifiers (key, value, work_id)
      values (left(encode(sha256(${HOT_WORK}::text::bytea), 'hex'), 32)::uuid, ${HOT_WORK}, ${workId})`;
  });
}

async function fillPart(sql: Sql, { base, pages, works, first }: Part): Promise<void> {
  const source = sql.unsafe(
    `case ${SOURCES.map(([upTo, name]) => `when n * 7919 % 100000 < ${upTo} then (select source_id from almanac.event_sources where name = '${name}')`).join(' ')} end`,
  );
  await sql.begin(async (tx) => {
    await tx`set local synchronous_commit = off`;
    // Nobody applies meanwhile.
    await tx`select pg_advisory_xact_lock(7301001)`;
    await tx`
      create temp table bench_part on commit drop as
      select n, ${base} + 1 + n / ${EVENTS_PER_PAGE} as page,
        case when n % ${HOT_EVERY} = 0 then ${base + pages + works + 1} else ${base + 1 + pages} + n / ${EVENTS_PER_WORK} end as work,
        ${source} as source_id, n % ${HOSTS.length} as host, n / ${EVENTS_PER_WORK} % ${PREFIXES} as prefix,
        timestamptz '2023-01-01Z' + n * 104729 % 60480000 * interval '1 second' as at
      from generate_series(${first}::bigint, ${first + PART - 1}::bigint) n`;
    await tx`update bench_part set host = n / ${EVENTS_PER_PAGE} % ${HOSTS.length}`;
    await tx`
      create temp table bench_works on commit drop as
      select page as work_id, format('https://%s/wiki/direct_article_number_%s', (${HOSTS}::text[])[1 + min(host)], page) as id, true as is_page
      from bench_part group by page
      union all
      select ${base + 1 + pages} + w, format('doi:10.%s/direct.%s', 5000 + w % ${PREFIXES}, w), false
      from generate_series(${first / EVENTS_PER_WORK}::bigint, ${(first + PART) / EVENTS_PER_WORK - 1}::bigint) w`;
    await tx`analyze bench_part, bench_works`;
    await tx`
      insert into works (work_id, canonical_id, has_doi, has_persistent_id, created_at, updated_at) overriding system value
      select work_id, id, not is_page, not is_page, date_trunc('second', now()), date_trunc('second', now()) from bench_works order by work_id`;
    await tx`
      insert into work_identifiers (key, value, work_id)
      select left(encode(sha256(id::bytea), 'hex'), 32)::uuid, id, work_id from bench_works order by work_id`;
    await tx`
      insert into work_descriptions (work_id, told)
      select work_id, jsonb_build_object(
        'title', jsonb_build_object('v', 'An article of the encyclopedia, number ' || work_id, 'r', 1, 't', ''),
        'type', jsonb_build_object('v', 'entry-encyclopedia', 'r', 1, 't', ''))
      from bench_works where is_page order by work_id`;
    await tx`update works_state set works = works + (select count(*) from bench_works), unknown_works = unknown_works + (select count(*) from bench_works)`;
    const [{ seq } = { seq: 0 }] = await tx<{ seq: number }[]>`
      update almanac.evidence_state set last_seq = last_seq + 1 returning last_seq as seq`;
    await tx`
      insert into almanac.evidence (id, seq, account, kind, content_type, sha256, bytes, items, restricted, params, accepted, received_at,
        processed_at, state, result, payload)
      values (gen_random_uuid(), ${seq}, 'bench', 'deposits', 'application/json', '', 0, ${PART}, false, '{}', '{}', now(), now(), 'done', '{}', '')`;
    await tx`
      insert into events (id, change_no, natural_key, from_work, to_work, total, occurred_at, created_at, changed_at, seq, version,
        account_id, from_prefix, to_prefix, from_host, to_host, source_id, relation_id, flags, state, body_no, body_place)
      select gen_random_uuid(), s.change_no + 1 + p.n - ${first},
        ('x' || left(md5(format('%s %s 2 %s %s', source_id, page, work, extract(epoch from at)::bigint)), 13))::bit(52)::bigint,
        page, work, 1, at, now(), null, ${seq}, 1, a.name_id, 0, x.name_id, h.name_id, 0, source_id, 2, 4, 'l',
        s.change_no + 1 + (p.n - ${first}) / ${BODIES_TOGETHER} * ${BODIES_TOGETHER}, (p.n - ${first}) % ${BODIES_TOGETHER}
      from bench_part p
      cross join events_state s
      join bench_works w on w.work_id = p.page
      join works o on o.work_id = p.work
      join event_names a on a.kind = 'a' and a.name = 'bench'
      join event_names h on h.kind = 'h' and h.name = (${HOSTS}::text[])[1 + p.host]
      join event_names x on x.kind = 'p' and x.name = split_part(substring(o.canonical_id from 5), '/', 1)
      order by p.n`;
    await packPart(tx, first);
    await listPart(tx);
    await tx`update events_state set change_no = change_no + ${PART}`;
    await tx`
      insert into event_source_counts as c (source_id, events, last_event_at, up_to)
      select source_id, count(*), max(at), now() from bench_part group by 1
      on conflict (source_id) do update set events = c.events + excluded.events, last_event_at = greatest(c.last_event_at, excluded.last_event_at)`;
    await tx`
      insert into event_dirty (work_id, source_id, relation_id, seq, other, at, total, sign, cumulative)
      select work, source_id, 2, ${seq}, page, at, 1, 1, false from bench_part`;
  });
}

/** The bodies of the events just written, in the numbers that these have. */
async function packPart(tx: TransactionSql, first: number): Promise<void> {
  const [state] = await tx<{ change_no: number }[]>`select change_no from events_state`;
  const base = (state?.change_no ?? 0) + 1;
  const atOnce = 1_000 * BODIES_TOGETHER;
  for (let from = 0; from < PART; from += atOnce) {
    const rows = await tx<{ body: string }[]>`
      select format('{"subj_id":"%s","obj_id":"https://doi.org/%s","subj":{"pid":true,"title":"An article of the encyclopedia, number %s","issued":"%s","URL":true,"type":"entry-encyclopedia"},"source_token":"36c35e23-0000-4000-8000-345e9b7eb50d"}',
        w.id, substring(o.canonical_id from 5), page, at) as body
      from bench_part p join bench_works w on w.work_id = p.page join works o on o.work_id = p.work
      where p.n >= ${first + from} and p.n < ${first + from + atOnce} order by p.n`;
    const runs = Array.from(
      { length: Math.ceil(rows.length / BODIES_TOGETHER) },
      (_, run) => run * BODIES_TOGETHER,
    );
    await copyRows(tx, 'event_bodies (body_no, bodies)', runs, (out, run) => {
      out.int8(base + from + run);
      out.bytes(packBodies(rows.slice(run, run + BODIES_TOGETHER).map(({ body }) => body)));
    });
  }
}

/** The lists and numbers of the events just written: those after the last change that is known. */
async function listPart(tx: TransactionSql): Promise<void> {
  await tx`
    with keys as (
      select k.kind::"char" as kind, k.name_id, e.change_no, e.source_id
      from events e
      cross join lateral (values ('s', e.source_id::integer), ('r', 2), ('a', e.account_id), ('p', e.to_prefix), ('h', e.from_host),
        ('d', 40000 + ((e.occurred_at at time zone 'UTC')::date - date '1970-01-01'))) k (kind, name_id)
      where e.change_no > (select change_no from events_state)
    ), numbered as (
      select *, (row_number() over w - 1) / 400 as part, change_no - lag(change_no) over w as step from keys
      window w as (partition by kind, name_id order by change_no)
    ), rows as (
      select kind, name_id, part, change_no,
        case when lag(part) over w = part then step else 0 end as step
      from numbered window w as (partition by kind, name_id order by change_no)
    ), lists as (
      insert into event_lists (kind, name_id, first_no, last_no, steps)
      select kind, name_id, min(change_no), max(change_no), string_agg(int2send(step::smallint), '' order by change_no)
      from rows group by kind, name_id, part
    )
    insert into event_counts as c (kind, name_id, source_id, live, gone)
    select case when kind = 's' then '*' else kind end, case when kind = 's' then 0 else name_id end, source_id, count(*), 0
    from keys where kind <> 'd' group by 1, 2, 3
    on conflict (kind, name_id, source_id) do update set live = c.live + excluded.live`;
}

async function countEvents(sql: Sql): Promise<number> {
  const [row] = await sql<
    { events: number }[]
  >`select coalesce(sum(events), 0)::bigint as events from derived.event_source_counts`;
  return row?.events ?? 0;
}
