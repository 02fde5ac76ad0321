import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import type { JsonObject } from './model/record.ts';
import { endings, exampleRegister, registryApp } from './testing/registry-app.ts';

const ends = endings();
const { account, ask, get, url, clock } = await registryApp(ends);
const key = await account('maker', ['registry', 'admin']);
const other = await account('other party', ['registry', 'admin', 'statistics']);

async function create(body: unknown = exampleRegister): Promise<string> {
  const made = await ask('POST', '/record', { key, body });
  assert.equal(made.status, 201, made.text);
  return String(made.body.id);
}

const errorsOf = (body: JsonObject) =>
  (body.errors as { path: string; message: string }[]).map(({ path }) => path);

suite('records', () => {
  after(ends.run);

  test('given a register, when created, then it is read back completed', async () => {
    clock.time = Date.parse('2026-01-01T00:00:00.900Z');
    const made = await ask('POST', '/record', { key, body: exampleRegister });
    assert.equal(made.status, 201);
    const { id } = made.body;
    assert.deepEqual(made.body, { success: 'true', id, location: `${url}/record/${id}` });
    assert.equal(made.headers.get('location'), made.body.location);
    assert.match(String(id), /^[0-9a-f]{32}$/);
    const read = await get(`/record/${id}`);
    assert.deepEqual(read.body, {
      id,
      created_date: '2026-01-01T00:00:00Z',
      last_updated: '2026-01-01T00:00:00Z',
      version_created: '2026-01-01T00:00:00Z',
      ver: 1,
      register: {
        operational_status: 'Operational',
        metadata: [
          {
            lang: 'en',
            default: true,
            record: {
              name: 'Example Repository',
              url: 'http://example.org/',
              country_code: 'GB',
              language_code: ['en'],
              country: 'United Kingdom',
              continent: 'Europe',
              continent_code: 'EU',
              language: ['English'],
            },
          },
        ],
        software: [{ name: 'EPrints', version: '3.4' }],
      },
      admin: {},
    });
    assert.equal(read.headers.get('etag'), made.headers.get('etag'));
  });

  test('given the full form, when created, then only own admin data is taken', async () => {
    const id = await create({
      register: exampleRegister,
      admin: { maker: { seen: true }, 'other party': { mine: 1 } },
    });
    assert.deepEqual((await get(`/record/${id}`)).body.admin, { maker: { seen: true } });
  });

  test('given a faulty register, when created, then every fault is named by its path and nothing is stored', async () => {
    const before = (await get('/change?size=0')).body;
    const body = {
      register: {
        unknown: 1,
        deleted: '2020-01-01',
        metadata: [
          { record: { url: 'example.org', country_code: 'uk', lat: 1, established_date: '2020-13' } },
          { lang: 'xx', default: true, record: { name: null, language_code: ['eng'] } },
        ],
        software: {},
        api: [{ api_type: 'rss', metadata_formats: [{ prefix: 'oai_dc' }], authenticated: 'yes' }],
        relation: [{ type: 'friend', target: 'nowhere' }],
        replaces: 'info:oarr:1',
        contact: [{ details: { name: 'a'.repeat(10_001) } }],
      },
      admin: { maker: [] },
      colour: 'red',
    };
    const refused = await ask('POST', '/record', { key, body });
    assert.equal(refused.status, 400);
    assert.deepEqual(errorsOf(refused.body).sort(), [
      '/admin/maker',
      '/colour',
      '/register/api/0/authenticated',
      '/register/api/0/metadata_formats',
      '/register/contact/0/details/name',
      '/register/deleted',
      '/register/metadata/0/lang',
      '/register/metadata/0/record/country_code',
      '/register/metadata/0/record/established_date',
      '/register/metadata/0/record/lon',
      '/register/metadata/0/record/url',
      '/register/metadata/1/lang',
      '/register/metadata/1/record/language_code/0',
      '/register/metadata/1/record/name',
      '/register/relation/0/target',
      '/register/relation/0/type',
      '/register/replaces',
      '/register/software',
      '/register/unknown',
    ]);
    assert.deepEqual(
      ((await get('/change?size=0')).body.hits as JsonObject).total,
      (before.hits as JsonObject).total,
    );
  });

  test('given nothing, when created or replaced, then it is refused; a replacement is told of DELETE', async () => {
    for (const body of [{}, { register: {} }, { register: { software: [], operational_status: ' ' } }]) {
      assert.equal((await ask('POST', '/record', { key, body })).status, 400);
      const id = await create();
      const refused = await ask('PUT', `/record/${id}`, { key, body });
      assert.equal(refused.status, 400);
      assert.match(refused.text, /DELETE/);
    }
  });

  test('given a merge, then given root fields are replaced and others stay, and the old version is kept', async () => {
    clock.time = Date.parse('2026-02-01T00:00:00Z');
    const id = await create();
    clock.time = Date.parse('2026-02-02T00:00:00Z');
    const merged = await ask('POST', `/record/${id}`, {
      key,
      body: { software: [{ name: 'DSpace' }], replaces: '' },
    });
    assert.equal(merged.status, 200);
    assert.deepEqual(merged.body, { success: 'true' });
    const { body: record } = await get(`/record/${id}`);
    const register = record.register as JsonObject;
    assert.deepEqual(register.software, [{ name: 'DSpace' }]);
    assert.equal(register.operational_status, 'Operational');
    assert.deepEqual(
      [record.ver, record.created_date, record.last_updated, record.version_created],
      [2, '2026-02-01T00:00:00Z', '2026-02-02T00:00:00Z', '2026-02-02T00:00:00Z'],
    );
    const history = await get(`/record/${id}/history`);
    const [version] = history.body.list as JsonObject[];
    assert.equal((history.body.list as unknown[]).length, 1);
    assert.deepEqual(
      [
        version?.about,
        version?.ver,
        version?.superseded,
        version?.triggered_by_account,
        version?.version_created,
      ],
      [id, 1, '2026-02-02T00:00:00Z', 'maker', '2026-02-01T00:00:00Z'],
    );
    assert.deepEqual((version?.register as JsonObject | undefined)?.software, [
      { name: 'EPrints', version: '3.4' },
    ]);
  });

  test('given the record as it was read, when sent back, then nothing changes and no date moves', async () => {
    const id = await create({
      ...exampleRegister,
      contact: [{ role: ['manager'], details: { email: 'A@Example.org' } }],
      organisation: [{ details: { name: 'Example University', url: 'http://example.edu' } }],
    });
    const before = await get(`/record/${id}`);
    clock.time += 86_400_000;
    for (const body of [
      before.body,
      before.body.register,
      JSON.parse(before.text.replace(/"created_date":"[^"]*",/g, '')),
    ]) {
      const again = await ask('PUT', `/record/${id}`, { key, body });
      assert.equal(again.status, 200, again.text);
    }
    assert.deepEqual((await get(`/record/${id}`)).body, before.body);
    assert.deepEqual((await get(`/record/${id}/history`)).body, { list: [] });
  });

  test('given one organisation in two records, then it has one id and keeps its date of creation', async () => {
    const organisation = (name: string) => [
      { role: ['host'], details: { name, url: 'http://u.example.edu' } },
    ];
    const first = await create({ organisation: organisation('Example  University') });
    const second = await create({ ...exampleRegister, organisation: organisation('example university') });
    const entryOf = async (id: string) => {
      const { body } = await get(`/record/${id}`);
      return ((body.register as JsonObject).organisation as JsonObject[])[0] as JsonObject;
    };
    const [a, b] = [await entryOf(first), await entryOf(second)];
    assert.equal((a.details as JsonObject).id, (b.details as JsonObject).id);
    clock.time += 1000;
    const changed = [
      { role: ['host', 'funder'], details: { name: 'Example University', url: 'http://u.example.edu' } },
    ];
    await ask('POST', `/record/${first}`, { key, body: { organisation: changed } });
    const c = await entryOf(first);
    assert.equal(c.created_date, a.created_date);
    assert.notEqual(c.last_modified, a.last_modified);
  });

  test('given a deletion, then a tombstone stays with admin, statistics and history, and a write revives it', async () => {
    clock.time = Date.parse('2026-03-01T00:00:00Z');
    const id = await create({ register: exampleRegister, admin: { maker: { kept: 1 } } });
    await ask('POST', `/record/${id}/stats`, { key: other, body: { value: 1, type: 'item_count' } });
    clock.time += 1000;
    assert.deepEqual((await ask('DELETE', `/record/${id}`, { key })).body, { success: 'true' });
    const tombstone = await get(`/record/${id}`);
    assert.equal(tombstone.status, 200);
    assert.deepEqual(tombstone.body.register, { deleted: '2026-03-01T00:00:01Z' });
    assert.deepEqual(tombstone.body.admin, { maker: { kept: 1 } });
    clock.time += 1000;
    assert.equal((await ask('DELETE', `/record/${id}`, { key })).status, 200);
    assert.deepEqual((await get(`/record/${id}`)).body, tombstone.body);
    assert.equal(((await get(`/record/${id}/stats`)).body.list as unknown[]).length, 1);
    const sentBack = await ask('PUT', `/record/${id}`, { key, body: tombstone.body });
    assert.deepEqual([sentBack.status, errorsOf(sentBack.body)], [400, ['/register/deleted']]);
    assert.equal(
      (await ask('POST', `/record/${id}`, { key, body: { operational_status: 'Trial' } })).status,
      200,
    );
    const revived = await get(`/record/${id}`);
    assert.deepEqual([revived.body.register, revived.body.ver], [{ operational_status: 'Trial' }, 3]);
  });

  test('given admin data, when put, merged or emptied, then no version is made and last_updated moves', async () => {
    clock.time = Date.parse('2026-04-01T00:00:00Z');
    const id = await create();
    clock.time += 1000;
    assert.equal((await ask('PUT', `/record/${id}/admin`, { key, body: { a: 1 } })).status, 200);
    assert.equal((await ask('PUT', `/record/${id}/admin`, { key: other, body: { b: 2 } })).status, 200);
    const { body } = await get(`/record/${id}`);
    assert.deepEqual(body.admin, { maker: { a: 1 }, 'other party': { b: 2 } });
    assert.deepEqual([body.ver, body.last_updated], [1, '2026-04-01T00:00:01Z']);
    await ask('POST', `/record/${id}`, { key, body: { register: {}, admin: { maker: {} } } });
    assert.deepEqual((await get(`/record/${id}`)).body.admin, { 'other party': { b: 2 } });
    assert.deepEqual((await get(`/record/${id}/history`)).body, { list: [] });
    const large = await ask('PUT', `/record/${id}/admin`, { key, body: { text: 'x'.repeat(65_536) } });
    assert.equal(large.status, 400);
    const deep = `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    assert.equal((await ask('PUT', `/record/${id}/admin`, { key, body: deep })).status, 400);
    // It would be read as infinity and stored as null.
    const endless = '{"a":{"b":[1e999]}}';
    assert.equal((await ask('PUT', `/record/${id}/admin`, { key, body: endless })).status, 400);
    const inRegister = await ask('POST', '/record', { key, body: deep });
    assert.equal(inRegister.status, 400);
  });

  test('given a registered schema, then own admin data must fit it, and all faults are named', async () => {
    const strict = await account('strict', ['registry', 'admin'], {
      type: 'object',
      properties: { status: { enum: ['in', 'out'] }, rank: { type: 'integer', minimum: 1 } },
      required: ['status'],
    });
    const id = await create();
    const refused = await ask('PUT', `/record/${id}/admin`, {
      key: strict,
      body: { rank: 0, colour: 'red' },
    });
    assert.equal(refused.status, 400);
    assert.deepEqual(errorsOf(refused.body).sort(), ['/colour', '/rank', '/status']);
    assert.equal(
      (await ask('PUT', `/record/${id}/admin`, { key: strict, body: { status: 'in' } })).status,
      200,
    );
    const inside = await ask('POST', `/record/${id}`, {
      key: strict,
      body: { register: { replaces: '' }, admin: { strict: { status: 'lost' } } },
    });
    assert.deepEqual(errorsOf(inside.body), ['/admin/strict/status']);
    assert.equal((await ask('PUT', `/record/${id}/admin`, { key: strict, body: {} })).status, 200);
    assert.deepEqual((await get(`/record/${id}`)).body.admin, {});
  });

  test('given an ETag, then reads can be spared and a write against an old one is refused', async () => {
    const id = await create();
    const etag = (await get(`/record/${id}`)).headers.get('etag') ?? '';
    assert.equal((await get(`/record/${id}`, { 'if-none-match': etag })).status, 304);
    const french = (await get(`/record/${id}?lang=fr`)).headers.get('etag') ?? '';
    assert.notEqual(french, etag);
    const headers = { 'if-match': french };
    const first = await ask('POST', `/record/${id}`, { key, body: { operational_status: 'Trial' }, headers });
    assert.equal(first.status, 200);
    for (const [method, path, body] of [
      ['POST', '', { operational_status: 'Closed' }],
      ['PUT', '', exampleRegister],
      ['DELETE', '', undefined],
      ['PUT', '/admin', { a: 1 }],
    ] as const) {
      assert.equal(
        (await ask(method, `/record/${id}${path}`, { key, body, headers: { 'if-match': etag } })).status,
        412,
      );
    }
    const current = { 'if-match': first.headers.get('etag') ?? '' };
    assert.equal((await ask('DELETE', `/record/${id}`, { key, headers: current })).status, 200);
  });

  test('given several languages, when one is asked for, then its fields lie over the default ones', async () => {
    const id = await create({
      metadata: [
        { lang: 'EN', default: true, record: { name: 'Name', description: 'Text', subject: ['A', 'B'] } },
        { lang: 'fr', record: { name: 'Nom', subject: ['C'] } },
      ],
    });
    const read = async (lang: string) => {
      const { body, headers } = await get(`/record/${id}?lang=${lang}`);
      const [entry, ...rest] = (body.register as JsonObject).metadata as JsonObject[];
      assert.deepEqual(rest, []);
      return [headers.get('content-language'), entry?.lang, entry?.record];
    };
    const french = { name: 'Nom', description: 'Text', subject: ['C'] };
    assert.deepEqual(await read('fr'), ['fr', 'fr', french]);
    assert.deepEqual(await read('fr-CA'), ['fr', 'fr', french]);
    assert.deepEqual(await read('de'), [
      'en',
      'en',
      { name: 'Name', description: 'Text', subject: ['A', 'B'] },
    ]);
    assert.equal((await get(`/record/${id}?lang=not%20a%20tag`)).status, 400);
  });

  test('given languages, then they are distinct and exactly one is the default', async () => {
    const faultsOf = async (...metadata: JsonObject[]) => {
      const answer = await ask('POST', '/record', { key, body: { metadata } });
      return answer.status === 201 ? [] : errorsOf(answer.body);
    };
    const record = { name: 'x' };
    assert.deepEqual(await faultsOf({ record }), []);
    assert.deepEqual(await faultsOf({ lang: 'en', record }, { lang: 'fr', record }), ['/metadata']);
    assert.deepEqual(await faultsOf({ lang: 'en', default: true, record }, { lang: 'EN', record }), [
      '/metadata/1/lang',
    ]);
    assert.deepEqual(await faultsOf({ lang: 'en', default: true, record }, { record }), ['/metadata/1/lang']);
    assert.deepEqual(
      await faultsOf({ lang: 'en', default: true, record }, { lang: 'fr', default: true, record }),
      ['/metadata/1/default'],
    );
  });

  test('given the judgement of a request, then 401 comes before 403, 404, 415 and 400', async () => {
    const poor = await account('poor', []);
    const nowhere = `/record/${'0'.repeat(32)}`;
    const id = await create();
    assert.equal((await ask('POST', nowhere, { body: '{' })).status, 401);
    assert.equal((await ask('POST', nowhere, { key: 'unknown', body: '{' })).status, 401);
    assert.equal((await ask('POST', nowhere, { key: poor, body: '{' })).status, 403);
    assert.equal((await ask('POST', nowhere, { key, body: '{' })).status, 404);
    const typed = { 'content-type': 'text/plain' };
    assert.equal((await ask('POST', `/record/${id}`, { key, body: '{', headers: typed })).status, 415);
    assert.equal((await ask('POST', `/record/${id}`, { key, body: '{' })).status, 400);
    assert.equal((await ask('POST', `/record/${id}`, { key, body: 'x'.repeat(11 << 20) })).status, 413);
    for (const path of ['', '/history', '/stats', '/stat/1'])
      assert.equal((await get(nowhere + path)).status, 404);
    assert.equal((await get(`/record/${id}/history?since=2020-02-30`)).status, 400);
    assert.equal((await get(`/record/${id}/history?since=2021-01-01&until=2020-01-01`)).status, 400);
    const noAdmin = await account('no admin', ['registry']);
    const body = { register: exampleRegister, admin: { 'no admin': {} } };
    assert.equal((await ask('POST', '/record', { key: noAdmin, body })).status, 403);
    const others = { register: exampleRegister, admin: { maker: { a: 1 } } };
    const made = await ask('POST', '/record', { key: noAdmin, body: others });
    assert.equal(made.status, 201);
    assert.deepEqual((await get(`/record/${made.body.id}`)).body.admin, {});
  });

  test('given many writers on one record, then no merge is lost and each version is kept once', async () => {
    const id = await create({ operational_status: 'Operational' });
    const fields = ['software', 'api', 'policy', 'integration', 'identifier', 'contact', 'organisation'];
    const bodies: Record<string, JsonObject> = {
      software: { name: 'EPrints' },
      api: { api_type: 'rss' },
      policy: { policy_type: 'Data' },
      integration: { nature: 'deposit' },
      identifier: { scheme: 'ror', value: '1' },
      contact: { role: ['general'] },
      organisation: { role: ['host'] },
    };
    await Promise.all(
      Array.from({ length: 40 }, async (_, place) => {
        const field = fields[place % fields.length] ?? '';
        const entry = { ...bodies[field] };
        const body = { [field]: [entry] };
        assert.equal((await ask('POST', `/record/${id}`, { key, body })).status, 200);
        const mine = await ask('PUT', `/record/${id}/admin`, {
          key: place % 2 ? key : other,
          body: { place },
        });
        assert.equal(mine.status, 200);
      }),
    );
    const { body } = await get(`/record/${id}`);
    assert.deepEqual(
      Object.keys(body.register as JsonObject).sort(),
      [...fields, 'operational_status'].sort(),
    );
    assert.equal(body.ver, fields.length + 1);
    const versions = (await get(`/record/${id}/history`)).body.list as JsonObject[];
    assert.deepEqual(
      versions.map(({ ver }) => ver),
      fields.map((_, place) => fields.length - place),
    );
    assert.deepEqual(Object.keys(body.admin as JsonObject).sort(), ['maker', 'other party']);
  });

  test('given a clock that steps back, then no date goes backwards', async () => {
    clock.time = Date.parse('2027-01-01T00:00:00Z');
    const id = await create();
    clock.time -= 86_400_000;
    await ask('POST', `/record/${id}`, { key, body: { operational_status: 'Trial' } });
    assert.equal((await get(`/record/${id}`)).body.last_updated, '2027-01-01T00:00:00Z');
  });
});
