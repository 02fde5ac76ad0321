import type { TransactionSql } from 'postgres';
import { nameId } from '../identifiers/index.ts';
import { readDatestamp } from './datestamp.ts';
import { type Description, describe, joinDescriptions } from './descriptions.ts';
import { dropWorkEntities, noteUsagePartners, type WorkEntity } from './entities.store.ts';
import { partnerEntities, restateScholars, restateWorkEntities, scholarKey } from './entities.ts';
import { keyOf } from './keys.ts';
import type { ResolveOptions, WorkJoin } from './plan-groups.ts';
import type { PublicationRecord } from './publication.ts';
import * as store from './publications.store.ts';
import { createResolver, type Resolution } from './resolver.ts';

/** The evidence that is being applied (the first of its group), and when. */
export interface Origin {
  at: Date;
  seq: number;
}

/** Of the group that is applied together: all of it is processed at the same time. */
export function originOf(batch: readonly { processedAt: Date; seq: number }[]): Origin {
  const [first] = batch;
  if (first === undefined) throw new Error('nothing is applied');
  return { at: first.processedAt, seq: first.seq };
}

/** What other rooms hear of the catalogue, in the transaction of the change. */
export interface CatalogueListener {
  /** Works were joined: facts of `from` belong to `to` now. Comes before `entitiesChanged` of the works that stay. */
  worksJoined(tx: TransactionSql, joins: WorkJoin[], origin: Origin): Promise<void>;
  /** A work began or ceased to count for a scholar or partner. */
  entitiesChanged(tx: TransactionSql, pairs: WorkEntity[]): Promise<void>;
}

export interface DeliveredPublication {
  record: PublicationRecord;
  receivedAt: Date;
}

/** What became of one delivered record. */
export type PublicationOutcome = 'stored' | 'deleted' | 'older';

export interface Catalogue {
  /** The work of each group of identifiers; unknown groups become works at once. */
  resolve(
    tx: TransactionSql,
    groups: readonly (readonly string[])[],
    origin: Origin,
    options?: ResolveOptions,
  ): Promise<Resolution>;
  /** The work of each identifier that has one; makes none. */
  find(tx: TransactionSql, ids: readonly string[]): Promise<Map<string, number>>;
  /** Takes what deposits say of works (specification `events` §3, metadata). Answers the works that it changed. */
  describe(
    tx: TransactionSql,
    descriptions: readonly Description[],
    created: ReadonlySet<number>,
    at: Date,
  ): Promise<Set<number>>;
  /** Notes that a partner delivered usage of works; counts while a work has no live record. */
  noteUsagePartner(
    tx: TransactionSql,
    workIds: number[],
    partner: { id: string; name: string | null },
  ): Promise<void>;
  /** Applies delivered records in order. */
  applyRecords(
    tx: TransactionSql,
    records: DeliveredPublication[],
    origin: Origin,
  ): Promise<PublicationOutcome[]>;
  /** What the catalogue's live records say of URLs: page, file or nothing. */
  urlKinds(tx: TransactionSql, urls: string[]): Promise<Map<string, 'page' | 'file'>>;
  forget(): void;
}

