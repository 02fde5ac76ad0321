import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Check, Errors } from 'typebox/schema';
import { contextObject, contextObjects, ndjson } from './testing/deliveries.ts';
import { startTestServer, type TestServer } from './testing/server.ts';

interface Operation {
  summary?: string;
  security?: unknown[];
  parameters?: { name: string; in: string; schema?: object }[];
  requestBody?: { content: Record<string, unknown> };
  responses: Record<string, { description: string; content?: Record<string, { schema?: object }> }>;
}

interface Description {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

/** Every route of this part of Almanac, with whether it needs a key. */
const ROUTES: [string, string, boolean][] = [
  ['get', '/health', false],
  ['get', '/metrics', false],
  ['post', '/api/usage/context-objects', true],
  ['post', '/api/usage/events', true],
  ['get', '/api/usage/openurl', true],
  ['post', '/api/publications', true],
  ['get', '/api/usage/statistics/{type}/{id}', false],
  ['get', '/api/usage/top/{kind}', false],
  ['get', '/api/usage/subjects', false],
  ['get', '/api/usage/status', false],
  ['get', '/api/usage/events/{id}', true],
  ['get', '/api/evidence/{id}', false],
  ['get', '/api/evidence', true],
  ['post', '/api/evidence/{id}/retry', true],
];

describe('given /openapi.json', () => {
  let server: TestServer;
  let description: Description;
  let operator = '';
  before(async () => {
    server = await startTestServer();
    operator = await server.keyOf('operator', 'operator');
    description = (await (await server.ask('/openapi.json')).json()) as Description;
  });
  after(() => server.stop());

  const operationOf = (method: string, path: string): Operation => {
    const operation = description.paths[path]?.[method];
    assert.ok(operation, `${method} ${path} is not described`);
    return operation;
  };

  test('then it is OpenAPI 3.1 and describes every route', () => {
    assert.match(description.openapi, /^3\.1\.\d+$/);
    assert.equal(description.info.title, 'Almanac');
    const described = Object.entries(description.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    const missing = ROUTES.map(([method, path]) => `${method} ${path}`).filter(
      (one) => !described.includes(one),
    );
    assert.deepEqual(missing, []);
  });

  for (const [method, path, needsKey] of ROUTES) {
    test(`then ${method} ${path} has a summary, its parameters, answers and problems, and says whether it needs a key`, () => {
      const operation = operationOf(method, path);
      assert.ok((operation.summary ?? '').length > 5);
      assert.ok(Object.keys(operation.responses).some((status) => status.startsWith('2')));
      assert.ok(operation.responses.default?.content?.['application/problem+json']?.schema);
      assert.equal(operation.security !== undefined, needsKey);
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const inPath = (operation.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name);
      assert.deepEqual(inPath, named);
      if (method === 'post' && !path.endsWith('/retry')) assert.ok(operation.requestBody);
    });
  }

  test('then every answer has the shape that is described', async () => {
    const item = 'oai:described.example.org:1';
    const checked: string[] = [];

    async function check(method: string, path: string, answer: Response): Promise<Record<string, unknown>> {
      const text = await answer.text();
      const { responses } = operationOf(method, path);
      const response = responses[String(answer.status)];
      assert.ok(
        response,
        `${method} ${path} answered ${answer.status}, which is not described: ${text.slice(0, 300)}`,
      );
      checked.push(`${method} ${path}`);
      const schema = response.content?.['application/json']?.schema;
      if (schema === undefined) return {};
      const body: unknown = JSON.parse(text);
      assert.ok(
        Check(schema, body),
        `${method} ${path}: ${JSON.stringify(Errors(schema, body))} in ${text.slice(0, 500)}`,
      );
      assert.ok(!Check(schema, { not: 'this' }), `${method} ${path}: the schema takes anything`);
      return body as Record<string, unknown>;
    }

    const XML = 'application/xml';
    const objects = contextObjects(contextObject({ id: 'a', item }), contextObject({ time: null }));
    const taken = await check(
      'post',
      '/api/usage/context-objects',
      await server.post('/api/usage/context-objects', XML, objects),
    );
    const lines = ndjson({ time: '2024-03-01T10:00:00Z', item, user: 'u' }, 'broken');
    await check(
      'post',
      '/api/usage/events',
      await server.post('/api/usage/events', 'application/x-ndjson', lines),
    );
    const publications = JSON.stringify({
      publications: [{ id: item, title: 'T', authors: [{ name: 'A, B' }] }, {}],
    });
    await check(
      'post',
      '/api/publications',
      await server.post('/api/publications', 'application/json', publications),
    );
    const ping = `/api/usage/openurl?url_ver=Z39.88-2004&url_tim=2024-03-01T10:00:00Z&rft.artnum=${item}&api_key=${server.key}`;
    await check('get', '/api/usage/openurl', await server.ask(ping));
    await server.client.usage.waitUntilCounted();

    for (const path of ['/health', '/metrics', '/api/usage/status'] as const) {
      await check('get', path, await server.ask(path));
    }
    for (const [type, id] of [
      ['publication', item],
      ['country', 'ZZ'],
      ['partner', 'described.example.org'],
    ] as const) {
      const path = `/api/usage/statistics/${type}/${encodeURIComponent(id)}?granularity=day&by=country`;
      const answer = await server.ask(path);
      if (type === 'partner' && answer.status === 404) continue;
      await check('get', '/api/usage/statistics/{type}/{id}', answer);
    }
    for (const kind of ['publications', 'scholars', 'partners']) {
      await check('get', '/api/usage/top/{kind}', await server.ask(`/api/usage/top/${kind}`));
    }
    await check('get', '/api/usage/subjects', await server.ask('/api/usage/subjects?q=described'));
    const headers = { authorization: `Bearer ${operator}` };
    await check(
      'get',
      '/api/evidence/{id}',
      await server.ask(`/api/evidence/${taken.evidence}`, { headers }),
    );
    await check('get', '/api/evidence', await server.ask('/api/evidence?state=failed', { headers }));
    const [event] = await server.sql<{ identity: string }[]>`select identity from usage_events limit 1`;
    await check(
      'get',
      '/api/usage/events/{id}',
      await server.ask(`/api/usage/events/${event?.identity}`, { headers }),
    );
    await server.sql`update almanac.evidence set state = 'failed', reason = 'a test' where id = ${String(taken.evidence)}`;
    const retry = { method: 'POST', headers };
    await check(
      'post',
      '/api/evidence/{id}/retry',
      await server.ask(`/api/evidence/${taken.evidence}/retry`, retry),
    );
    assert.deepEqual(
      [...new Set(checked)].sort(),
      ROUTES.map(([method, path]) => `${method} ${path}`).sort(),
    );
  });

  test('then a problem has the shape that is described', async () => {
    const schema = description.components.schemas.Problem;
    assert.ok(schema);
    for (const path of [
      '/nothing',
      '/api/usage/status?x=1',
      '/api/usage/events/x',
      '/api/usage/top/journals',
    ]) {
      const body: unknown = await (await server.ask(path)).json();
      assert.ok(Check(schema, body), `${path}: ${JSON.stringify(body)}`);
    }
  });
});
