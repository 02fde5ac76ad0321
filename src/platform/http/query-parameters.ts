import type { FastifyRequest } from 'fastify';
import type { App } from './app.ts';
import { badInput, type Fault } from './http-problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True: unknown and repeated query parameters are the route's own business (protocols such as OAI-PMH). */
    anyParameters?: boolean;
  }
  interface FastifyRequest {
    parameterFaults: Fault[] | null;
  }
}

interface ParameterSchema {
  type?: string;
  items?: unknown;
}

/**
 * Reads the query as the route's querystring schema names it: an unknown parameter and one given twice are faults
 * (listed together with what the validator finds), numbers are read, the key is taken out.
 * An empty pair, as in `/query?&source=…`, is not a parameter.
 */
export function readQueryParameters(app: App): void {
  app.decorateRequest('parameterFaults', null);

  app.addHook('preValidation', async (request) => {
    if (request.is404) return;
    const query = request.query as Record<string, unknown>;
    const known = knownParameters(request.routeOptions.schema?.querystring);
    if (query[''] === '') delete query[''];
    if (!('api_key' in known)) delete query.api_key;
    if (request.routeOptions.config.anyParameters === true) return;

    const faults: Fault[] = [];
    for (const [name, value] of Object.entries(query)) {
      const schema = known[name];
      if (!schema) {
        faults.push({ path: name, message: `is not a parameter here; known: ${list(known)}` });
        // So that a closed schema does not report it a second time.
        delete query[name];
      } else if (Array.isArray(value) && schema.type !== 'array') {
        faults.push({ path: name, message: 'is given more than once' });
        delete query[name];
      } else {
        query[name] = valueAs(schema, value);
      }
    }
    request.parameterFaults = faults;
  });

  // After validation, so that one answer names the faults of both.
  app.addHook('preHandler', async (request) => {
    const faults = queryFaults(request);
    if (faults.length > 0) throw badInput(faults);
  });
}

/** Faults of the query found before the validator ran. */
export function queryFaults(request: FastifyRequest): Fault[] {
  return request.parameterFaults ?? [];
}

function knownParameters(schema: unknown): Record<string, ParameterSchema> {
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return {};
  return schema.properties as Record<string, ParameterSchema>;
}

function list(known: Record<string, ParameterSchema>): string {
  return [...Object.keys(known).filter((name) => name !== 'api_key'), 'api_key'].join(', ');
}

// Only what is written as a number is one; anything else stays text and the validator says so.
function valueAs({ type }: ParameterSchema, value: unknown): unknown {
  if (type === 'array') return Array.isArray(value) ? value : [value];
  if (typeof value !== 'string') return value;
  if (type === 'integer' || type === 'number')
    return /^-?\d{1,15}(\.\d{1,15})?$/.test(value) ? Number(value) : value;
  if (type === 'boolean') return value === 'true' ? true : value === 'false' ? false : value;
  return value;
}