/** The catalogue (InfoSource). One lane applies at a time, so it may remember what it has looked up. */
export function createCatalogue(listener: CatalogueListener): Catalogue {
  const resolver = createResolver();
  /** `work partner` pairs that are noted already. */
  const noted = new Set<string>();
  /** The names that deliveries of usage gave partners, until records name them again. */
  const usageNames = new Map<string, string | null>();

  async function announce(tx: TransactionSql, pairs: WorkEntity[]): Promise<void> {
    if (pairs.length > 0) await listener.entitiesChanged(tx, pairs);
  }

  async function resolve(
    tx: TransactionSql,
    groups: readonly (readonly string[])[],
    origin: Origin,
    options: ResolveOptions = {},
  ): Promise<Resolution> {
    const { at } = origin;
    const resolution = await resolver.resolve(tx, groups, at, options);
    const { joins } = resolution;
    if (joins.length > 0) {
      noted.clear();
      await announce(
        tx,
        await dropWorkEntities(
          tx,
          joins.map((join) => join.from),
        ),
      );
      await listener.worksJoined(tx, joins, origin);
      await joinDescriptions(tx, joins);
      const kept = [...new Set(joins.map((join) => join.to))];
      await store.describeWorks(tx, kept, at);
      await announce(tx, await restateWorkEntities(tx, kept));
    }
    return resolution;
  }

  return {
    resolve,

    async noteUsagePartner(tx, workIds, partner) {
      if (workIds.length === 0) return;
      const fresh = [...new Set(workIds)].filter((work) => !noted.has(`${work} ${partner.id}`));
      const renamed = partner.name !== null && usageNames.get(partner.id) !== partner.name;
      if (fresh.length > 0 || renamed) await partnerEntities(tx, new Map([[partner.id, partner.name]]));
      if (renamed) usageNames.set(partner.id, partner.name);
      if (fresh.length === 0) return;
      const rows = await noteUsagePartners(
        tx,
        fresh.map((workId) => ({ workId, partnerId: partner.id })),
      );
      if (rows.length > 0)
        await announce(
          tx,
          await restateWorkEntities(
            tx,
            rows.map((row) => row.work_id),
          ),
        );
      if (noted.size > 200_000) noted.clear();
      for (const work of fresh) noted.add(`${work} ${partner.id}`);
    },

    find: resolver.find,
    describe,

    async applyRecords(tx, records, origin) {
      const { at } = origin;
      const keys = records.map(({ record }) => keyOf('record', record.recordId));
      const stored = new Map((await store.findRecords(tx, [...new Set(keys)])).map((row) => [row.key, row]));
      const outcomes: PublicationOutcome[] = [];
      const latest = new Map<string, store.RecordRow>();
      const groups: string[][] = [];
      const groupKeys: string[] = [];
      const touched = new Set<number>();
      for (const [index, { record, receivedAt }] of records.entries()) {
        const key = keys[index] ?? '';
        const datestamp = readDatestamp(record.datestamp);
        const before = (latest.get(key) ?? stored.get(key))?.datestamp ?? null;
        if (datestamp !== null && before !== null && datestamp < before) {
          outcomes.push('older');
          continue;
        }
        outcomes.push(record.deleted ? 'deleted' : 'stored');
        latest.set(key, {
          key,
          recordId: record.recordId,
          workId: null,
          datestamp,
          receivedAt,
          deleted: record.deleted,
          body: record,
        });
        if (!record.deleted) {
          groups.push([...record.identifiers, ...record.urls.map(({ url }) => url)]);
          groupKeys.push(key);
        }
      }
      const { workIds } = await resolve(tx, groups, origin);
      // A join may have moved what was stored under other works.
      const current = await store.findRecords(tx, [...latest.keys()]);
      for (const row of current) {
        const next = latest.get(row.key);
        if (next === undefined) continue;
        if (row.work_id !== null) touched.add(row.work_id);
        if (next.deleted) next.workId = row.work_id;
      }
      for (const [index, key] of groupKeys.entries()) {
        const row = latest.get(key);
        const work = workIds[index];
        if (row === undefined || work === undefined) continue;
        row.workId = work;
        touched.add(work);
      }
      if (latest.size === 0) return outcomes;
      await namePartners(
        tx,
        records.filter((_, index) => outcomes[index] === 'stored'),
      );
      await writeRecords(tx, [...latest.values()], [...touched], at);
      return outcomes;
    },

    async urlKinds(tx, urls) {
      const byKey = new Map(urls.map((url) => [keyOf(url), url]));
      const kinds = new Map<string, 'page' | 'file'>();
      for (const row of await store.findUrlKinds(tx, [...byKey.keys()])) {
        const url = byKey.get(row.key);
        if (url !== undefined) kinds.set(url, row.kind);
      }
      return kinds;
    },

    forget() {
      resolver.forget();
      noted.clear();
      usageNames.clear();
    },
  };

  /** In the order of delivery and for replaced versions too: how records fall into batches must make no difference. */
  async function namePartners(tx: TransactionSql, records: DeliveredPublication[]): Promise<void> {
    const names = new Map<string, string | null>();
    for (const { record } of records) {
      for (const { id, name } of record.partners) names.set(id, name ?? names.get(id) ?? null);
    }
    for (const id of names.keys()) usageNames.delete(id);
    await partnerEntities(tx, names);
  }

  async function writeRecords(
    tx: TransactionSql,
    rows: store.RecordRow[],
    touched: number[],
    at: Date,
  ): Promise<void> {
    await store.upsertRecords(tx, rows);
    const keys = rows.map((row) => row.key);
    const live = rows.filter((row) => !row.deleted);
    const authors = live.flatMap(authorRows);
    const before = await store.replaceAuthors(tx, keys, authors);
    await store.replaceUrls(
      tx,
      keys,
      live.flatMap((row) =>
        row.body.urls.map(({ url, kind }) => ({ key: keyOf(url), recordKey: row.key, kind })),
      ),
    );
    await store.describeWorks(tx, touched, at);
    const others = await restateScholars(tx, [
      ...new Set([...before, ...authors.map((author) => author.value)]),
    ]);
    await announce(tx, await restateWorkEntities(tx, [...new Set([...touched, ...others])]));
  }
}

/** One row for each id that an author of a record carries; who has none goes by the name at the record's first partner. */
function authorRows(row: store.RecordRow): store.AuthorRow[] {
  const { workId, body } = row;
  if (workId === null) return [];
  const people = [
    ...body.authors.map((person) => ({ ...person, counts: true })),
    ...(body.alsoNamed ?? []).map((person) => ({ ...person, counts: false })),
  ];
  return people.flatMap(({ ids: own, name, counts }, authorNo) => {
    const nameOnly = own.length > 0 ? null : nameId(body.partners[0]?.id ?? '', name);
    const ids = nameOnly === null ? own : [nameOnly];
    return ids.map((value) => ({
      key: scholarKey(value),
      value,
      recordKey: row.key,
      authorNo,
      workId,
      name,
      counts,
    }));
  });
}
