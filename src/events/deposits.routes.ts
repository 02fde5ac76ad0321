import type { FastifyRequest } from 'fastify';
import { sealPayload } from '../evidence/index.ts';
import {
  type App,
  badInput,
  decodeCursor,
  encodeCursor,
  type Fault,
  problem,
  type Static,
  Type,
  uploadOf,
} from '../platform/http/index.ts';
import { countWaiting } from './deposits.store.ts';
import { listDeposits, readDepositOf, type Viewer } from './deposits.ts';
import { findName } from './feed.store.ts';
import { type Intake, type IntakeTools, MOST_DEPOSITS, takeDeposits } from './intake.ts';
import { listSources } from './sources.store.ts';
import { isUuid } from './uuid.ts';

const tags = ['Events'];
const States = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('working'),
  Type.Literal('done'),
  Type.Literal('failed'),
]);

const TakenBody = Type.Object({
  evidence: Type.String({ description: 'Id of the evidence: `GET /api/evidence/:id`' }),
  accepted: Type.Integer(),
  rejected: Type.Array(
    Type.Object({
      position: Type.Integer({ description: 'Place in the body, from 1' }),
      reason: Type.String(),
      errors: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
    }),
  ),
  deposits: Type.Array(
    Type.Object({ position: Type.Integer(), id: Type.String(), state: Type.Literal('waiting') }),
  ),
});

const DepositBody = Type.Object(
  {
    id: Type.String(),
    state: States,
    outcome: Type.Union([Type.String(), Type.Null()], {
      description:
        'When done: added, edited, unchanged, duplicate, deleted, restored, ignored_deleted, not_found or held',
    }),
    duplicate_of: Type.Union([Type.String(), Type.Null()]),
    errors: Type.Array(Type.Object({ path: Type.String(), message: Type.String() })),
    evidence: Type.String(),
    account: Type.String(),
    version: Type.Union([Type.Integer(), Type.Null()]),
    created_at: Type.String(),
    updated_at: Type.String(),
  },
  { additionalProperties: true, title: 'Deposit' },
);

/** For the description only: what is wrong with a body is told item by item. */
const PushRequest = {
  content: {
    'application/json': {
      schema: Type.Unknown({
        examples: [
          {
            deposits: [
              {
                subj_id: 'https://example.org/a-page',
                relation_type_id: 'references',
                obj_id: 'https://doi.org/10.1234/example',
                source_id: 'other',
                occurred_at: '2024-03-01T10:00:00Z',
                subj: { title: 'A page' },
              },
            ],
          },
        ],
      }),
    },
  },
};

