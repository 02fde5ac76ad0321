import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameQuestion } from './name-words.ts';
import { startOneThread } from './testing/one-thread.ts';

test('given texts, when read as names, then only words are left of them, the last one open at its end', () => {
  assert.deepEqual(nameQuestion(`Müller, "Zoë" & | ! ( ' \\ :*`), {
    whole: "('muller') & ('zoe')",
    asked: "('muller') & ('zoe':*)",
    words: ['muller', 'zoe'],
  });
  assert.deepEqual(nameQuestion('Li'), { whole: "('li')", asked: "('li')", words: ['li'] });
  assert.equal(nameQuestion(' -:* '), null);
  assert.equal(nameQuestion('a '.repeat(200))?.whole.split('&').length, 10);
});

test('given scholars and partners with names, when words of them are asked for, then whole words and the most used come first', async (t) => {
  const almanac = await startOneThread(t);
  const authors = [
    'Müller, Zoë',
    'Muller-Smith, Jan',
    'Mullersson, Pål',
    'Иванова, Анна',
    '山田 太郎',
    "O'Brien, Li",
  ];
  await almanac.publish(
    authors.map((name, at) => ({
      id: `doi:10.1234/${at}`,
      authors: [{ name, id: `own:${at}` }],
      partners: [{ id: `p${at}`, name: at === 0 ? 'Archive of Müller' : `Archive ${at}` }],
    })),
  );
  await almanac.deliver([
    { id: 'a', identifiers: ['doi:10.1234/1'] },
    { id: 'b', identifiers: ['doi:10.1234/2'] },
    { id: 'c', at: '2024-07-01T10:00:00Z', identifiers: ['doi:10.1234/2'] },
  ]);
  await almanac.settleAndCheck();
  const names = async (...asked: Parameters<typeof almanac.subjects>) =>
    (await almanac.subjects(...asked)).items.map(({ subject }) => subject.name);

  assert.deepEqual(await names('MÜLLER'), [
    'Muller-Smith, Jan',
    'Müller, Zoë',
    'Archive of Müller',
    'Mullersson, Pål',
  ]);
  assert.deepEqual(await names('mul', ['scholar']), ['Mullersson, Pål', 'Muller-Smith, Jan', 'Müller, Zoë']);
  assert.deepEqual(await names('zoe mull'), ['Müller, Zoë']);
  assert.deepEqual(await names('mull zoe'), [], 'only the last word may be a beginning');
  assert.deepEqual(await names('muller', ['partner']), ['Archive of Müller']);
  assert.deepEqual((await names('archive', ['partner']))[0], 'Archive 2', 'the most used');
  assert.deepEqual(await names('иванова АННА'), ['Иванова, Анна']);
  assert.deepEqual(await names('山田'), ['山田 太郎']);
  assert.deepEqual(await names("o'brien"), ["O'Brien, Li"]);
  assert.deepEqual(await names("'); drop table works; --"), []);
  assert.deepEqual(await names('***'), []);

  const first = await almanac.subjects('mul', ['scholar'], 2);
  assert.deepEqual([first.items.length, first.more], [2, true]);
  assert.deepEqual(first.items[0], {
    subject: { type: 'scholar', id: 'own:2', name: 'Mullersson, Pål' },
    metrics: {
      total_item_requests: 2,
      unique_item_requests: 2,
      total_item_investigations: 2,
      unique_item_investigations: 2,
    },
  });
});

test('given many people, when one name is asked for, then the index on names is read', async (t) => {
  const { sql, subjects } = await startOneThread(t, { max: 1 });
  await sql`
    insert into entities (kind, id, name)
    select 'scholar', 'own:' || n, 'Person' || n || ', Éva' from generate_series(1, 20000) n`;
  await sql`analyze entities`;
  await sql`
    insert into entities (kind, id, name)
    values ('scholar', 'own:exact', 'PERSON777'), ('scholar', 'own:turned', 'Éva Person777 the Second')`;
  const ids = async (text: string, size: number) =>
    (await subjects(text, ['scholar'], size)).items.map(({ subject }) => subject.id);
  assert.deepEqual(await ids('person777', 4), ['own:exact', 'own:777', 'own:turned', 'own:7770']);
  assert.deepEqual(await ids('Person777 EVA', 2), ['own:777', 'own:turned'], 'the words in any order');
  await sql`delete from entities where id in ('own:exact', 'own:turned')`;
  assert.deepEqual((await subjects('eva person777')).items.map(({ subject }) => subject.id).slice(0, 2), [
    'own:777',
    'own:7770',
  ]);
  await sql`select pg_stat_force_next_flush()`;
  const [scans] = await sql<{ n: number }[]>`
    select idx_scan as n from pg_stat_user_indexes where indexrelname = 'entities_words'`;
  assert.ok((scans?.n ?? 0) > 0, 'the table was read as a whole');
});
