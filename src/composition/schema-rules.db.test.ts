import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { testDatabase } from '../testing/index.ts';
import { distribution } from './distribution.ts';

const isDistributed = (table: string): boolean =>
  !['local', 'reference'].includes(distribution[table] ?? 'local');

async function openSchema(t: TestContext) {
  const { sql } = await testDatabase(t, { max: 1 });
  return sql;
}

test('given the live schema, then every table of ours stands in the list of how tables lie, and no other', async (t) => {
  const sql = await openSchema(t);
  const tables = await sql<{ name: string }[]>`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('almanac', 'derived') and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'migrations'`;
  assert.deepEqual(tables.map(({ name }) => name).sort(), Object.keys(distribution).sort());
});

test('given a distributed table, then its key is a column that is never null, and each unique key contains it', async (t) => {
  const sql = await openSchema(t);
  for (const [table, column] of Object.entries(distribution)) {
    if (!isDistributed(table)) continue;
    const [found] = await sql<{ never_null: boolean }[]>`
      select attnotnull as never_null from pg_attribute where attrelid = ${table}::regclass and attname = ${column}`;
    assert.equal(found?.never_null, true, `${table}.${column}`);
    const keys = await sql<{ name: string; columns: string[] }[]>`
      select i.indexrelid::regclass::text as name,
        array(select a.attname::text from pg_attribute a where a.attrelid = i.indrelid and a.attnum = any(i.indkey)) as columns
      from pg_index i where i.indrelid = ${table}::regclass and i.indisunique`;
    for (const key of keys) assert.ok(key.columns.includes(column), `${key.name} has no ${column}`);
  }
});

test('given a foreign key, then it crosses no machine: from a local table to a local one, or to a reference table', async (t) => {
  const sql = await openSchema(t);
  const keys = await sql<{ name: string; from: string; to: string }[]>`
    select conname as name, conrelid::regclass::text as from, confrelid::regclass::text as to from pg_constraint
    where contype = 'f' and connamespace::regnamespace::text in ('almanac', 'derived')`;
  for (const key of keys) {
    const qualified = (table: string): string =>
      Object.keys(distribution).find((name) => name === table || name.endsWith(`.${table}`)) ?? table;
    const [from, to] = [distribution[qualified(key.from)], distribution[qualified(key.to)]];
    assert.ok(
      to === 'reference' || (from === 'local' && to === 'local'),
      `${key.name}: ${key.from} → ${key.to}`,
    );
  }
});

test('given any column, then it is of a type that every PostgreSQL and Citus has: no enums, time with its zone', async (t) => {
  const sql = await openSchema(t);
  const columns = await sql<{ name: string; type: string; kind: string; identity: string }[]>`
    select n.nspname || '.' || c.relname as name, format_type(a.atttypid, a.atttypmod) as type, t.typtype::text as kind,
      a.attidentity::text as identity
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_type t on t.oid = a.atttypid
    where n.nspname in ('almanac', 'derived') and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`;
  assert.ok(columns.length > 100);
  for (const { name, type, kind, identity } of columns) {
    assert.equal(kind, 'b', `${name}: ${type}`);
    assert.ok(!/^timestamp.* without|^time |^serial|^character|^money$/.test(type), `${name}: ${type}`);
    // Citus gives numbers out on every machine, and only for bigint.
    if (identity !== '' && isDistributed(name)) assert.equal(type, 'bigint', name);
  }
});

test('given facts, then they are partitioned by their day', async (t) => {
  const sql = await openSchema(t);
  const partitioned = await sql<{ name: string; key: string }[]>`
    select c.oid::regclass::text as name, pg_get_partkeydef(c.oid) as key from pg_class c
    where c.relkind = 'p' and c.relnamespace = 'derived'::regnamespace`;
  assert.deepEqual(
    [...partitioned].map(({ name, key }) => `${name} ${key}`),
    ['usage_events RANGE (day)'],
  );
});

test('given derived tables, then nothing outside of them refers to them: a replay swaps them all', async (t) => {
  const sql = await openSchema(t);
  const outside = await sql`
    select distinct conname from pg_constraint where contype = 'f' and confrelid in (select oid from pg_class where relnamespace = 'derived'::regnamespace)
      and connamespace <> 'derived'::regnamespace
    union all
    select viewname from pg_views where schemaname in ('almanac', 'public') and definition like '%derived.%'`;
  assert.deepEqual([...outside], []);
  // A replay fills the single rows of these tables by their defaults, knowing them by their names.
  const states = await sql<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'derived'::regnamespace and relkind = 'r'
      and exists (select from pg_attribute a where a.attrelid = pg_class.oid and a.attname = 'only_row')`;
  assert.deepEqual(
    states.filter(({ name }) => !name.endsWith('_state')),
    [],
  );
});
