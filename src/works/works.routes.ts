import type { Sql } from 'postgres';
import { canonicalId } from '../identifiers/index.ts';
import {
  type App,
  badInput,
  decodeCursor,
  encodeCursor,
  type Fault,
  problem,
  sendWithEtag,
  Type,
} from '../platform/http/index.ts';
import { bestMatches, MOST_MATCHES } from './best-matches.ts';
import { keyOf } from './keys.ts';
import { type Figures, workAnswer } from './work-answer.ts';
import * as store from './works-read.store.ts';

/** What other rooms know of works; wired where everything is built. */
export interface WorkFigures {
  /** Totals, counted relations and usage of some works. */
  figuresOf(sql: Sql, workIds: number[], seesPrivate: boolean): Promise<Map<number, Figures>>;
  /** Downloads of some works over all time. */
  usesOf(sql: Sql, workIds: number[]): Promise<Map<number, number>>;
  /** A source by name; `unknown`, or `private` to who may not see it. */
  source(sql: Sql, name: string, seesPrivate: boolean): Promise<number | 'unknown' | 'private'>;
  /** A condition on `w.work_id`: the work has events of a source. */
  hasSource(sql: Sql, sourceId: number): store.Fragment;
  /** Rows (work_id, rank): totals of a source, after a position. */
  totalsOf(sql: Sql, sourceId: number, after: store.RankPosition | null): store.Fragment;
}

const MOST_IDS = 100;
const Nullable = (description: string) => Type.Union([Type.String(), Type.Null()], { description });
const Counts = (description: string) => Type.Record(Type.String(), Type.Integer(), { description });

export const WorkBody = Type.Object(
  {
    id: Type.String({ description: 'The best identifier known' }),
    identifiers: Type.Array(
      Type.Object({ type: Type.String(), value: Type.String(), url: Nullable('Where it leads') }),
    ),
    title: Nullable('As it was given'),
    author: Type.Union([Type.Array(Type.Unknown()), Type.Null()]),
    issued: Nullable('Date of publication, as it was given'),
    container_title: Nullable('Journal, book or site'),
    type: Nullable('Kind of work'),
    publisher_id: Nullable('Member id of the publisher'),
    registration_agency: Nullable('Where its DOI is registered'),
    results: Counts('Totals by source; sources without any are left out'),
    relations: Counts('Events of relations that raise no totals, as read from this work'),
    usage: Type.Union([Counts('The four metrics of usage, over all time'), Type.Null()]),
    created_at: Type.String(),
    updated_at: Type.String(),
  },
  { title: 'Work' },
);

const ListQuery = Type.Object({
  ids: Type.Optional(
    Type.String({ description: `Identifiers in any spelling, comma-separated, up to ${MOST_IDS}` }),
  ),
  q: Type.Optional(
    Type.String({ minLength: 1, maxLength: 500, description: 'Words of the title, or an identifier' }),
  ),
  type: Type.Optional(Type.String({ maxLength: 200 })),
  source_id: Type.Optional(Type.String({ maxLength: 63, description: 'Works with events of this source' })),
  sort: Type.Optional(
    Type.String({
      maxLength: 64,
      description: `\`id\`, \`-updated_at\`, \`-\` and a source: most events first, or \`relevance\` with \`q\`: the ${MOST_MATCHES} works whose titles fit best, of like ones the most downloaded first`,
      default: 'id',
    }),
  ),
  size: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  cursor: Type.Optional(Type.String({ maxLength: 10_000 })),
});

