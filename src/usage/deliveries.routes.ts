import type { FastifyRequest } from 'fastify';
import { parsePartnerId } from '../identifiers/index.ts';
import {
  type App,
  badInput,
  type Fault,
  mediaType,
  ndjsonTypes,
  problem,
  Type,
  uploadOf,
  xmlTypes,
} from '../platform/http/index.ts';
import { compileCountryXpath } from './context-objects/index.ts';
import { isDay } from './days-asked.ts';
import { type Accepted, type Refused, takeContextObjects, takeEventLines, takePing } from './deliveries.ts';
import type { DeliveryHead, DeliveryTools } from './delivery.ts';
import { readPing } from './openurl.ts';
import * as schema from './schema.ts';
import { type Sources, sourceNameFault } from './sources.ts';

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

/** Usage in: context objects, lines of JSON, pings of trackers. */
export function addDeliveryRoutes(
  app: App,
  { tools, sources }: { tools: DeliveryTools; sources: Sources },
): void {
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
}

function accepted(taken: Accepted | Refused): Accepted {
  if ('refused' in taken) throw problem(400, taken.refused);
  return taken;
}
