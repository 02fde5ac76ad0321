import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { replay } from '../app.ts';
import { quietLog } from '../testing/index.ts';
import { type Depositing, depositing } from './testing/depositing.ts';
import { startTestServer, type TestServer } from './testing/server.ts';

// Totals of more than 200 events are moved by what comes and goes; what they come to is what recomputing finds.

const HOT = '10.5555/hot';
const MANY = 230;
let server: TestServer;
let events: Depositing;

before(async () => {
  server = await startTestServer();
  events = depositing(server);
  await events.deposit(Array.from({ length: MANY }, (_, n) => statementOf({ id: n, day: 5 })));
});
after(() => server.stop());

interface Said {
  id: number;
  page?: number;
  day?: number;
  total?: number;
  about?: string;
  source?: string;
  relation?: string;
}

const uuidOf = (id: number): string => `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`;

function statementOf(said: Said) {
  const {
    id,
    page = id % 60,
    day = 1,
    total = 1,
    about = HOT,
    source = 'crossref',
    relation = 'references',
  } = said;
  return {
    uuid: uuidOf(id),
    subj_id: `https://pages.example/${page}`,
    obj_id: about,
    relation_type_id: relation,
    source_id: source,
    total,
    // No two events of one day at one time, so that few are duplicates.
    occurred_at: new Date(Date.UTC(2024, 2, day) + 60_000 * (id % 1_440)).toISOString(),
  };
}

const anyMessage = fc.record({
  id: fc.nat({ max: MANY + 40 }),
  action: fc.constantFrom('create', 'create', 'create', 'delete', 'restore'),
  page: fc.nat({ max: 70 }),
  day: fc.integer({ min: 1, max: 9 }),
  total: fc.nat({ max: 3 }),
  about: fc.constantFrom(HOT, HOT, HOT, '10.5555/other'),
  source: fc.constantFrom('crossref', 'crossref', 'mendeley'),
  relation: fc.constantFrom('references', 'references', 'cites', 'is_part_of'),
});

test('property: given a work of many events, when events come, change and go, then all figures are those of the events', async () => {
  const { results } = await server.client.events.results({ work_id: HOT });
  assert.deepEqual([results[0]?.events, results[0]?.subjects], [MANY, 60]);
  await fc.assert(
    fc.asyncProperty(fc.array(anyMessage, { minLength: 1, maxLength: 40 }), async (messages) => {
      await events.deposit(
        messages.map(({ action, ...said }) =>
          action === 'create' ? statementOf(said) : { uuid: uuidOf(said.id), message_action: action },
        ),
      );
      await events.expectConsistent();
    }),
    { numRuns: 15 },
  );
});

test('given more and fewer than many events, when the edge is passed in either direction, then figures follow', async () => {
  const edge = '10.5555/edge';
  const ids = Array.from({ length: 206 }, (_, n) => 1_000 + n);
  const hot = async () => {
    const [row] = await server.sql<
      { hot: boolean }[]
    >`select bool_or(hot) as hot from event_totals where events > 150`;
    return row?.hot;
  };
  await events.deposit(ids.slice(0, 195).map((id) => statementOf({ id, about: edge, day: 12 })));
  await events.deposit(ids.slice(195).map((id) => statementOf({ id, about: edge, day: 13 })));
  assert.equal(await hot(), true);
  await events.expectConsistent();
  // The first and the last of them go, then so many that few are left, then all.
  for (const gone of [ids.slice(0, 3), ids.slice(-3), ids.slice(3, 60), ids.slice(60, -3)]) {
    await events.deposit(gone.map((id) => ({ uuid: uuidOf(id), message_action: 'delete' })));
    await events.expectConsistent();
  }
  assert.deepEqual((await server.client.events.results({ work_id: edge })).results, []);
});

test('given a work of many events that becomes one with another, and a replay, then figures follow and stay', async () => {
  await events.deposit([
    ...Array.from({ length: 220 }, (_, n) => statementOf({ id: 2_000 + n, about: 'pmid:771', day: 20 })),
    ...Array.from({ length: 210 }, (_, n) =>
      statementOf({ id: 3_000 + n, about: '10.5555/joined', day: 21 }),
    ),
  ]);
  await events.deposit([
    { ...statementOf({ id: 4_000, about: '10.5555/joined', day: 22 }), obj: { PMID: 771 } },
  ]);
  await events.expectConsistent();
  const [joined] = (await server.client.events.results({ work_id: 'pmid:771' })).results;
  assert.equal(joined?.events, 431);

  const figures = () => server.sql`
    select w.canonical_id, t.source_id, t.relation_id, t.increments, t.snapshot, t.events, t.subjects, t.first_at, t.last_at, t.hot, t.rank,
      t.cumulative_events,
      (select count(*) from event_days d where d.work_id = t.work_id and d.source_id = t.source_id and d.relation_id = t.relation_id) as days,
      (select count(*) from event_subjects d where d.work_id = t.work_id and d.source_id = t.source_id and d.relation_id = t.relation_id) as others
    from event_totals t join works w using (work_id) order by 1, 2, 3`;
  const before = [...(await figures())];
  await replay(server.config, quietLog, { start() {}, total() {}, advance() {}, end() {} });
  assert.deepEqual([...(await figures())], before);
  await events.expectConsistent();
});
