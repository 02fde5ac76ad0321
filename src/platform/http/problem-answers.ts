import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { allowedMethods } from './allowed-methods.ts';
import type { App } from './app.ts';
import { badInput, HttpProblem, problem, unavailable } from './http-problem.ts';
import { queryFaults } from './query-parameters.ts';
import { validationFaults } from './validation-faults.ts';

export const problemType = 'application/problem+json; charset=utf-8';

/** The body of every error (RFC 9457). `instance` is the path asked for, without the query, which may hold a key. */
export function problemBody(failure: HttpProblem, instance: string, requestId: string) {
  return {
    type: 'about:blank',
    title: STATUS_CODES[failure.status] ?? 'Error',
    status: failure.status,
    detail: failure.message,
    instance,
    request_id: requestId,
    ...(failure.errors.length > 0 && { errors: failure.errors }),
  };
}

/**
 * One place turns whatever was thrown into problem+json; also unknown routes (404) and methods (405).
 * @param isUnavailable tells errors after which the same request may succeed later (the database is away).
 */
export function answerProblems(app: App, isUnavailable: (error: unknown) => boolean): void {
  const methodsOf = allowedMethods(app);

  app.setErrorHandler((error: FastifyError, request, reply) => {
    const failure = asProblem(error, request, isUnavailable);
    if (failure.status >= 500) report(error, failure, request);
    return send(failure, request, reply);
  });

  app.setNotFoundHandler((request, reply) => {
    const methods = methodsOf(pathOf(request.url));
    if (methods.length === 0) return send(problem(404, 'There is nothing at this address.'), request, reply);
    const allow = methods.join(', ');
    return send(
      problem(405, `${request.method} is not possible here; possible: ${allow}.`, { headers: { allow } }),
      request,
      reply,
    );
  });
}

/** Addresses that cannot be read never reach a hook; they are answered here with what a hook would have set. */
export function answerUnreadableAddress(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const tooLong = error.code === 'FST_ERR_MAX_PARAM_LENGTH';
  const failure = tooLong
    ? problem(414, 'A part of the address is too long.')
    : problem(400, 'The address is not valid.');
  reply.headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff' });
  send(failure, request, reply);
}

const pathOf = (url: string) => url.replace(/[?#].*$/s, '');

function send(failure: HttpProblem, request: FastifyRequest, reply: FastifyReply) {
  if (failure.status === 413) closeSoonAfter(request, reply);
  // A string, so that the response schema of the route does not apply to it.
  const body = JSON.stringify(problemBody(failure, pathOf(request.url), request.id));
  return reply
    .code(failure.status)
    .removeHeader('etag')
    .removeHeader('content-disposition')
    .headers(failure.headers)
    .type(problemType)
    .send(body);
}

/**
 * The rest of a body that is too large is not wanted. Closing at once would make the kernel reset the connection,
 * and the client could lose the answer; two seconds let it be read.
 */
function closeSoonAfter(request: FastifyRequest, reply: FastifyReply) {
  if (request.raw.complete) return;
  reply.header('connection', 'close');
  const { socket } = request.raw;
  reply.raw.once('finish', () => setTimeout(() => socket.destroy(), 2000).unref());
}

function report(error: FastifyError, failure: HttpProblem, request: FastifyRequest) {
  const line = { err: error, status: failure.status, method: request.method, path: pathOf(request.url) };
  if (failure.status === 503) request.log.warn(line, 'answered 503');
  else request.log.error(line, 'a request failed');
}

function asProblem(
  error: FastifyError,
  request: FastifyRequest,
  isUnavailable: (error: unknown) => boolean,
): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error.validation) {
    const faults = validationFaults(error.validation, error.validationContext ?? 'body');
    return badInput([...queryFaults(request), ...faults]);
  }
  if (isUnavailable(error)) return unavailable('The database cannot be reached at the moment.');
  const known = byCode[error.code ?? ''];
  if (known) return known(request);
  if (error.code?.startsWith('Z_')) return problem(400, 'The body is not valid in its Content-Encoding.');
  if (request.raw.destroyed && !request.raw.complete)
    return problem(400, 'The body ended before its announced length.');
  if (error.statusCode === 413) return tooLarge(request);
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500) {
    return problem(error.statusCode, 'The request could not be read.');
  }
  return problem(500, 'Something went wrong here. The request_id helps to find it in the log.');
}

function tooLarge(request: FastifyRequest) {
  return problem(413, `The body is larger than ${request.routeOptions.bodyLimit} bytes.`);
}

const byCode: Record<string, (request: FastifyRequest) => HttpProblem> = {
  FST_ERR_CTP_BODY_TOO_LARGE: tooLarge,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => problem(415, 'The Content-Type is not one this address takes.'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => problem(400, 'The body is empty, JSON is expected.'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    problem(400, 'The body is not as long as its Content-Length says.'),
};
