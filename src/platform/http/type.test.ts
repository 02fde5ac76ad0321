import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Type as TypeBox } from 'typebox';
import { Type } from './type.ts';

type Builders = typeof Type;

const schemas = (T: Builders) => {
  const description = 'what it is';
  const inner = T.Object({
    a: T.Optional(T.String({ description })),
    b: T.Optional(T.Integer({ minimum: 1 })),
  });
  return [
    inner,
    T.Object(
      { ...inner.properties, c: T.Literal('x'), d: T.Optional(inner) },
      { additionalProperties: false },
    ),
    T.Object({}),
    T.Array(T.Union([T.Literal(1), T.Literal(true), T.Null()]), { maxItems: 3, description }),
    T.Enum(['one', 'two'], { default: 'one' }),
    T.Record(T.String(), T.Number({ description }), { description }),
    T.Optional(T.Unsafe<string>({ type: 'object', properties: {} })),
    T.Object({
      e: T.Boolean({ default: false }),
      f: T.Unknown(),
      g: T.Union([T.String(), T.Null()], { description }),
    }),
    T.Literal('y', { description }),
    T.Unknown({ description }),
  ];
};

test('given schemas of every kind, when they are built, then they are those of TypeBox', () => {
  assert.deepEqual(JSON.stringify(schemas(Type)), JSON.stringify(schemas(TypeBox)));
});
