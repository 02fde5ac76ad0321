import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Sql } from '../../platform/database/index.ts';
import { type App, badInput, isoSeconds, problem, sendWithEtag, Type } from '../../platform/http/index.ts';
import { atomFeed } from '../feeds/atom.ts';
import { badge } from '../feeds/badge.ts';
import { countPlaces, earliestUpdate, listPlaces, newestChanges } from '../feeds/feeds.store.ts';
import { changeOf, type Listed, mostEntries, syncDocument } from '../feeds/resource-sync.ts';
import { isRecordId } from '../model/record.ts';
import type { RegistryService } from '../service.ts';
import { noSuchRecord, RecordParams, readRange, Since } from './shapes.ts';

export interface FeedRoutes {
  sql: Sql;
  service: RegistryService;
  now(): number;
  baseUrl(request: FastifyRequest): string;
}

const tags = ['Registry'];

/** Other forms of the same changes: Atom, ResourceSync, the catalogue of APIs, badges (registry.md §6). */
export function addFeedRoutes(app: App, { sql, service, now, baseUrl }: FeedRoutes): void {
  app.get(
    '/feed.atom',
    {
      schema: {
        tags,
        summary: 'The newest changes as Atom, deletions as tombstones (RFC 6721)',
        produces: ['application/atom+xml'],
        querystring: Type.Object({
          since: Type.Optional(Since),
          size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
          before: Type.Optional(Type.String({ description: 'Given in the `next` link: `<date>_<id>`' })),
        }),
      },
    },
    async (request, reply) => {
      const { since, size = 50, before } = request.query;
      const range = readRange({ since });
      const place = before === undefined ? null : placeOf(before);
      const faults = [...range.faults];
      if (before !== undefined && place === null)
        faults.push({ path: 'before', message: 'is not from a next link' });
      if (faults.length > 0) throw badInput(faults);
      const records = await newestChanges(sql, range.since, place, size + 1);
      const page = records.slice(0, size);
      const last = page.at(-1);
      const base = baseUrl(request);
      const nextOf = (at: string, id: string) => {
        const parameters = new URLSearchParams({
          ...(since !== undefined && { since }),
          size: String(size),
          before: `${at}_${id}`,
        });
        return `${base}/feed.atom?${parameters}`;
      };
      const text = atomFeed(page, {
        baseUrl: base,
        self: `${base}${request.url.replace(/[?&]api_key=[^&]*/, '')}`,
        next: records.length > size && last ? nextOf(last.updated, last.id) : null,
        updated: page[0]?.updated ?? (await earliestUpdate(sql)) ?? isoSeconds(now()),
      });
      return sendWithEtag(request, reply.type('application/atom+xml; charset=utf-8'), text);
    },
  );

  app.get(
    '/.well-known/api-catalog',
    {
      schema: { tags, summary: 'The APIs of this server (RFC 9727)', produces: ['application/linkset+json'] },
    },
    async (request, reply) => {
      const base = baseUrl(request);
      const apis = ['/oai', '/query', '/change', '/dump', '/feed.atom', '/.well-known/resourcesync'];
      const linkset = [
        {
          anchor: `${base}/.well-known/api-catalog`,
          item: [...apis, '/openapi.json'].map((path) => ({ href: base + path })),
        },
        ...apis.map((path) => ({
          anchor: base + path,
          'service-desc': [{ href: `${base}/openapi.json`, type: 'application/vnd.oai.openapi+json' }],
          'service-doc': [{ href: `${base}/docs`, type: 'text/html' }],
        })),
      ];
      const type = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"';
      reply.header('link', `<${base}/.well-known/api-catalog>; rel="api-catalog"`).type(type);
      return sendWithEtag(request, reply, JSON.stringify({ linkset }));
    },
  );

  app.get(
    '/repositories/:id/badge.svg',
    {
      schema: {
        tags,
        summary: 'A badge with the state of a repository',
        params: RecordParams,
        produces: ['image/svg+xml'],
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const stored = isRecordId(id) ? await service.read(id) : null;
      if (stored === null) throw noSuchRecord();
      return sendWithEtag(request, reply.type('image/svg+xml; charset=utf-8'), badge(stored.record));
    },
  );

  addResourceSync(app, { sql, now, baseUrl });
}

function addResourceSync(app: App, { sql, now, baseUrl }: Pick<FeedRoutes, 'sql' | 'now' | 'baseUrl'>): void {
  const schema = { tags, produces: ['application/xml'] };
  const Page = Type.Object({ page: Type.Optional(Type.Integer({ minimum: 1 })) });
  const send = (request: FastifyRequest, reply: FastifyReply, text: string) =>
    sendWithEtag(request, reply.type('application/xml; charset=utf-8'), text);

  app.get(
    '/.well-known/resourcesync',
    { schema: { ...schema, summary: 'ResourceSync: where to begin' } },
    async (request, reply) => {
      const loc = `${baseUrl(request)}/resourcesync/capabilitylist.xml`;
      return send(
        request,
        reply,
        syncDocument('urlset', 'description', { entries: [{ loc, md: { capability: 'capabilitylist' } }] }),
      );
    },
  );

  app.get(
    '/resourcesync/capabilitylist.xml',
    { schema: { ...schema, summary: 'ResourceSync: capabilities' } },
    async (request, reply) => {
      const base = baseUrl(request);
      const entries = ['resourcelist', 'changelist', 'resourcedump'].map((capability) => ({
        loc: `${base}/resourcesync/${capability}.xml`,
        md: { capability },
      }));
      return send(
        request,
        reply,
        syncDocument('urlset', 'capabilitylist', { up: `${base}/.well-known/resourcesync`, entries }),
      );
    },
  );

  app.get(
    '/resourcesync/resourcedump.xml',
    { schema: { ...schema, summary: 'ResourceSync: the dump' } },
    async (request, reply) => {
      const base = baseUrl(request);
      const entries = [{ loc: `${base}/dump`, md: { type: 'application/x-ndjson' } }];
      return send(
        request,
        reply,
        syncDocument('urlset', 'resourcedump', { up: `${base}/resourcesync/capabilitylist.xml`, entries }),
      );
    },
  );

  for (const capability of ['resourcelist', 'changelist'] as const) {
    const by = capability === 'resourcelist' ? 'id' : 'change';
    app.get(
      `/resourcesync/${capability}.xml`,
      {
        schema: {
          ...schema,
          summary: `ResourceSync: ${capability}, an index of pages above ${mostEntries} entries`,
          querystring: Page,
        },
      },
      async (request, reply) => {
        const base = baseUrl(request);
        const up = `${base}/resourcesync/capabilitylist.xml`;
        const { page } = request.query as { page?: number };
        const pages = Math.max(1, Math.ceil((await countPlaces(sql, by)) / mostEntries));
        if (page !== undefined && page > pages) throw problem(404, 'There is no such page.');
        if (page === undefined && pages > 1) {
          const entries = Array.from({ length: pages }, (_, place) => ({
            loc: `${base}/resourcesync/${capability}.xml?page=${place + 1}`,
          }));
          return send(request, reply, syncDocument('sitemapindex', capability, { up, entries }));
        }
        const places = await listPlaces(sql, by, ((page ?? 1) - 1) * mostEntries, mostEntries);
        const entries = places.map((place): Listed => {
          const loc = `${base}/record/${place.id}`;
          if (by === 'id') return { loc, lastmod: place.updated };
          return { loc, lastmod: place.updated, md: { change: changeOf(place), datetime: place.updated } };
        });
        const first = places[0]?.updated;
        const md = by === 'id' ? { at: isoSeconds(now()) } : { ...(first !== undefined && { from: first }) };
        return send(request, reply, syncDocument('urlset', capability, { up, entries, md }));
      },
    );
  }
}

function placeOf(text: string): { at: string; id: string } | null {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z)_([0-9a-f]{32})$/.exec(text);
  return match?.[1] !== undefined && match[2] !== undefined && Number.isFinite(Date.parse(match[1]))
    ? { at: match[1], id: match[2] }
    : null;
}
