import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import type { Sql } from '../platform/database/index.ts';
import { testDatabase } from '../testing/index.ts';
import { createResolver, type Resolver } from './resolver.ts';

const at = new Date('2024-08-01T00:00:00Z');

async function startResolver(t: TestContext) {
  const { sql } = await testDatabase(t, { max: 2 });
  return { sql, resolver: createResolver() };
}

/** Resolves groups one after the other, or all in one batch. */
function resolve(sql: Sql, resolver: Resolver, ...groups: string[][]) {
  return sql.begin((tx) => resolver.resolve(tx, groups, at));
}

/** Which of some identifiers lead to one work: the groups, each sorted. */
async function worksOf(sql: Sql, like = '%'): Promise<string[]> {
  const rows = await sql<{ ids: string[] }[]>`
    select array_agg(value order by value collate "C") as ids from work_identifiers where value like ${like} group by work_id`;
  return rows.map(({ ids }) => ids.join(' ')).sort();
}

async function canonicalOf(sql: Sql): Promise<string[]> {
  return (await sql<{ id: string }[]>`select canonical_id as id from works order by work_id`).map(
    ({ id }) => id,
  );
}

test('given identifiers of every kind for one document, then all lead to one work, named by the best of them', async (t) => {
  const { sql, resolver } = await startResolver(t);
  const ids = [
    'http://repository.example/1',
    'isbn:9780306406157',
    'pmid:16366734',
    'pmcid:PMC4219345',
    'arxiv:1501.00001',
    'ark:/12025/654xz321',
    'hdl:1874/1',
    'urn:nbn:nl:ui:10-1874-1',
    'oai:dspace.library.example:1874/1',
    'doi:10.1234/one',
  ];
  for (const [index, id] of ids.entries())
    await resolve(sql, resolver, [ids[0] ?? '', ...ids.slice(1, index), id]);
  assert.deepEqual(await worksOf(sql), [[...ids].sort().join(' ')]);
  assert.deepEqual(await canonicalOf(sql), ['doi:10.1234/one']);
  for (const id of ids) {
    assert.deepEqual(new Set((await resolve(sql, createResolver(), [id], ids)).workIds).size, 1);
  }
});

test('given a group that names two works without two DOIs, then they are one, and the older one stays', async (t) => {
  const { sql, resolver } = await startResolver(t);
  const { workIds } = await resolve(sql, resolver, ['oai:a:1'], ['doi:10.1234/one']);
  const joined = await resolve(sql, resolver, ['doi:10.1234/one', 'oai:a:1']);
  assert.deepEqual(joined.joins, [{ from: workIds[1], to: workIds[0] }]);
  assert.deepEqual(joined.workIds, [workIds[0]]);
  assert.deepEqual(await canonicalOf(sql), ['doi:10.1234/one']);
});

test('given works with different DOIs, then they never join, and what they share stays with the first', async (t) => {
  const { sql, resolver } = await startResolver(t);
  await resolve(sql, resolver, ['doi:10.1234/a', 'hdl:1/x']);
  await resolve(sql, resolver, ['doi:10.1234/b']);
  const { workIds } = await resolve(
    sql,
    resolver,
    ['hdl:1/x', 'doi:10.1234/b', 'oai:b:1'],
    ['hdl:1/x'],
    ['doi:10.1234/b'],
  );
  assert.deepEqual(await worksOf(sql), ['doi:10.1234/a hdl:1/x', 'doi:10.1234/b oai:b:1']);
  assert.equal(workIds[0], workIds[2]);
  assert.notEqual(workIds[0], workIds[1]);
});

test('given a DOI that is new beside an identifier of a work with another DOI, then it is a work of its own', async (t) => {
  const { sql, resolver } = await startResolver(t);
  await resolve(sql, resolver, ['doi:10.1234/a', 'hdl:1/x', 'http://r.example/x']);
  await resolve(sql, resolver, ['hdl:1/x', 'doi:10.1234/b']);
  await resolve(sql, resolver, ['http://r.example/x', 'doi:10.1234/c']);
  assert.deepEqual(await worksOf(sql), [
    'doi:10.1234/a hdl:1/x http://r.example/x',
    'doi:10.1234/b',
    'doi:10.1234/c',
  ]);
});

test('given a shared URL, then it joins nothing that has a persistent identifier of its own', async (t) => {
  const { sql, resolver } = await startResolver(t);
  const url = 'http://r.example/shared';
  await resolve(sql, resolver, ['oai:a:1', url]);
  await resolve(sql, resolver, ['oai:a:2', url]);
  assert.deepEqual(await worksOf(sql), [`http://r.example/shared oai:a:1`, 'oai:a:2']);
});

