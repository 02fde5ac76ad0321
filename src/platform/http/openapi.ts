import swagger from '@fastify/swagger';
import type { App } from './app.ts';
import { sendWithEtag } from './etag.ts';

const problemSchema = {
  type: 'object',
  description: 'What went wrong (RFC 9457).',
  required: ['type', 'title', 'status', 'detail', 'instance', 'request_id'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string', description: 'The path asked for.' },
    request_id: { type: 'string', description: 'Quote it when you ask for help.' },
    errors: {
      type: 'array',
      description: 'Every fault of the input.',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: {
          path: {
            type: 'string',
            description: 'A JSON pointer into the body, or the name of a query parameter.',
          },
          message: { type: 'string' },
        },
      },
    },
  },
};

const problemResponse = {
  description: 'A problem',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

export interface OpenApiOptions {
  version: string;
  /** Null: the server this description was read from. */
  publicUrl: string | null;
}

/**
 * `GET /openapi.json`, OpenAPI 3.1 of every route that is added after this call.
 * Keys and problems are described once, from what the routes' `config` says.
 */
export async function describeRoutes(app: App, { version, publicUrl }: OpenApiOptions): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Almanac',
        version,
        description:
          'An open-access observatory: which repositories exist, what happens to the work in them, and whether it is really open. Reads need no key.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: publicUrl ?? '/' }],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          api_key: { type: 'apiKey', in: 'query', name: 'api_key' },
        },
      },
    },
    transform: ({ schema, url, route }) => {
      const right = route.config?.right;
      if (!right) return { schema, url };
      const note = `Needs a key with the right \`${right}\`.`;
      return {
        url,
        schema: {
          ...schema,
          security: [{ bearer: [] }, { api_key: [] }],
          description: schema.description ? `${schema.description}\n\n${note}` : note,
        },
      };
    },
    transformObject: (document) => {
      if (!('openapiObject' in document)) return document.swaggerObject;
      const { openapiObject: description } = document;
      for (const path of Object.values(description.paths ?? {})) {
        for (const operation of Object.values(path ?? {})) {
          if (isOperation(operation)) operation.responses.default ??= problemResponse;
        }
      }
      return {
        ...description,
        components: {
          ...description.components,
          schemas: { ...description.components?.schemas, Problem: problemSchema },
        },
      } as typeof description;
    },
  });

  app.get('/openapi.json', { schema: { hide: true } }, async (request, reply) =>
    sendWithEtag(request, reply, app.swagger()),
  );
}

function isOperation(value: unknown): value is { responses: Record<string, unknown> } {
  return typeof value === 'object' && value !== null && 'responses' in value;
}