/** Deposits: pushed, read and deleted (specification `events` §2). */
export function addDepositRoutes(app: App, tools: IntakeTools): void {
  const { sql } = tools;

  app.post(
    '/api/deposits',
    {
      config: { right: 'deposit', keepsBytes: true },
      schema: {
        tags,
        summary: 'Push events: add, edit, delete or restore them, one or up to 10,000',
        description:
          'Body: `{"deposit":{…}}` or `{"deposits":[…]}`. Answered once it is on disk; good items of a mixed batch are taken, the ' +
          `faults of the others are all named. An identity of an event makes repetition free. At most ${MOST_DEPOSITS} items, 10 MiB.`,
        body: PushRequest,
        response: { 202: TakenBody },
      },
    },
    async (request, reply) => {
      const account = accountOf(request);
      const taken = await takeDeposits(
        tools,
        { account: account.name, isOperator: account.access.operator },
        request.body,
        request.bodyBytes ?? Buffer.from(JSON.stringify(request.body)),
      );
      return reply.code(202).send(answerOf(taken));
    },
  );

  app.get(
    '/api/deposits/:id',
    {
      schema: {
        tags,
        summary: 'One deposit, and what became of it',
        params: Type.Object({ id: Type.String() }),
        response: { 200: Type.Object({ deposit: DepositBody }) },
      },
    },
    async (request, reply) => {
      const id = request.params.id.toLowerCase();
      const found = isUuid(id) ? await readDepositOf(sql, id, viewerOf(request)) : null;
      if (found === null) throw problem(404, 'There is no such deposit.');
      return reply.send({ deposit: found.deposit as Static<typeof DepositBody> });
    },
  );

  app.delete(
    '/api/deposits/:id',
    {
      config: { right: 'deposit' },
      schema: {
        tags,
        summary: 'Delete an event: own ones, operators any',
        params: Type.Object({ id: Type.String() }),
        response: { 202: TakenBody },
      },
    },
    async (request, reply) => {
      const account = accountOf(request);
      const id = request.params.id.toLowerCase();
      const viewer = { account: null, isOperator: true };
      const found = isUuid(id) ? await readDepositOf(sql, id, viewer) : null;
      if (found === null) throw problem(404, 'There is no such deposit.');
      if (found.account !== account.name && !account.access.operator)
        throw problem(403, 'The deposit belongs to another account.');
      const body = { deposit: { uuid: id, message_action: 'delete' } };
      const depositor = { account: account.name, isOperator: account.access.operator };
      const taken = await takeDeposits(tools, depositor, body, Buffer.from(JSON.stringify(body)));
      return reply.code(202).send(answerOf(taken));
    },
  );

  app.get(
    '/api/deposits',
    {
      schema: {
        tags,
        summary: 'Deposits by state, source and account; with `state=waiting`, `meta.total` is the backlog',
        querystring: Type.Object({
          state: Type.Optional(States),
          source_id: Type.Optional(Type.String({ maxLength: 63 })),
          account: Type.Optional(Type.String({ maxLength: 200 })),
          size: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
          cursor: Type.Optional(Type.String({ maxLength: 10_000 })),
        }),
        response: {
          200: Type.Object({
            meta: Type.Object({
              next_cursor: Type.Union([Type.String(), Type.Null()]),
              more: Type.Boolean(),
              total: Type.Optional(Type.Integer()),
            }),
            deposits: Type.Array(DepositBody),
          }),
        },
      },
    },
    async (request, reply) => {
      const { state = null, source_id: sourceName, account, size = 100, cursor } = request.query;
      const faults: Fault[] = [];
      const sources = sourceName === undefined ? [] : await listSources(sql);
      const source = sources.find(({ name }) => name === sourceName);
      if (sourceName !== undefined && source === undefined)
        faults.push({ path: 'source_id', message: 'is not a known source' });
      if (account?.includes('\u0000')) faults.push({ path: 'account', message: 'contains a null character' });
      const question = ['deposits', state, sourceName, account];
      const position = cursor === undefined ? [] : decodeCursor(question, cursor);
      if (position === null || !position.every((part) => Number.isSafeInteger(part)))
        faults.push({ path: 'cursor', message: 'is not a cursor of this question' });
      if (faults.length > 0) throw badInput(faults);
      const page = await listDeposits(
        sql,
        {
          state,
          source: source === undefined ? null : { id: source.source_id, name: source.name },
          account: account === undefined ? null : { id: await findName(sql, 'a', account), name: account },
          viewer: viewerOf(request),
        },
        (position ?? []).map(Number),
        size,
      );
      const total =
        state === 'waiting' && source === undefined ? await countWaiting(sql, account ?? null) : undefined;
      return reply.send({
        meta: {
          next_cursor: page.next === null ? null : encodeCursor(question, page.next),
          more: page.next !== null,
          ...(total === undefined ? {} : { total }),
        },
        deposits: page.deposits as Static<typeof DepositBody>[],
      });
    },
  );

  app.post(
    '/api/evidence',
    {
      // Any type is kept as it came.
      config: { right: 'deposit', upload: ANY_TYPE, uploadLimit: 100 * 1024 * 1024 },
      schema: {
        tags: ['Evidence'],
        summary: 'Keep a raw response that an agent received',
        querystring: Type.Object({
          agent: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9_:.-]{0,62}$' })),
          url: Type.Optional(Type.String({ maxLength: 2048 })),
          status: Type.Optional(Type.Integer({ minimum: 100, maximum: 599 })),
        }),
        body: { content: { 'application/octet-stream': { schema: Type.Unknown() } } },
        response: { 201: Type.Object({ evidence: Type.String(), sha256: Type.String() }) },
      },
    },
    async (request, reply) => {
      const account = accountOf(request);
      const { agent = null, url = null, status = null } = request.query;
      if (url?.includes('\u0000')) throw badInput([{ path: 'url', message: 'contains a null character' }]);
      const chunks: Uint8Array[] = [];
      if (request.bodyBytes === null) for await (const chunk of uploadOf(request)) chunks.push(chunk);
      else chunks.push(request.bodyBytes);
      const payload = await sealPayload(Buffer.concat(chunks));
      const evidence = await tools.inbox.accept({
        account: account.name,
        kind: 'response',
        contentType: request.headers['content-type'] ?? 'application/octet-stream',
        payload,
        restricted: false,
        params: { agent, url, status },
        result: { accepted: 1, rejected: [] },
      });
      return reply
        .code(201)
        .header('location', `/api/evidence/${evidence}`)
        .send({ evidence, sha256: payload.sha256 });
    },
  );
}

const ANY_TYPE = ['*'];

function accountOf(request: FastifyRequest) {
  if (request.account === null) throw problem(401, 'A key is needed here.');
  return request.account;
}

function viewerOf({ account }: FastifyRequest): Viewer {
  return { account: account?.name ?? null, isOperator: account?.access.operator ?? false };
}

function answerOf(taken: Intake) {
  if (!taken.ok) throw badInput(taken.faults);
  const { evidence, accepted, rejected, deposits } = taken;
  return { evidence, accepted, rejected, deposits };
}
