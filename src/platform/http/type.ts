import type { TSchema, Type as TypeBox } from 'typebox';

export type { Static } from 'typebox';

/** The builders that are used here. Their types are those of TypeBox. */
type Builders = Pick<
  typeof TypeBox,
  | 'Array'
  | 'Boolean'
  | 'Enum'
  | 'Integer'
  | 'Literal'
  | 'Null'
  | 'Number'
  | 'Object'
  | 'Optional'
  | 'Record'
  | 'String'
  | 'Union'
  | 'Unknown'
  | 'Unsafe'
>;

const optional = Symbol('optional');

type Options = Record<string, unknown>;
type Schema = Options & { [optional]?: true };

/** The names of properties that must be there; an object of none has no such list. */
function requiredOf(properties: Record<string, Schema>): Options {
  const required = Object.keys(properties).filter((name) => properties[name]?.[optional] !== true);
  return required.length > 0 ? { required } : {};
}

const builders = {
  Array: (items: Schema, options: Options = {}) => ({ type: 'array', items, ...options }),
  Boolean: (options: Options = {}) => ({ type: 'boolean', ...options }),
  Enum: (values: unknown[], options: Options = {}) => ({ enum: values, ...options }),
  Integer: (options: Options = {}) => ({ type: 'integer', ...options }),
  Literal: (value: string | number | boolean, options: Options = {}) => ({
    type: typeof value,
    const: value,
    ...options,
  }),
  Null: (options: Options = {}) => ({ type: 'null', ...options }),
  Number: (options: Options = {}) => ({ type: 'number', ...options }),
  Object: (properties: Record<string, Schema>, options: Options = {}) => ({
    type: 'object',
    ...requiredOf(properties),
    properties,
    ...options,
  }),
  Optional: (schema: Schema): Schema => Object.defineProperty({ ...schema }, optional, { value: true }),
  Record: (_key: Schema, value: Schema, options: Options = {}) => ({
    type: 'object',
    patternProperties: { '^.*$': value },
    ...options,
  }),
  String: (options: Options = {}) => ({ type: 'string', ...options }),
  Union: (anyOf: Schema[], options: Options = {}) => ({ anyOf, ...options }),
  Unknown: (options: Options = {}) => ({ ...options }),
  Unsafe: (schema: TSchema) => ({ ...schema }),
};

/**
 * JSON Schemas with the types of what they describe, as TypeBox builds them. Only its types are used: to load all of its 680
 * modules took a fifth of a server's start, and the schemas of routes need fourteen small functions. `type.test.ts` holds
 * these against TypeBox.
 */
export const Type = builders as unknown as Builders;
