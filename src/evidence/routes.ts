import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Sql } from 'postgres';
import { type App, isoSeconds, problem, Type } from '../platform/http/index.ts';
import type { EvidenceKind } from './evidence.ts';
import { openPayload } from './payload.ts';
import { type EvidenceRow, findEvidence, listFailed, loadPayloads, retryFailed } from './store.ts';
import { isUuid } from './uuid.ts';

/** Payloads up to this size stand in the answer; larger ones are for `?raw=true`. */
const INLINE_BYTES = 1024 * 1024;

const Nullable = (description: string) => Type.Union([Type.String(), Type.Null()], { description });

const EvidenceBody = Type.Object({
  id: Type.String(),
  seq: Type.Union([Type.Integer(), Type.Null()], { description: 'Gapless number in the order of applying' }),
  account: Type.String(),
  kind: Type.String(),
  content_type: Type.String(),
  bytes: Type.Integer(),
  sha256: Type.String({ description: 'Of the payload as kept' }),
  received_sha256: Type.Optional(
    Type.String({
      description: 'Of the body as it came, where that differs; keyed where it held fewer than ten addresses',
    }),
  ),
  redacted: Type.Optional(Type.Boolean()),
  received_at: Type.String(),
  processed_at: Nullable('When it was applied'),
  state: Type.Union([
    Type.Literal('waiting'),
    Type.Literal('working'),
    Type.Literal('done'),
    Type.Literal('failed'),
  ]),
  result: Type.Object({}, { additionalProperties: true }),
  segment: Type.Null({ description: 'Archive segment it is sealed into' }),
  url: Type.Optional(Type.String({ description: 'Where a kept response came from' })),
  status: Type.Optional(Type.Integer({ description: 'HTTP status of a kept response' })),
  derived_from: Type.Optional(Type.String({ description: 'The evidence that this one was made of' })),
  payload: Type.Optional(Type.String()),
  payload_encoding: Type.Optional(Type.Literal('base64')),
});

export interface EvidenceRoutes {
  sql: Sql;
  kinds: EvidenceKind[];
  onRetry(): void;
}

/** Reading what was accepted, and retrying what was set aside. */
export function addEvidenceRoutes(app: App, { sql, kinds, onRetry }: EvidenceRoutes): void {
  const byKind = new Map(kinds.map((kind) => [kind.kind, kind]));

  app.get(
    '/api/evidence/:id',
    {
      schema: {
        tags: ['Evidence'],
        summary: 'One accepted delivery: payload, hash, when, who, what became of it',
        description:
          'Payloads up to 1 MiB stand in `payload`; `?raw=true` streams the exact bytes. Restricted evidence (deliveries of usage) ' +
          'is for its own account and operators.',
        params: Type.Object({ id: Type.String() }),
        querystring: Type.Object({ raw: Type.Optional(Type.Boolean()) }),
        response: { 200: EvidenceBody },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const row = isUuid(id) ? await findEvidence(sql, id) : null;
      if (row === null) throw problem(404, 'There is no such evidence.');
      const account = request.account;
      if (
        row.restricted &&
        !(account !== null && (account.access.operator || account.name === row.account))
      ) {
        throw account === null
          ? problem(401, 'A key is needed for restricted evidence.')
          : problem(403, 'This evidence is restricted to its own account and operators.');
      }
      const payload = async (): Promise<Buffer> => {
        const [found] = await loadPayloads(sql, [id]);
        if (found === undefined) throw problem(404, 'The payload is not here any more.');
        return openPayload(found.payload);
      };
      const sha256 = row.sha256.toString('hex');
      if (request.query.raw) {
        // The exact bytes are no object of the schema.
        const untyped: FastifyReply = reply;
        if (request.headers['if-none-match']?.includes(sha256)) return untyped.code(304).send();
        const bytes = await payload();
        return untyped
          .type(row.content_type)
          .header('content-disposition', `attachment; filename="${id}"`)
          .header('etag', `"${sha256}"`)
          .header('content-length', bytes.length)
          .send(Readable.from([bytes]));
      }
      const described =
        row.state === 'done'
          ? await byKind
              .get(row.kind)
              ?.describe?.(sql, { params: row.params, result: row.result ?? {} }, payload)
          : undefined;
      return {
        id,
        seq: row.seq,
        account: row.account,
        kind: row.kind,
        content_type: row.content_type,
        bytes: row.bytes,
        sha256,
        ...(row.received_sha256 === null
          ? {}
          : { received_sha256: row.received_sha256.toString('hex'), redacted: true }),
        received_at: isoSeconds(row.received_at.getTime()),
        processed_at: row.processed_at === null ? null : isoSeconds(row.processed_at.getTime()),
        state: row.state,
        result: {
          ...row.accepted,
          ...row.result,
          ...described,
          ...(row.reason === null ? {} : { error: row.reason }),
        },
        segment: null,
        ...provenance(row.params),
        ...(row.bytes <= INLINE_BYTES ? inline(await payload(), row) : {}),
      };
    },
  );

  app.get(
    '/api/evidence',
    {
      config: { right: 'operator' },
      schema: {
        tags: ['Evidence'],
        summary: 'What was set aside because it cannot be applied',
        querystring: Type.Object({ state: Type.Literal('failed') }),
        response: {
          200: Type.Object({
            evidence: Type.Array(
              Type.Object({
                id: Type.String(),
                kind: Type.String(),
                account: Type.String(),
                items: Type.Integer(),
                error: Type.String(),
                received_at: Type.String(),
              }),
            ),
          }),
        },
      },
    },
    async () => ({
      evidence: (await listFailed(sql)).map(({ reason, received_at: receivedAt, ...row }) => ({
        ...row,
        error: reason,
        received_at: isoSeconds(receivedAt.getTime()),
      })),
    }),
  );

  app.post(
    '/api/evidence/:id/retry',
    {
      config: { right: 'operator' },
      schema: {
        tags: ['Evidence'],
        summary: 'Put evidence that was set aside back into the queue',
        params: Type.Object({ id: Type.String() }),
        response: { 202: Type.Object({ id: Type.String(), state: Type.Literal('waiting') }) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      if (!isUuid(id) || (await findEvidence(sql, id)) === null)
        throw problem(404, 'There is no such evidence.');
      if ((await retryFailed(sql, id)) === 0) throw problem(409, 'This evidence is not set aside.');
      onRetry();
      return reply.code(202).send({ id, state: 'waiting' as const });
    },
  );
}

function provenance({ url, status, derived_from: from }: EvidenceRow['params']) {
  return {
    ...(typeof url === 'string' ? { url } : {}),
    ...(typeof status === 'number' ? { status } : {}),
    ...(typeof from === 'string' ? { derived_from: from } : {}),
  };
}

function inline(payload: Buffer, row: EvidenceRow): { payload: string; payload_encoding?: 'base64' } {
  const text = /json|xml|text/.test(row.content_type) ? decoded(payload) : null;
  return text === null
    ? { payload: payload.toString('base64'), payload_encoding: 'base64' }
    : { payload: text };
}

function decoded(payload: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload);
  } catch {
    return null;
  }
}