/** `GET /api/works[/:id]`: reading never makes a work. */
export function addWorkRoutes(app: App, { sql, figures }: { sql: Sql; figures: WorkFigures }): void {
  async function answersOf(rows: store.WorkRow[], seesPrivate: boolean) {
    const ids = rows.map((row) => row.work_id);
    const [identifiers, authors, known] = await Promise.all([
      store.identifiersOf(sql, ids),
      store.authorsOf(sql, ids),
      figures.figuresOf(sql, ids, seesPrivate),
    ]);
    const none: Figures = { results: {}, relations: {}, usage: null };
    return rows.map((row) =>
      workAnswer(
        row,
        identifiers.get(row.work_id) ?? [],
        authors.get(row.work_id) ?? [],
        known.get(row.work_id) ?? none,
      ),
    );
  }

  const everything = { workIds: null, q: null, qKey: null, type: null, condition: null };
  const byId = { by: 'id', ranks: null } as const;

  app.get(
    '/api/works/:id',
    {
      schema: {
        tags: ['Works'],
        summary: 'One work, by any of its identifiers: what it is, what happens to it, how it is used',
        params: Type.Object({ id: Type.String({ description: 'Any identifier, URL-encoded' }) }),
        response: { 200: Type.Object({ work: WorkBody }) },
      },
    },
    async (request, reply) => {
      const id = canonicalId(request.params.id);
      const workIds = id === null ? [] : await store.workIdsOf(sql, [keyOf(id)]);
      const rows =
        workIds.length === 0 ? [] : await store.listWorks(sql, { ...everything, workIds }, byId, null, 1);
      const [work] = await answersOf(rows, request.account?.access.operator ?? false);
      if (work === undefined) throw problem(404, 'No work is known by this identifier.');
      return sendWithEtag(request, reply, { work });
    },
  );

  app.get(
    '/api/works',
    {
      schema: {
        tags: ['Works'],
        summary: 'Works: by identifiers, words, type or source',
        querystring: ListQuery,
        response: {
          200: Type.Object({
            meta: Type.Object({
              next_cursor: Type.Union([Type.String(), Type.Null()]),
              more: Type.Boolean(),
              total: Type.Optional(Type.Integer()),
            }),
            works: Type.Array(WorkBody),
          }),
        },
      },
    },
    async (request, reply) => {
      const { ids, q, type, source_id: source, sort = 'id', size = 100, cursor } = request.query;
      const seesPrivate = request.account?.access.operator ?? false;
      const faults: Fault[] = [];
      const workIds = ids === undefined ? null : await idsOf(ids, faults);
      const sourceId = source === undefined ? null : await sourceOf('source_id', source, faults);
      const isByFit = sort === 'relevance';
      if (isByFit && q === undefined) faults.push({ path: 'sort', message: 'relevance is that of q' });
      const order = isByFit ? byId : await orderOf(sort, faults);
      const question = ['works', ids, q, type, source, sort];
      const position = cursor === undefined ? null : decodeCursor(question, cursor);
      if (cursor !== undefined && position?.length !== 2)
        faults.push({ path: 'cursor', message: 'is not a cursor of this question' });
      if (q?.includes('\u0000')) faults.push({ path: 'q', message: 'contains a null character' });
      if (faults.length > 0) throw badInput(faults);

      const qId = q === undefined ? null : canonicalId(q);
      const filter = {
        workIds,
        q: q ?? null,
        qKey: qId === null ? null : keyOf(qId),
        type: type ?? null,
        condition: sourceId === null ? null : figures.hasSource(sql, sourceId),
      };
      if (isByFit && filter.q !== null) return sendBest({ ...filter, q: filter.q });
      const after = position === null ? null : await positionOf(position[0] ?? '', String(position[1]));
      const rows = await store.listWorks(sql, filter, order, after, size + 1);
      const page = rows.slice(0, size);
      const last = page.at(-1);
      const more = rows.length > size;
      return sendWithEtag(request, reply, {
        meta: {
          next_cursor:
            more && last !== undefined ? encodeCursor(question, [sortedBy(last), last.canonical_id]) : null,
          more,
        },
        works: await answersOf(page, seesPrivate),
      });

      async function sendBest(asked: store.WorkFilter & { q: string }) {
        const from = Number(position?.[0] ?? 0);
        const best = await bestMatches(sql, asked, (works) => figures.usesOf(sql, works));
        const ids = best.slice(from, from + size);
        const found = new Map(
          (await store.listWorks(sql, { ...everything, workIds: ids }, byId, null, size)).map((row) => [
            row.work_id,
            row,
          ]),
        );
        const more = best.length > from + size;
        return sendWithEtag(request, reply, {
          meta: { next_cursor: more ? encodeCursor(question, [from + size, sort]) : null, more },
          works: await answersOf(
            ids.flatMap((id) => found.get(id) ?? []),
            seesPrivate,
          ),
        });
      }

      async function sourceOf(path: string, name: string, into: Fault[]): Promise<number> {
        const found = await figures.source(sql, name, seesPrivate);
        if (found === 'private') throw problem(403, `The source "${name}" is private.`);
        if (found !== 'unknown') return found;
        into.push({ path, message: 'is not a known source' });
        return 0;
      }

      async function orderOf(text: string, into: Fault[]): Promise<store.WorkOrder> {
        if (text === 'id') return byId;
        if (text === '-updated_at') return { by: 'updated_at', ranks: null };
        if (!text.startsWith('-')) {
          into.push({
            path: 'sort',
            message: 'must be id, -updated_at, relevance, or - and the id of a source',
          });
          return byId;
        }
        const ranked = await sourceOf('sort', text.slice(1), into);
        return { by: 'rank', ranks: (after) => figures.totalsOf(sql, ranked, after) };
      }

      /** Numbers of works are of one replay only; identifiers lead to the works of any. */
      async function positionOf(value: string | number, id: string): Promise<store.WorkPosition> {
        const [workId = 0] = order.by === 'id' ? [] : await store.workIdsOf(sql, [keyOf(id)]);
        return { value, id, workId };
      }

      function sortedBy(row: store.WorkRow): string | number {
        return row.rank ?? row.updated_at.toISOString();
      }
    },
  );

  async function idsOf(text: string, faults: Fault[]): Promise<number[]> {
    const asked = text.split(',').filter((id) => id.trim() !== '');
    if (asked.length > MOST_IDS)
      faults.push({ path: 'ids', message: `must not name more than ${MOST_IDS} works` });
    const keys = asked.slice(0, MOST_IDS).flatMap((id) => {
      const canonical = canonicalId(id);
      if (canonical === null)
        faults.push({ path: 'ids', message: `"${id.slice(0, 100)}" has no known form of an identifier` });
      return canonical === null ? [] : [keyOf(canonical)];
    });
    return store.workIdsOf(sql, keys);
  }
}
