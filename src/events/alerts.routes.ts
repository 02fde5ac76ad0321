import { setTimeout as sleep } from 'node:timers/promises';
import { sealPayload } from '../evidence/index.ts';
import { canonicalId } from '../identifiers/index.ts';
import {
  type App,
  badInput,
  decodeCursor,
  encodeCursor,
  type Fault,
  isoSeconds,
  problem,
  Type,
} from '../platform/http/index.ts';
import { keyOf } from '../works/index.ts';
import { listAlerts, type ShownAlert } from './alerts.store.ts';
import type { IntakeTools } from './intake.ts';
import { findWork } from './results.store.ts';
import { listSources } from './sources.store.ts';
import { isUuid } from './uuid.ts';

const States = Type.Union([
  Type.Literal('open'),
  Type.Literal('confirmed'),
  Type.Literal('rejected'),
  Type.Literal('resolved'),
]);
const Nullable = Type.Union([Type.String(), Type.Null()]);
const Value = Type.Union([Type.Integer(), Type.Null()]);

const AlertBody = Type.Object(
  {
    id: Type.String(),
    class: Type.String(),
    level: Type.String(),
    source_id: Nullable,
    agent: Nullable,
    work_id: Nullable,
    event: Nullable,
    from: Value,
    to: Value,
    count: Type.Integer(),
    incident: Type.String(),
    state: States,
    first_seen: Type.String(),
    last_seen: Type.String(),
    message: Type.String(),
  },
  { title: 'Alert' },
);

/** Applying takes a fraction of a second; who waits longer is told that it is kept. */
const APPLIED_WITHIN_MS = 5_000;

/** `GET /api/alerts`, `POST /api/alerts/:id/{confirm,reject}` (specification `events` §10). */
export function addAlertRoutes(app: App, tools: IntakeTools): void {
  const { sql, inbox } = tools;

  app.get(
    '/api/alerts',
    {
      config: { right: 'operator' },
      schema: {
        tags: ['Events'],
        summary: 'What an operator should look at: decreases that are held, identifiers that two works claim',
        querystring: Type.Object({
          state: Type.Optional(States),
          class: Type.Optional(Type.String({ maxLength: 63 })),
          source_id: Type.Optional(Type.String({ maxLength: 63 })),
          agent: Type.Optional(Type.String({ maxLength: 63 })),
          work_id: Type.Optional(Type.String({ maxLength: 4096 })),
          size: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
          cursor: Type.Optional(Type.String({ maxLength: 10_000 })),
        }),
        response: {
          200: Type.Object({
            meta: Type.Object({
              next_cursor: Type.Union([Type.String(), Type.Null()]),
              more: Type.Boolean(),
            }),
            alerts: Type.Array(AlertBody),
          }),
        },
      },
    },
    async (request) => {
      const { state, class: name, source_id, agent, work_id, size = 100, cursor } = request.query;
      const faults: Fault[] = [];
      for (const [path, text] of Object.entries({ class: name, agent, source_id, work_id }))
        if (text?.includes('\u0000')) faults.push({ path, message: 'contains a null character' });
      const source = (await listSources(sql)).find((one) => one.name === source_id);
      if (source_id !== undefined && source === undefined)
        faults.push({ path: 'source_id', message: 'is not a known source' });
      const id = work_id === undefined ? null : canonicalId(work_id);
      if (work_id !== undefined && id === null)
        faults.push({ path: 'work_id', message: 'has no known form of an identifier' });
      const question = ['alerts', state, name, source_id, agent, id];
      const position = cursor === undefined ? [0] : decodeCursor(question, cursor);
      if (!Number.isSafeInteger(position?.[0]))
        faults.push({ path: 'cursor', message: 'is not a cursor of this question' });
      if (faults.length > 0) throw badInput(faults);
      const work = id === null ? undefined : ((await findWork(sql, keyOf(id))) ?? 0);
      const rows = await listAlerts(
        sql,
        { state, class: name, source: source?.source_id, agent, work },
        Number(position?.[0]),
        size + 1,
      );
      const page = rows.slice(0, size);
      const more = rows.length > size;
      return {
        meta: { next_cursor: more ? encodeCursor(question, [page.at(-1)?.no ?? 0]) : null, more },
        alerts: page.map(answerOf),
      };
    },
  );

  for (const word of ['confirm', 'reject'] as const) {
    app.post(
      `/api/alerts/:id/${word}`,
      {
        config: { right: 'operator' },
        schema: {
          tags: ['Events'],
          summary:
            word === 'confirm'
              ? 'Believe it: a held decrease becomes the total'
              : 'Do not believe it: the total stays, the held values are given up',
          description: 'Kept as evidence. 202: it is kept and will be applied.',
          params: Type.Object({ id: Type.String() }),
          response: {
            200: Type.Object({ evidence: Type.String(), alert: AlertBody }),
            202: Type.Object({ evidence: Type.String(), alert: AlertBody }),
          },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        const [alert] = isUuid(id) ? await listAlerts(sql, { id: id.toLowerCase() }, 0, 1) : [];
        if (alert === undefined) throw problem(404, 'There is no such alert.');
        if (alert.state !== 'open') throw problem(409, `The alert is ${alert.state} already.`);
        const evidence = await inbox.accept({
          account: request.account?.name ?? '',
          kind: 'alert',
          contentType: 'application/json',
          payload: await sealPayload(JSON.stringify({ alert: alert.id, word })),
          restricted: false,
          params: {},
          result: { accepted: 1, rejected: [] },
        });
        const until = performance.now() + APPLIED_WITHIN_MS;
        while (!(await isApplied(evidence)) && performance.now() < until) await sleep(20);
        const [settled = alert] = await listAlerts(sql, { id: alert.id }, 0, 1);
        return reply.code(settled.state === 'open' ? 202 : 200).send({ evidence, alert: answerOf(settled) });
      },
    );
  }

  async function isApplied(evidence: string): Promise<boolean> {
    const rows = await sql`select from almanac.evidence where id = ${evidence} and state <> 'waiting'`;
    return rows.length > 0;
  }
}

function answerOf(row: ShownAlert) {
  return {
    id: row.id,
    class: row.class,
    level: row.level,
    source_id: row.source,
    agent: row.agent,
    work_id: row.work,
    event: row.event,
    from: row.from_value,
    to: row.to_value,
    count: row.count,
    incident: row.incident,
    state: row.state,
    first_seen: isoSeconds(row.first_seen.getTime()),
    last_seen: isoSeconds(row.last_seen.getTime()),
    message: row.message,
  };
}
