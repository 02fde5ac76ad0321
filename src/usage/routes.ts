import type { FastifyRequest } from 'fastify';
import type { Sql } from 'postgres';
import { Type } from 'typebox';
import { parsePartnerId } from '../identifiers/index.ts';
import {
  type App,
  badInput,
  type Fault,
  isoSeconds,
  mediaType,
  ndjsonTypes,
  problem,
  sendWithEtag,
  uploadOf,
  xmlTypes,
} from '../platform/http/index.ts';
import { compileCountryXpath } from './context-objects/index.ts';
import { type Accepted, type Refused, takeContextObjects, takeEventLines, takePing } from './deliveries.ts';
import type { DeliveryHead, DeliveryTools } from './delivery.ts';
import { dayOf, MS_PER_DAY } from './facts.ts';
import { METRICS } from './metrics.ts';
import { readPing } from './openurl.ts';
import type { RobotsList } from './rules/index.ts';
import * as schema from './schema.ts';
import { type Sources, sourceNameFault } from './sources.ts';
import { lastClosedMonth, readSpikes } from './spike-notes.ts';
import { readStatus } from './statistics.store.ts';
import { readStatistics, readTop, type Statistics, type SubjectType } from './statistics.ts';
import { verdictOf } from './verdicts.ts';

export interface UsageRoutes {
  sql: Sql;
  tools: DeliveryTools;
  sources: Sources;
  robots: RobotsList;
}

const tags = ['Usage'];

// For the description only: what is wrong with a body is told by its reader, item by item.
const ContextObjectsRequest = {
  content: {
    'application/xml': { schema: Type.Unknown({ description: 'Context objects, bare or in OAI-PMH' }) },
  },
};
const EventLinesRequest = {
  content: {
    'application/x-ndjson': {
      schema: Type.Unknown({
        examples: [
          '{"time":"2024-03-01T10:00:00Z","item":"doi:10.1234/example","kind":"request","address":"192.0.2.1"}\n',
        ],
      }),
    },
  },
};

