import { createRequire } from 'node:module';
import type { FastifyServerOptions } from 'fastify';

type Factories = NonNullable<NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']>;

const require = createRequire(import.meta.url);

/**
 * Fastify's own compilers of schemas, put to work when a route is first asked for: those of all routes took a fifth of a
 * second of every start, and a route's own takes some milliseconds of its first answer.
 */
export const lateCompilers = {
  buildValidator(schemas: unknown, options: unknown) {
    const compiler = once(() => require('@fastify/ajv-compiler')()(schemas, options));
    return (route: unknown) => {
      const validate = once(() => compiler()(route));
      const late = (data: unknown): boolean => {
        const isValid: boolean = validate()(data);
        late.errors = validate().errors;
        return isValid;
      };
      late.errors = null as unknown;
      return late;
    };
  },
  buildSerializer(schemas: unknown, options: unknown) {
    const compiler = once(() => require('@fastify/fast-json-stringify-compiler')()(schemas, options));
    return (route: unknown) => {
      const serialize = once(() => compiler()(route));
      return (data: unknown): string => serialize()(data);
    };
  },
} as Factories;

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
