import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Sql } from '../../platform/database/index.ts';
import { type App, badInput, Type } from '../../platform/http/index.ts';
import { countChanges, listChanges } from '../changes/change-list.store.ts';
import type { Walks } from '../changes/walks.ts';
import { lastSeq, loadRecords } from '../records/records.store.ts';
import { AnyObject, readRange, Since, Until } from './shapes.ts';

export interface ChangeRoutes {
  sql: Sql;
  walks: Walks;
  baseUrl(request: FastifyRequest): string;
}

/** The envelope of a search (contract). */
export const Envelope = Type.Object(
  {
    took: Type.Integer(),
    timed_out: Type.Boolean(),
    hits: Type.Object(
      {
        total: Type.Integer(),
        max_score: Type.Union([Type.Number(), Type.Null()]),
        hits: Type.Array(AnyObject),
      },
      { additionalProperties: true },
    ),
  },
  { additionalProperties: true },
);

/** `GET /change`: records by the time of their last change, tombstones included (registry.md §4). */
export function addChangeRoutes(app: App, { sql, walks, baseUrl }: ChangeRoutes): void {
  app.get(
    '/change',
    {
      schema: {
        tags: ['Registry'],
        summary: 'Records by their last change, oldest first, tombstones included',
        description:
          'Page with `from` and `size`, or follow the `Link: rel="next"` header. While you page, records that did not change ' +
          'neither get lost nor come twice; one that changes comes again at the end. `_source` is the record as it is now.',
        querystring: Type.Object({
          since: Type.Optional(Since),
          until: Type.Optional(Until),
          from: Type.Optional(Type.Integer({ minimum: 0, default: 0 })),
          size: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000, default: 10 })),
          walk: Type.Optional(
            Type.Integer({
              minimum: 0,
              description: 'Where a reader of pages began; given in the `next` link',
            }),
          ),
        }),
        response: { 200: Envelope },
      },
    },
    async (request, reply) => {
      const began = performance.now();
      const { from = 0, size = 10, walk } = request.query;
      const range = readRange(request.query);
      if (range.faults.length > 0) throw badInput(range.faults);
      const reader = readerOf(request, request.query);
      const known = walk ?? (from === 0 ? null : walks.beganAt(reader, from));
      const seq = known ?? (await lastSeq(sql));
      const { before, after } = await countChanges(sql, range, seq);
      const ids = await listChanges(sql, range, seq, from, size);
      const records = await loadRecords(sql, ids);
      const total = before + after;
      if (ids.length > 0) {
        const next = from + ids.length;
        walks.remember(reader, next, seq);
        if (next < total)
          reply.header('link', `<${nextUrl(baseUrl(request), request.query, next, seq)}>; rel="next"`);
      }
      const hits = ids.flatMap((id) => {
        const stored = records.get(id);
        return stored
          ? [{ _index: 'oarr', _type: 'register', _id: id, _score: null, _source: stored.record }]
          : [];
      });
      const body = {
        took: Math.round(performance.now() - began),
        timed_out: false,
        hits: { total, max_score: null, hits },
      };
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(body) as never);
    },
  );
}

type Asked = { since?: string; until?: string; size?: number };

/** What tells one reader of pages from another; kept in memory only, and hashed there. */
function readerOf(request: FastifyRequest, { since, until }: Asked): string {
  const who = [request.account?.name ?? '', request.ip, request.headers['user-agent'] ?? ''];
  return createHash('sha256')
    .update(JSON.stringify([since, until, ...who]))
    .digest('base64');
}

function nextUrl(base: string, { since, until, size }: Asked, from: number, walk: number): string {
  const parameters = new URLSearchParams();
  if (since !== undefined) parameters.set('since', since);
  if (until !== undefined) parameters.set('until', until);
  parameters.set('from', String(from));
  if (size !== undefined) parameters.set('size', String(size));
  parameters.set('walk', String(walk));
  return `${base}/change?${parameters}`;
}
