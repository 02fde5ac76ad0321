import type { FastifyRequest } from 'fastify';
import { type App, Type, uploadOf } from '../../platform/http/index.ts';
import { createOaiProvider, type OaiParts } from '../feeds/oai/index.ts';

const form = 'application/x-www-form-urlencoded';

/** `/oai`: the register by OAI-PMH 2.0, by GET and by POST of a form. */
export function addOaiRoutes(app: App, parts: OaiParts & { baseUrl(request: FastifyRequest): string }): void {
  const answer = createOaiProvider(parts);
  const schema = {
    tags: ['Registry'],
    summary: 'OAI-PMH 2.0: all six verbs, oai_dc and oarr, sets by country and type, deleted records',
    produces: ['text/xml'],
    querystring: Type.Object({}, { additionalProperties: true }),
  };
  const config = { anyParameters: true, ignoresKey: true, reads: true };
  const parametersOf = (request: FastifyRequest) =>
    new URLSearchParams(/\?(.*)$/s.exec(request.url)?.[1] ?? '');

  app.get('/oai', { config, schema }, async (request, reply) =>
    reply.type('text/xml; charset=utf-8').send(await answer(parametersOf(request), parts.baseUrl(request))),
  );
  app.post(
    '/oai',
    { config: { ...config, upload: [form], uploadLimit: 64 * 1024 }, schema },
    async (request, reply) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of uploadOf(request)) chunks.push(chunk);
      const sent = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
      const text = await answer([...parametersOf(request), ...sent], parts.baseUrl(request));
      return reply.type('text/xml; charset=utf-8').send(text);
    },
  );
}
