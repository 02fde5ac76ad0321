import type { FastifyRequest } from 'fastify';
import type { App } from './app.ts';
import { badInput, type HttpProblem, problem } from './http-problem.ts';
import { jsonFaultOffset, lineAndColumn } from './json-fault.ts';
import { takesUploadOf } from './upload.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True: the route wants the JSON body as it came too, in `request.bodyBytes`. */
    keepsBytes?: boolean;
  }
  interface FastifyRequest {
    bodyBytes: Uint8Array | null;
  }
}

/**
 * JSON bodies: UTF-8, syntax faults with line and column, no `__proto__` keys.
 * A route that takes uploads takes JSON only when its list says so.
 */
export function readJsonBodies(app: App): void {
  app.decorateRequest('bodyBytes', null);
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    if (!takesJson(request)) return done(problem(415, 'JSON is not taken here.'));
    if (request.routeOptions.config.upload?.includes('*') === true) {
      request.bodyBytes = bytes;
      return done(null, null);
    }
    if (bytes.length === 0) return done(badBody('is empty, JSON is expected'));
    const text = decoded(bytes);
    if (text === null) return done(badBody('is not UTF-8'));
    if (request.routeOptions.config.keepsBytes === true) request.bodyBytes = bytes;
    parse(request, text, (error, value) => (error ? done(syntaxProblem(text)) : done(null, value)));
  });
}

function takesJson(request: FastifyRequest): boolean {
  const { upload } = request.routeOptions.config;
  return upload === undefined || takesUploadOf(upload, 'application/json');
}

function decoded(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function syntaxProblem(text: string): HttpProblem {
  const offset = jsonFaultOffset(text);
  if (offset === null) {
    // JSON that the parser refused all the same: a key that could change what objects are.
    return badBody('has a key that is not allowed (__proto__ or constructor)');
  }
  const { line, column } = lineAndColumn(text, offset);
  return badBody(`is not JSON at line ${line}, column ${column}`);
}

const badBody = (message: string): HttpProblem => badInput([{ path: '', message }]);