/** Routes of usage: deliveries in, statistics out (contract, usage). */
export function addUsageRoutes(app: App, { sql, tools, sources, robots }: UsageRoutes): void {
  /** Who delivers, under which name; judged before the body is read. */
  async function headOf(
    request: FastifyRequest,
    query: { source?: string; partner?: string; partner_name?: string },
    more: Fault[] = [],
  ): Promise<DeliveryHead> {
    const account = request.account;
    if (account === null) throw problem(401, 'A key is needed here.');
    const faults = [...more];
    const source = query.source ?? account.name;
    const nameFault = sourceNameFault(source);
    if (nameFault !== null) faults.push({ path: 'source', message: nameFault });
    const partner = query.partner === undefined ? null : parsePartnerId(query.partner);
    if (query.partner !== undefined && partner === null)
      faults.push({ path: 'partner', message: 'is not the id of an organisation' });
    if (query.partner === undefined && query.partner_name !== undefined)
      faults.push({ path: 'partner_name', message: 'needs partner' });
    if (query.partner_name?.includes('\u0000'))
      faults.push({ path: 'partner_name', message: 'contains a null character' });
    if (faults.length > 0) throw badInput(faults);
    const mayUseAny = account.access.operator;
    if (!(await sources.claim(source, account.name, mayUseAny))) {
      throw problem(403, `The source "${source}" belongs to another account.`);
    }
    return {
      account: account.name,
      source,
      partner: partner === null ? null : { id: partner, name: query.partner_name ?? null },
      contentType: mediaType(request),
    };
  }

  app.post(
    '/api/usage/context-objects',
    {
      config: { right: 'deposit', upload: xmlTypes },
      schema: {
        tags,
        summary: 'Deliver usage events as context objects',
        description:
          'Body: `context-objects`, one `context-object`, or an OAI-PMH `ListRecords`/`GetRecord` response holding them, in any ' +
          'dialect (KE, NEEO-SWUP, OA-Statistik, SURE, EPrints, Invenio). Up to 100 MiB.',
        body: ContextObjectsRequest,
        querystring: schema.ContextObjectsQuery,
        response: { 202: schema.AcceptedBody },
      },
    },
    async (request, reply) => {
      const { country_xpath: countryXpath } = request.query;
      const compiled = countryXpath === undefined ? null : compileCountryXpath(countryXpath);
      const faults =
        compiled !== null && 'fault' in compiled ? [{ path: 'country_xpath', message: compiled.fault }] : [];
      const head = await headOf(request, request.query, faults);
      const taken = await takeContextObjects(
        tools,
        head,
        uploadOf(request),
        countryXpath === undefined ? {} : { countryXpath },
      );
      return reply.code(202).send(accepted(taken));
    },
  );

  app.post(
    '/api/usage/events',
    {
      config: { right: 'deposit', upload: ndjsonTypes },
      schema: {
        tags,
        summary: 'Deliver usage events as lines of JSON',
        description:
          'One event a line: `{time,item,url,kind,id?,method?,status?,address?,user_agent?,user?,cookie?,session?,referrer?}`. ' +
          'What became of them stands in the `result` of the evidence: `duplicates`, `robot`, `double_click`, `counted`.',
        body: EventLinesRequest,
        querystring: schema.EventsQuery,
        response: { 202: schema.AcceptedBody },
      },
    },
    async (request, reply) => {
      const { match, replace_days: days } = request.query;
      const replaceDays = days === undefined ? undefined : days.split(',').map((day) => day.trim());
      const faults = (replaceDays ?? [])
        .filter((day) => !isDay(day))
        .map((day) => ({ path: 'replace_days', message: `"${day.slice(0, 30)}" is not a day (YYYY-MM-DD)` }));
      const head = await headOf(request, request.query, faults);
      const taken = await takeEventLines(
        tools,
        replaceDays === undefined ? head : { ...head, replaceDays },
        uploadOf(request),
        { matchKnown: match === 'known' },
      );
      return reply.code(202).send(accepted(taken));
    },
  );

  app.get(
    '/api/usage/openurl',
    {
      // It stores, and HEAD must not.
      exposeHeadRoute: false,
      config: { right: 'deposit', anyParameters: true },
      schema: {
        tags,
        summary: 'Deliver one usage event as a tracker ping (OpenURL key/value)',
        description:
          'Keys: `url_ver=Z39.88-2004`, `url_tim`, `req_id`, `req_dat`, `rft.artnum` or `rft_id`, `svc_dat`, `rfr_dat`, `rfr_id`, ' +
          '`rft_dat` (`Request` or `Investigation`), `svc.session`. Other keys are ignored. The same ping twice is one event.',
        querystring: Type.Object({}, { additionalProperties: true }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const read = readPing(request.query as Record<string, unknown>, tools.now());
      if (!read.ok) throw badInput(read.faults);
      const head = await headOf(request, read.ping.source === null ? {} : { source: read.ping.source });
      await takePing(tools, { ...head, contentType: 'application/x-www-form-urlencoded' }, read.ping);
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/api/usage/statistics/:type/:id',
    {
      schema: {
        tags,
        summary: 'Statistics of a publication, scholar, partner or country',
        description:
          'COUNTER R5.1 metrics. `Accept: text/csv`, or an id ending in `.csv`, gives the series as CSV.',
        params: schema.StatisticsParams,
        querystring: schema.StatisticsQuery,
        response: { 200: schema.StatisticsBody },
      },
    },
    async (request, reply) => {
      const { from = null, until = null, granularity = 'total', by } = request.query;
      checkRange(from, until);
      const ask = (id: string) =>
        readStatistics(sql, {
          type: request.params.type as SubjectType,
          id,
          from,
          until,
          granularity,
          byCountry: by === 'country',
        });
      const wantsCsv = prefersCsv(request.headers.accept);
      let csv = wantsCsv;
      let found = await ask(request.params.id);
      if (found === null && request.params.id.endsWith('.csv')) {
        csv = true;
        found = await ask(request.params.id.slice(0, -'.csv'.length));
      }
      if (found === null) throw problem(404, `No ${request.params.type} has this identifier.`);
      reply.header('vary', 'Accept');
      const { up_to: upTo, ...figures } = found;
      if (csv) {
        reply.type('text/csv; charset=utf-8');
        const text = csvOf(found);
        return sendWithEtag(request, reply, text) as never;
      }
      const body = { ...figures, up_to: upTo === null ? null : isoSeconds(upTo.getTime()) };
      return sendWithEtag(request, reply, body, { etagOf: figures }) as never;
    },
  );

  app.get(
    '/api/usage/top/:kind',
    {
      schema: {
        tags,
        summary: 'The most used publications, scholars or partners',
        params: schema.TopParams,
        querystring: schema.TopQuery,
        response: { 200: schema.TopBody },
      },
    },
    async (request, reply) => {
      const { from = null, until = null, size = 10 } = request.query;
      checkRange(from, until);
      return sendWithEtag(
        request,
        reply,
        await readTop(sql, request.params.kind, from, until, size),
      ) as never;
    },
  );

  app.get(
    '/api/usage/status',
    {
      schema: {
        tags,
        summary: 'What is waiting and what there is',
        description: '`queued` and `dirty` both 0: every answer reflects all that was accepted.',
        response: { 200: schema.StatusBody },
      },
    },
    async (_request, reply) => {
      const { up_to: upTo, ...status } = await readStatus(sql);
      reply.header('cache-control', 'no-store');
      return {
        ...status,
        robots_list: { patterns: robots.patterns, sha256: robots.sha256 },
        up_to: upTo === null ? null : isoSeconds(upTo.getTime()),
      };
    },
  );

  app.get(
    '/api/usage/spikes',
    {
      config: { right: 'operator' },
      schema: {
        tags,
        summary: 'Months out of line, for a person to look at',
        description:
          'Partners whose investigations of a month are at least 100 and above three times the mean of the 12 months before, or ' +
          'under 1 % of a mean of at least 20. Nothing is changed by it.',
        querystring: schema.SpikesQuery,
        response: { 200: schema.SpikesBody },
      },
    },
    async (request) => {
      const { month = lastClosedMonth(tools.now()) } = request.query;
      if (!isDay(`${month}-01`)) throw badInput([{ path: 'month', message: 'must be a month (YYYY-MM)' }]);
      return { month, spikes: await readSpikes(sql, month) };
    },
  );

  app.get(
    '/api/usage/events/:id',
    {
      config: { right: 'operator' },
      schema: {
        tags,
        summary: 'What the rules say of one event',
        params: schema.EventParams,
        response: { 200: schema.VerdictBody },
      },
    },
    async (request) => {
      const verdict = await verdictOf(sql, request.params.id);
      if (verdict === null) throw problem(404, 'There is no such event.');
      const { identity, day, ms, kind, status, userAgent, rule, ...rest } = verdict;
      return {
        event: {
          id: identity,
          ...rest,
          time: new Date(Date.parse(day) + ms).toISOString(),
          kind: { r: 'request', i: 'investigation', o: 'other' }[kind],
          status: status === 0 ? null : status,
          user_agent: userAgent,
          counted: rule === null,
          rule,
        },
      };
    },
  );
}

function accepted(taken: Accepted | Refused): Accepted {
  if ('refused' in taken) throw problem(400, taken.refused);
  return taken;
}

/** Whether a text is a day that exists. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(text);
  return Number.isFinite(time) && dayOf(time).day === text && Math.abs(time) < 100_000_000 * MS_PER_DAY;
}

function checkRange(from: string | null, until: string | null): void {
  const faults: Fault[] = [];
  if (from !== null && !isDay(from))
    faults.push({ path: 'from', message: 'must be a day that exists (YYYY-MM-DD)' });
  if (until !== null && !isDay(until))
    faults.push({ path: 'until', message: 'must be a day that exists (YYYY-MM-DD)' });
  if (faults.length === 0 && from !== null && until !== null && from > until)
    faults.push({ path: 'from', message: 'must not be after until' });
  if (faults.length > 0) throw badInput(faults);
}

/** Whether the caller names CSV before, or instead of, JSON. */
function prefersCsv(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const csv = accept.indexOf('text/csv');
  const json = accept.indexOf('application/json');
  return csv !== -1 && (json === -1 || csv < json);
}

function csvOf(statistics: Statistics): string {
  const lines = statistics.series.map((row) =>
    [row.period, ...METRICS.map((metric) => row[metric])].join(','),
  );
  return `${[`period,${METRICS.join(',')}`, ...lines].join('\r\n')}\r\n`;
}
