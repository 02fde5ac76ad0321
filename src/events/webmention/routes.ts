import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Sql } from '../../platform/database/index.ts';
import {
  type App,
  badInput,
  mediaType,
  preferredType,
  problem,
  Type,
  uploadOf,
} from '../../platform/http/index.ts';
import { type FormValues, faultsPage, formPage, statusPage } from './page.ts';
import type { Received } from './receive.ts';
import { pagePolicy } from './shell.ts';
import { statusOf, WebmentionStatus } from './status.ts';
import { findWebmention } from './webmentions.store.ts';

export interface WebmentionRoutes {
  sql: Sql;
  receive(form: string): Promise<Received>;
}

const tags = ['Webmention'];
const form = 'application/x-www-form-urlencoded';

/** Receiving webmentions, and telling what became of them (events §9.1). */
export function addWebmentionRoutes(app: App, { sql, receive }: WebmentionRoutes): void {
  app.post(
    '/webmention',
    {
      config: { upload: [form], uploadLimit: 64 * 1024 },
      schema: {
        tags,
        summary: 'Tell that a page mentions a work or repository (W3C Webmention)',
        description:
          'A form with `source`, the page, and `target`, what it links to; other fields are ignored. The page is looked at later: ' +
          '`Location` says where its state can be read. The same pair again looks at the page again and gives the same `Location`. ' +
          'No key is needed; 600 a minute from one address.',
        response: { 201: WebmentionStatus },
      },
    },
    async (request, reply) => {
      if (mediaType(request) !== form)
        throw problem(415, `The Content-Type must be ${form}.`, { headers: { 'accept-post': form } });
      const text = await textOf(request);
      const received = await receive(text);
      const html = wantsPage(request);
      if (!received.ok && !html) throw badInput(received.faults);
      if (!received.ok) return sendPage(reply, faultsPage(received.faults, valuesOf(text)), 400);
      const status = statusOf(received.mention);
      reply.code(201).header('location', `/webmention/${status.id}`);
      return html ? sendPage(reply, statusPage(status), 201) : status;
    },
  );

  app.get(
    '/webmention',
    {
      schema: {
        tags,
        summary: 'A page with a form, for people',
        querystring: Type.Object({
          source: Type.Optional(Type.String({ description: 'What the form is filled with' })),
          target: Type.Optional(Type.String({ description: 'What the form is filled with' })),
        }),
        response: { 200: Type.Unsafe<never>({}) },
      },
    },
    async ({ query: { source = '', target = '' } }, reply) => sendPage(reply, formPage({ source, target })),
  );

  app.get(
    '/webmention/:id',
    {
      schema: {
        tags,
        summary: 'What became of a webmention',
        params: Type.Object({ id: Type.String() }),
        response: { 200: WebmentionStatus },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
      const mention = isId ? await findWebmention(sql, id) : null;
      if (mention === null) throw problem(404, 'There is no such webmention.');
      reply.header('cache-control', 'no-store').header('vary', 'Accept');
      const status = statusOf(mention);
      return wantsPage(request) ? sendPage(reply, statusPage(status)) : status;
    },
  );
}

async function textOf(request: FastifyRequest): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of uploadOf(request)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** What was sent, to be mended. */
function valuesOf(text: string): FormValues {
  const fields = new URLSearchParams(text);
  return { source: fields.get('source') ?? '', target: fields.get('target') ?? '' };
}

/** A browser names HTML, and names it before JSON. */
const wantsPage = ({ headers }: FastifyRequest): boolean =>
  preferredType(headers.accept, ['application/json', 'text/html']) === 'text/html';

/** A page is no object of the route's schema. */
function sendPage(reply: FastifyReply, html: string, status = 200): never {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('content-security-policy', pagePolicy)
    .header('vary', 'Accept')
    .serializer((body: string) => body)
    .send(html) as never;
}
