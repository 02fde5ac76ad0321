import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { defaultMetadata, entriesOf, type JsonObject, objectOf } from './model/record.ts';
import { endings, registryApp } from './testing/registry-app.ts';

const ends = endings();
const { account, ask, get, clock, mails } = await registryApp(ends);
const key = await account('reviewer', ['registry']);
const poor = await account('reader', ['statistics']);
const total = async () => Number(((await get('/query?size=0')).body.hits as JsonObject).total);

suite('suggestions', () => {
  after(ends.run);

  test('given a URL, then it waits, shows neither contact nor comment, and comes once', async () => {
    const before = await total();
    const body = { url: 'http://www.new.example.org/', contact: { email: 'a@example.org' }, comment: 'nice' };
    const made = await ask('POST', '/suggest', { body });
    assert.equal(made.status, 201);
    assert.deepEqual([made.body.status, made.body.duplicate_of], ['pending', []]);
    assert.equal(made.headers.get('location'), `/suggest/${made.body.id}`);
    const again = await ask('POST', '/suggest', { body: { url: 'https://new.example.org/index.html' } });
    assert.deepEqual([again.status, again.body.id], [200, made.body.id]);
    const state = await get(`/suggest/${made.body.id}`);
    assert.equal(state.body.status, 'pending');
    assert.ok(!state.text.includes('a@example.org') && !state.text.includes('nice'));
    assert.equal(await total(), before);
    assert.equal((await get('/suggest')).status, 401);
    assert.equal((await ask('GET', '/suggest', { key: poor })).status, 403);
    const queue = await ask('GET', '/suggest?status=pending', { key });
    assert.equal(objectOf(entriesOf(queue.body, 'suggestions')[0], 'contact').email, 'a@example.org');
  });

  test('given an acceptance, then a record is made once and says where it comes from', async () => {
    const made = await ask('POST', '/suggest', { body: { url: 'http://accepted.example.org/' } });
    const path = `/suggest/${made.body.id}`;
    assert.equal((await ask('POST', `${path}/accept`, { key: poor, body: {} })).status, 403);
    const edited = {
      register: { metadata: [{ record: { name: 'Accepted', url: 'http://accepted.example.org/' } }] },
    };
    const answers = await Promise.all([1, 2].map(() => ask('POST', `${path}/accept`, { key, body: edited })));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409]);
    const { id } = answers.find(({ status }) => status === 201)?.body ?? {};
    const { body } = await get(`/record/${id}`);
    const admin = (body.admin as JsonObject).suggest as JsonObject;
    assert.deepEqual([admin.suggestion, admin.accepted_by], [made.body.id, 'reviewer']);
    assert.deepEqual([(await get(path)).body.status, (await get(path)).body.record], ['accepted', id]);
    const twin = await ask('POST', '/suggest', { body: { url: 'http://www.accepted.example.org' } });
    assert.deepEqual(twin.body.duplicate_of, [id]);
    assert.equal((await ask('POST', `${path}/reject`, { key, body: { reason: 'late' } })).status, 409);
  });

  test('given a decision, then who left an address is told, and nobody else', async () => {
    const contact = { email: 'asks@example.org' };
    const [taken, refused, silent] = await Promise.all(
      [{ contact }, { contact }, {}].map(async (more, at) => {
        const body = { url: `http://told-${at}.example.org/`, ...more };
        return (await ask('POST', '/suggest', { body })).body.id;
      }),
    );
    mails.length = 0;
    const accepted = await ask('POST', `/suggest/${taken}/accept`, { key, body: {} });
    await ask('POST', `/suggest/${refused}/reject`, { key, body: { reason: 'It is a journal.' } });
    await ask('POST', `/suggest/${refused}/reject`, { key, body: { reason: 'Twice' } });
    await ask('POST', `/suggest/${silent}/accept`, { key, body: {} });
    assert.deepEqual(
      mails.map(({ to, subject }) => [to, subject]),
      [
        ['asks@example.org', '[Almanac] Your suggestion was accepted'],
        ['asks@example.org', '[Almanac] Your suggestion was rejected'],
      ],
    );
    assert.match(mails[0]?.text ?? '', new RegExp(`/repositories/${accepted.body.id}\\n`));
    assert.match(mails[1]?.text ?? '', /Reason: It is a journal\./);
  });

  test('given a correction, then its differences are shown and accepting merges it', async () => {
    const made = await ask('POST', '/record', {
      key,
      body: { operational_status: 'Trial', software: [{ name: 'DSpace' }] },
    });
    const about = made.body.id;
    const body = { about, register: { operational_status: 'Operational' } };
    const suggestion = await ask('POST', '/suggest', { body });
    const queue = await ask('GET', '/suggest?status=pending&size=100', { key });
    const entry = (queue.body.suggestions as JsonObject[]).find(({ id }) => id === suggestion.body.id);
    assert.deepEqual(entry?.differences, [
      { path: '/operational_status', have: 'Trial', found: 'Operational' },
    ]);
    const accepted = await ask('POST', `/suggest/${suggestion.body.id}/accept`, { key });
    assert.deepEqual([accepted.status, accepted.body.id], [201, about]);
    const { register } = (await get(`/record/${about}`)).body as { register: JsonObject };
    assert.deepEqual(register, { operational_status: 'Operational', software: [{ name: 'DSpace' }] });
    const unknown = { about: '0'.repeat(32), register: { operational_status: 'Trial' } };
    assert.equal((await ask('POST', '/suggest', { body: unknown })).status, 404);
  });

  test('given a rejection, then its reason is told', async () => {
    const made = await ask('POST', '/suggest', { body: { url: 'http://rejected.example.org/' } });
    for (const body of [{}, { reason: '  ' }])
      assert.equal((await ask('POST', `/suggest/${made.body.id}/reject`, { key, body })).status, 400);
    const rejected = await ask('POST', `/suggest/${made.body.id}/reject`, {
      key,
      body: { reason: 'No repository' },
    });
    assert.equal(rejected.status, 200);
    const { body } = await get(`/suggest/${made.body.id}`);
    assert.deepEqual([body.status, body.reason], ['rejected', 'No repository']);
  });

  test('given a form, then it is read; a robot is dropped; faults are named by field', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const send = (fields: Record<string, string>) =>
      ask('POST', '/suggest', { body: new URLSearchParams(fields).toString(), headers });
    const made = await send({
      url: 'http://form.example.org',
      name: 'Form',
      country_code: 'fr',
      organisation: 'Uni',
    });
    assert.equal(made.status, 201);
    const { register } = (await get(`/suggest/${made.body.id}`)).body as { register: JsonObject };
    assert.equal(defaultMetadata(register).country, 'France');
    assert.equal((await send({ url: 'http://bot.example.org', website: 'x' })).status, 204);
    const faulty = await send({ url: 'nowhere', country_code: 'uk', contact_email: 'x' });
    assert.deepEqual((faulty.body.errors as { path: string }[]).map(({ path }) => path).sort(), [
      'contact_email',
      'country_code',
      'url',
    ]);
  });

  test('given too many from one address, then 429 with Retry-After, for an hour', async () => {
    const send = (place: number) =>
      ask('POST', '/suggest', { body: { url: `http://r${place}.example.net/` } });
    let refused: Awaited<ReturnType<typeof send>> | undefined;
    for (let place = 0; place < 61 && !refused; place++) {
      const answer = await send(place);
      if (answer.status === 429) refused = answer;
    }
    assert.ok(Number(refused?.headers.get('retry-after')) > 3000);
    clock.time += 3_600_001;
    assert.equal((await send(100)).status, 201);
  });
});
