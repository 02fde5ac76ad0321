import Fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import type { Config } from '../config/index.ts';
import type { Log } from '../log/index.ts';
import type { Metrics } from '../metrics/index.ts';
import type { Account } from './account.ts';
import type { App } from './app.ts';
import { judgeCallers } from './auth.ts';
import { answerBrokenRequests } from './broken-requests.ts';
import { decompressBodies } from './content-encoding.ts';
import { setCommonHeaders } from './headers.ts';
import { readJsonBodies } from './json-body.ts';
import { lateCompilers } from './late-compilers.ts';
import { observeRequests } from './observe.ts';
import { describeRoutes } from './openapi.ts';
import { answerProblems, answerUnreadableAddress } from './problem-answers.ts';
import { readQueryParameters } from './query-parameters.ts';
import { limitRates } from './rate-limit.ts';
import { serveReference } from './reference.ts';
import { requestId, returnRequestId } from './request-id.ts';
import { closeConnectionsOnStop } from './stop.ts';
import { mebibyte, passUploads } from './upload.ts';
import { wantsHtml } from './wants-html.ts';

export interface HttpOptions {
  config: Pick<Config, 'publicUrl' | 'rateLimit' | 'trustProxy'>;
  log: Log;
  metrics: Metrics;
  version: string;
  /** The account a token belongs to at this moment, or null. */
  authenticate: (token: string) => Promise<Account | null>;
  /** Errors after which the same request may succeed later: answered 503 with Retry-After. */
  isUnavailable: (error: unknown) => boolean;
}

/**
 * The HTTP application with everything that all routes share, and no routes but `/openapi.json` and `/docs`.
 * Add routes, then `listen`. Per route, `config` says: `right`, `ignoresKey`, `anyParameters`, `upload`,
 * `uploadLimit`, `contentSecurityPolicy`.
 *
 * Order in which a request is judged: 401, 403, 404 (by an `onRequest` hook of the route), then 413, 415, 400.
 */
export async function createHttp(options: HttpOptions): Promise<App> {
  const { config, log, metrics, version } = options;
  const logger: FastifyBaseLogger = log;
  const app: App = Fastify({
    loggerInstance: logger,
    // `observe.ts` logs requests; Fastify's own lines would hold addresses and query strings.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    genReqId: requestId,
    requestIdHeader: false,
    trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
    bodyLimit: 10 * mebibyte,
    // An upload of 100 MiB over a slow line takes minutes; a body that never ends must end some time.
    requestTimeout: 15 * 60_000,
    return503OnClosing: false,
    clientErrorHandler: answerBrokenRequests,
    frameworkErrors: answerUnreadableAddress,
    // Identifiers of works are URLs at times.
    routerOptions: { maxParamLength: 4096, constraints: { wants: wantsHtml } },
    schemaController: { compilersFactory: lateCompilers },
    ajv: {
      customOptions: { allErrors: true, coerceTypes: false, removeAdditional: false, useDefaults: true },
    },
  });

  answerProblems(app, options.isUnavailable);
  returnRequestId(app);
  closeConnectionsOnStop(app);
  observeRequests(app, metrics);
  await setCommonHeaders(app);
  const { checkFailures, countFailure } = await limitRates(app, config.rateLimit);
  judgeCallers(app, { authenticate: options.authenticate, checkFailures, countFailure });
  decompressBodies(app);
  readJsonBodies(app);
  passUploads(app);
  readQueryParameters(app);
  await describeRoutes(app, { version, publicUrl: config.publicUrl });
  serveReference(app);
  return app;
}
