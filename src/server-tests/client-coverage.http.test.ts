import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type AlmanacClient, createClient } from '../client/index.ts';
import { clientCalls } from './testing/client-calls.ts';
import { startTestServer, type TestServer } from './testing/server.ts';

/** Operations the client leaves to others, with the reason. */
const leftOut: Record<string, string> = {
  'get /metrics': 'read by Prometheus',
  'get /oai': 'a protocol with clients of its own',
  'post /oai': 'a protocol with clients of its own',
  'get /feed.atom': 'read by feed readers',
  'get /.well-known/api-catalog': 'read by crawlers',
  'get /.well-known/resourcesync': 'a protocol with clients of its own',
  'get /resourcesync/capabilitylist.xml': 'a protocol with clients of its own',
  'get /resourcesync/resourcedump.xml': 'a protocol with clients of its own',
  'get /resourcesync/resourcelist.xml': 'a protocol with clients of its own',
  'get /resourcesync/changelist.xml': 'a protocol with clients of its own',
  'get /repositories/{id}/badge.svg': 'a picture, embedded by its address',
  'post /webmention': 'a protocol with clients of its own',
  'get /webmention': 'a page for people',
  'get /webmention/{id}': 'a protocol with clients of its own',
  'get /r51/status': 'COUNTER has clients of its own',
};

describe('given /openapi.json and the client', () => {
  let server: TestServer;
  let operations: { name: string; pattern: RegExp; method: string }[];
  before(async () => {
    server = await startTestServer();
    const { paths } = (await (await server.ask('/openapi.json')).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({
        name: `${method} ${path}`,
        method,
        pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      })),
    );
  });
  after(() => server.stop());

  const beginnings: Record<string, string> = {
    compliance: 'post /api/compliancejob',
    events: 'post /api/deposits',
  };
  const serves = (name: string): boolean => {
    const beginning = beginnings[name.split('.')[0] ?? ''];
    return beginning === undefined || operations.some((one) => one.name === beginning);
  };

  test('then every operation can be called, or it is said why not', async () => {
    const covered = new Set(Object.keys(leftOut));
    for (const [name, call] of Object.entries(clientCalls)) {
      for (const { method, path } of await requestsOf(call)) {
        // The most particular pattern: fewest parts that may be anything.
        const operation = operations
          .filter((one) => one.method === method && one.pattern.test(path))
          .sort(
            (one, other) => one.pattern.source.split('[').length - other.pattern.source.split('[').length,
          )[0];
        // Of an area that this server does not have, nothing is described.
        if (operation === undefined && !serves(name)) continue;
        assert.ok(operation, `${name} asks ${method} ${path}, which is not described`);
        covered.add(operation.name);
      }
    }
    assert.deepEqual(
      operations.map(({ name }) => name).filter((name) => !covered.has(name)),
      [],
      'operations without a function of the client, and without a reason in leftOut',
    );
  });

  test('then this test calls every function of the client', () => {
    const client = createClient({ baseUrl: 'http://a.test' });
    assert.deepEqual(functionsOf(client).sort(), Object.keys(clientCalls).sort());
  });

  test('when pages are walked, then each record comes once, whatever the size of a page', async () => {
    const key = await server.keyOf('editor', 'registry');
    const editor = createClient({ baseUrl: server.url, token: key });
    const names = Array.from({ length: 7 }, (_, at) => `Repository ${at}`);
    for (const name of names)
      await editor.registry.create({ register: { metadata: [{ record: { name } }] } });
    const walks = [
      editor.registry.search({ query: { match_all: {} } }),
      editor.registry.changes(),
      editor.registry.dump(),
    ];
    for (const walk of walks) {
      const found: string[] = [];
      for await (const { register } of walk) found.push(JSON.stringify(register));
      assert.equal(new Set(found).size, names.length);
      assert.equal(found.length, names.length);
    }
    await editor.suggestions.create({ url: 'https://one.example/' });
    await editor.suggestions.create({ url: 'https://two.example/' });
    const suggested = [];
    for await (const one of editor.suggestions.list({ status: 'pending' })) suggested.push(one.id);
    assert.equal(suggested.length, 2);
  });
});

/** What a call sends; every answer is empty, so what it makes of that does not matter here. */
async function requestsOf(call: (client: AlmanacClient) => unknown) {
  const requests: { method: string; path: string }[] = [];
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    requests.push({ method: request.method.toLowerCase(), path: new URL(request.url).pathname });
    const hits = { total: 0, hits: [] };
    const meta = { total: 0, more: false };
    const lists = { suggestions: [], records: [], deposits: [], events: [], sources: [] };
    const progress_url = 'http://a.test/api/compliancejob/progress/j';
    return Response.json({
      progress_url,
      hits,
      meta,
      queued: 0,
      dirty: 0,
      total: 0,
      status: 'complete',
      ...lists,
    });
  };
  await call(createClient({ baseUrl: 'http://a.test', fetch, retries: 0 }));
  assert.notEqual(requests.length, 0);
  return requests;
}

function functionsOf(value: object, above = ''): string[] {
  return Object.entries(value).flatMap(([name, member]) => {
    if (typeof member === 'function') return [above + name];
    return typeof member === 'object' && member !== null ? functionsOf(member, `${above}${name}.`) : [];
  });
}
