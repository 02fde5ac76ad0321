import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { isTransient } from '../platform/database/index.ts';
import { testDatabase } from '../testing/index.ts';
import type { Derivation, EvidenceKind } from './evidence.ts';
import { createInbox } from './inbox.ts';
import { sealPayload } from './payload.ts';
import { createProcessor } from './processor.ts';
import { retryFailed } from './store.ts';

/**
 * Evidence of kind `letters` appends its payload and its number to a table. `poison` cannot be applied while `poisoned`
 * has it; `unreadable` cannot be read.
 */
async function startLetters(t: TestContext, max = 6) {
  const { sql } = await testDatabase(t, { max });
  await sql`create table public.letters (place bigint generated always as identity, seq bigint, letter text)`;
  const poisoned = new Set(['poison']);
  const trouble: unknown[] = [];
  const errors: object[] = [];
  const forgotten = { times: 0 };
  const letters: EvidenceKind<string> = {
    kind: 'letters',
    prepare(payload) {
      const letter = payload.toString();
      if (letter === 'unreadable') throw new Error('this cannot be read');
      return letter;
    },
    async apply(tx, batch) {
      for (const { seq, prepared } of batch) {
        await tx`insert into public.letters (seq, letter) values (${seq}, ${prepared})`;
        if (poisoned.has(prepared)) throw new Error('this cannot be applied');
      }
      const error = trouble.shift();
      if (error !== undefined) throw error;
      return batch.map(({ prepared }) => ({ letter: prepared }));
    },
  };
  const derivation = (): Derivation => ({ kinds: [letters], forget: () => void forgotten.times++ });
  const now = () => Date.parse('2024-08-01T00:00:00Z');
  const log = { warn: () => undefined, error: (fields: object) => void errors.push(fields) };
  const newProcessor = () => createProcessor({ sql, derivation: derivation(), log, now, isTransient });
  const inbox = createInbox({ sql, now, onAccepted: () => undefined });
  return {
    sql,
    poisoned,
    trouble,
    errors,
    forgotten,
    newProcessor,
    async accept(letter: string, kind = 'letters'): Promise<string> {
      return inbox.accept({
        account: 'account',
        kind,
        contentType: 'text/plain',
        payload: await sealPayload(letter),
        restricted: false,
        params: {},
        result: { accepted: 1, rejected: [] },
      });
    },
    async applied(): Promise<string[]> {
      const rows = await sql<
        { line: string }[]
      >`select seq || ' ' || letter as line from public.letters order by place`;
      return rows.map(({ line }) => line);
    },
    async states(): Promise<string[]> {
      const rows = await sql<{ line: string }[]>`
        select concat_ws(' ', state, seq, reason) as line from almanac.evidence order by accepted_no`;
      return rows.map(({ line }) => line);
    },
  };
}

type Letters = Awaited<ReturnType<typeof startLetters>>;

async function stepUntilIdle(processor: ReturnType<Letters['newProcessor']>): Promise<void> {
  while ((await processor.step()) !== 'idle');
}

test('given evidence, then it is applied once, in order of acceptance, with numbers without a gap', async (t) => {
  const house = await startLetters(t);
  for (const letter of ['a', 'b', 'c']) await house.accept(letter);
  await stepUntilIdle(house.newProcessor());
  assert.deepEqual(await house.applied(), ['1 a', '2 b', '3 c']);
  assert.deepEqual(await house.states(), ['done 1', 'done 2', 'done 3']);
});

test('given many processors at once while evidence comes in, then each piece is applied exactly once and in order', async (t) => {
  const house = await startLetters(t, 12);
  const letters = Array.from({ length: 60 }, (_, index) => `l${index}`);
  let accepting = true;
  const work = Array.from({ length: 4 }, async () => {
    const processor = house.newProcessor();
    for (;;) {
      const last = !accepting;
      const step = await processor.step();
      if (last && step === 'idle') return;
    }
  });
  for (const letter of letters) await house.accept(letter);
  accepting = false;
  await Promise.all(work);
  assert.deepEqual(
    await house.applied(),
    letters.map((letter, index) => `${index + 1} ${letter}`),
  );
});

test('given one that cannot be applied, then it is set aside with its reason and the rest goes on, without a gap', async (t) => {
  const house = await startLetters(t);
  for (const letter of ['a', 'poison', 'unreadable', 'b']) await house.accept(letter);
  await house.accept('c', 'unheard-of');
  await house.accept('d');
  await stepUntilIdle(house.newProcessor());
  assert.deepEqual(await house.applied(), ['1 a', '2 b', '3 d']);
  assert.deepEqual(await house.states(), [
    'done 1',
    'failed this cannot be applied',
    'failed this cannot be read',
    'done 2',
    'failed nobody here understands evidence of kind unheard-of',
    'done 3',
  ]);
  assert.equal(house.errors.length, 3);
});

test('given what was set aside is tried again, then it takes the next number, once its cause is gone', async (t) => {
  const house = await startLetters(t);
  for (const letter of ['a', 'poison', 'b']) await house.accept(letter);
  const processor = house.newProcessor();
  await stepUntilIdle(processor);
  assert.equal(await retryFailed(house.sql, null), 1);
  await stepUntilIdle(processor);
  assert.deepEqual(await house.states(), ['done 1', 'failed this cannot be applied', 'done 2']);
  house.poisoned.clear();
  assert.equal(await retryFailed(house.sql, null), 1);
  await stepUntilIdle(processor);
  assert.deepEqual(await house.applied(), ['1 a', '2 b', '3 poison']);
  assert.equal(await retryFailed(house.sql, null), 0);
});

test('given passing trouble of the database, then the step fails, nothing is lost, and the next one does it', async (t) => {
  const house = await startLetters(t);
  await house.accept('a');
  await house.accept('b');
  house.trouble.push(Object.assign(new Error('deadlock detected'), { code: '40P01' }));
  const processor = house.newProcessor();
  await assert.rejects(processor.step(), /deadlock/);
  assert.deepEqual(await house.states(), ['waiting', 'waiting']);
  await stepUntilIdle(processor);
  assert.deepEqual(await house.applied(), ['1 a', '2 b']);
  assert.deepEqual(house.errors, []);
});

test('given another process applied, or derived tables were swapped, then what was remembered is forgotten', async (t) => {
  const house = await startLetters(t);
  const [one, other] = [house.newProcessor(), house.newProcessor()];
  await house.accept('a');
  await stepUntilIdle(one);
  await house.accept('b');
  await one.step();
  const before = house.forgotten.times;
  await house.accept('c');
  await other.step();
  assert.equal(house.forgotten.times, before + 1);
  await house.accept('d');
  await one.step();
  assert.equal(house.forgotten.times, before + 2);
  await house.accept('e');
  await one.step();
  assert.equal(house.forgotten.times, before + 2);
  await house.sql`update almanac.evidence_state set epoch = epoch + 1`;
  await house.accept('f');
  await one.step();
  assert.equal(house.forgotten.times, before + 3);
});

test('given bodies that arrive together, then each is acknowledged with its own id and none is lost', async (t) => {
  const house = await startLetters(t);
  const ids = await Promise.all(Array.from({ length: 200 }, (_, index) => house.accept(`l${index}`)));
  assert.equal(new Set(ids).size, 200);
  await stepUntilIdle(house.newProcessor());
  assert.equal((await house.applied()).length, 200);
});
