import cors from '@fastify/cors';
import type { App } from './app.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Content-Security-Policy of a page; answers of the API load nothing at all. */
    contentSecurityPolicy?: string;
  }
}

const exposed = [
  'etag',
  'link',
  'location',
  'retry-after',
  'x-request-id',
  'content-disposition',
  'content-language',
];

/** Headers of all answers: reads are open to pages of any origin, and no answer can be mistaken for another kind. */
export async function setCommonHeaders(app: App): Promise<void> {
  app.addHook('onRequest', async (request, reply) => {
    reply
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'no-referrer')
      .header(
        'content-security-policy',
        request.routeOptions.config?.contentSecurityPolicy ?? "default-src 'none'; frame-ancestors 'none'",
      );
  });

  await app.register(cors, {
    delegator: (request, callback) => {
      const reads = ['GET', 'HEAD', 'OPTIONS'].includes(request.method);
      callback(null, {
        origin: reads ? '*' : false,
        methods: ['GET', 'HEAD'],
        exposedHeaders: exposed,
        maxAge: 86_400,
        strictPreflight: false,
      });
    },
  });
}