test('given a URL known from usage and then a record with that URL, then the work is one', async (t) => {
  const { sql, resolver } = await startResolver(t);
  await resolve(sql, resolver, ['http://r.example/1'], ['http://r.example/1.pdf']);
  const { joins } = await resolve(sql, resolver, ['oai:a:1', 'http://r.example/1', 'http://r.example/1.pdf']);
  assert.equal(joins.length, 1);
  assert.deepEqual(await worksOf(sql), ['http://r.example/1 http://r.example/1.pdf oai:a:1']);
  assert.deepEqual(await canonicalOf(sql), ['oai:a:1']);
});

test('given identifiers of 2,048 characters that differ at the end, then they are two works', async (t) => {
  const { sql, resolver } = await startResolver(t);
  const long = `http://r.example/${'ü'.repeat(2_000)}`;
  const { workIds } = await resolve(sql, resolver, [`${long}1`], [`${long}2`], [`${long}1`]);
  assert.equal(workIds[0], workIds[2]);
  assert.notEqual(workIds[0], workIds[1]);
});

const anyId = fc.constantFrom(
  'doi:10.1234/a',
  'doi:10.1234/b',
  'oai:r:1',
  'oai:r:2',
  'hdl:1/x',
  'http://r/1',
  'http://r/2',
);
const anyGroups = fc.array(fc.uniqueArray(anyId, { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 7,
});

test('property: it makes no difference how statements fall into batches, nor what is remembered between them', async (t) => {
  const { sql } = await startResolver(t);
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(anyGroups, fc.infiniteStream(fc.nat(2)), async (groups, cuts) => {
      const seen: string[][] = [];
      for (const way of ['one by one', 'batches', 'forgetful']) {
        const run = `${runs++}-`;
        const own = groups.map((group) => group.map((id) => inRun(id, run)));
        const resolver = createResolver();
        for (let from = 0; from < own.length; ) {
          const size = way === 'one by one' ? 1 : 1 + (cuts.next().value ?? 0);
          await resolve(sql, resolver, ...own.slice(from, from + size));
          if (way === 'forgetful') resolver.forget();
          from += size;
        }
        seen.push((await worksOf(sql, `%${run}%`)).map((ids) => ids.replaceAll(run, '')));
      }
      assert.deepEqual(seen[1], seen[0]);
      assert.deepEqual(seen[2], seen[0]);
    }),
    { numRuns: 40, endOnFailure: true },
  );
});

const anyPersistentGroups = fc.array(
  fc.uniqueArray(fc.constantFrom('oai:r:1', 'oai:r:2', 'hdl:1/x', 'hdl:1/y', 'doi:10.1234/a'), {
    minLength: 1,
    maxLength: 2,
  }),
  { minLength: 1, maxLength: 6 },
);

test('property: persistent identifiers with at most one DOI among them lead to the same works in any order', async (t) => {
  const { sql } = await startResolver(t);
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(anyPersistentGroups, fc.infiniteStream(fc.nat()), async (groups, keys) => {
      const shuffled = groups
        .map((group) => ({ group, key: keys.next().value ?? 0 }))
        .sort((a, b) => a.key - b.key)
        .map(({ group }) => group);
      const seen: string[][] = [];
      for (const order of [groups, shuffled]) {
        const run = `${runs++}-`;
        const resolver = createResolver();
        for (const group of order)
          await resolve(
            sql,
            resolver,
            group.map((id) => inRun(id, run)),
          );
        seen.push((await worksOf(sql, `%${run}%`)).map((ids) => ids.replaceAll(run, '')));
      }
      assert.deepEqual(seen[1], seen[0]);
    }),
    { numRuns: 30, endOnFailure: true },
  );
});

test('property: two DOIs that no statement names together are never one work', async (t) => {
  const { sql } = await startResolver(t);
  let runs = 0;
  const oneDoi = anyGroups.map((groups) =>
    groups.map((group) =>
      group.includes('doi:10.1234/a') ? group.filter((id) => id !== 'doi:10.1234/b') : group,
    ),
  );
  await fc.assert(
    fc.asyncProperty(oneDoi, async (groups) => {
      const run = `${runs++}-`;
      await resolve(sql, createResolver(), ...groups.map((group) => group.map((id) => inRun(id, run))));
      for (const ids of await worksOf(sql, `doi:%${run}%`)) assert.ok(!ids.includes(' '), ids);
    }),
    { numRuns: 40, endOnFailure: true },
  );
});

/** `oai:r:1` → `oai:r:7-1`: the same identifiers again, for a database that has seen them. */
function inRun(id: string, run: string): string {
  return id.replace(/(?<=[:/])(?=[^:/]+$)/, run);
}
