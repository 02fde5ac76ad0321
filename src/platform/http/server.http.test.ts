import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMetrics } from '../metrics/index.ts';
import { registerHealth, registerMetrics, stopHttp } from './index.ts';
import { Deposit, exampleApp } from './testing/example-app.ts';
import { Type } from './type.ts';

interface Operation {
  security: unknown;
  description: string;
  responses: { default: { content: unknown } };
}

interface Description {
  openapi: string;
  paths: Record<string, { post: Operation }>;
  components: { schemas: Record<string, { properties: Record<string, unknown> }>; securitySchemes: object };
}

test('given checks that pass or not, then /health is 200 or 503 with the reasons', async (t) => {
  const { app, listen } = await exampleApp(t);
  let reason: string | null = null;
  registerHealth(app, '1.2.3', {
    database: async () => reason,
    search: async () => {
      if (reason) throw new Error('secret');
      return null;
    },
  });
  const ask = await listen();
  const good = await ask('/health');
  assert.equal(good.status, 200);
  const body = (await good.json()) as { status: string; version: string };
  assert.deepEqual([body.status, body.version], ['ok', '1.2.3']);
  reason = 'cannot be reached';
  const bad = await ask('/health');
  assert.equal(bad.status, 503);
  assert.deepEqual(((await bad.json()) as { checks: unknown }).checks, {
    database: 'cannot be reached',
    search: 'cannot be asked',
  });
});

test('given /metrics, then it is Prometheus text', async (t) => {
  const { app, listen } = await exampleApp(t);
  registerMetrics(app, createMetrics());
  const ask = await listen();
  const answer = await ask('/metrics');
  assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
  assert.match(await answer.text(), /^# HELP /);
});

test('given routes, then /openapi.json is OpenAPI 3.1 with their keys and problems', async (t) => {
  const { app, listen } = await exampleApp(t);
  app.post(
    '/deposits',
    {
      config: { right: 'deposit' },
      schema: { summary: 'Deposit', body: Deposit, response: { 202: Type.Object({ id: Type.String() }) } },
    },
    async (_request, reply) => reply.code(202).send({ id: '1' }),
  );
  app.get('/works/:id', { schema: { params: Type.Object({ id: Type.String() }) } }, async () => ({}));
  const ask = await listen();
  const answer = await ask('/openapi.json');
  const document = (await answer.json()) as Description;
  assert.equal(document.openapi, '3.1.0');
  assert.deepEqual(Object.keys(document.paths).sort(), ['/deposits', '/works/{id}']);
  const { post } = document.paths['/deposits'] ?? {};
  assert.ok(post);
  assert.deepEqual(post.security, [{ bearer: [] }, { api_key: [] }]);
  assert.match(post.description, /right `deposit`/);
  assert.deepEqual(post.responses.default.content, {
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  });
  assert.ok(document.components.schemas.Problem?.properties.errors);
  assert.deepEqual(Object.keys(document.components.securitySchemes), ['bearer', 'api_key']);
});

test('given /docs, then the page and its script come from here and may load nothing from elsewhere', async (t) => {
  const { listen } = await exampleApp(t);
  const ask = await listen();
  const page = await ask('/docs');
  const html = await page.text();
  assert.match(html, /src="\.\/docs\/reference\.js"/);
  assert.doesNotMatch(html, /https?:\/\//);
  assert.match(page.headers.get('content-security-policy') ?? '', /connect-src 'self'.*/);
  const script = await ask('/docs/reference.js');
  assert.equal(script.headers.get('content-encoding'), 'gzip');
  assert.match(await script.text(), /createApiReference/);
});

test('given a request in flight, then stopping finishes it, says the connection closes, and takes no new one', async (t) => {
  const { app, listen } = await exampleApp(t);
  const arrived = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  app.addHook('preClose', async () => release.resolve());
  app.get('/slow', async () => {
    arrived.resolve();
    await release.promise;
    return { done: true };
  });
  const ask = await listen();
  const answer = ask('/slow');
  await arrived.promise;
  const stopped = stopHttp(app);
  const response = await answer;
  assert.deepEqual(await response.json(), { done: true });
  assert.equal(response.headers.get('connection'), 'close');
  assert.equal(await stopped, true);
  await assert.rejects(ask('/slow'));
});

test('given a request that never ends, then stopping cuts it off at the deadline', async (t) => {
  const { app, listen } = await exampleApp(t);
  const arrived = Promise.withResolvers<void>();
  app.get('/stuck', () => {
    arrived.resolve();
    return new Promise(() => {});
  });
  const ask = await listen();
  const answer = ask('/stuck').catch(() => 'cut off');
  await arrived.promise;
  assert.equal(await stopHttp(app, 50), false);
  assert.equal(await answer, 'cut off');
});
