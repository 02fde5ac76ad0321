import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { createOutbound } from '../../platform/outbound/index.ts';
import { createReader, sendWebmention, webmentionLink } from './index.ts';
import { knownRepository, knownWork, ownAddress, type Receiver, startReceiver } from './testing/receiver.ts';
import { type Site, startSite } from './testing/site.ts';

const target = 'https://doi.org/10.5555/known';
const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

let receiver: Receiver;
let site: Site;

before(async () => {
  receiver = await startReceiver();
  site = await startSite();
});
after(async () => {
  await receiver.stop();
  site.stop();
});

const post = (body: string | FormData, type?: string) =>
  fetch(`${receiver.url}/webmention`, {
    method: 'POST',
    body,
    headers: type === undefined ? {} : { 'content-type': type },
  });

test('given a pair, then 201 with its address, where it is told as queued; the same pair has the same address', async () => {
  const source = site.page('/first', '<p>x</p>');
  const first = await receiver.send(source, target);
  assert.equal(first.status, 201);
  const location = first.headers.get('location') ?? '';
  assert.match(location, /^\/webmention\/[0-9a-f-]{36}$/);
  const body = (await first.json()) as Record<string, unknown>;
  assert.deepEqual(
    { ...body, received_at: typeof body.received_at },
    {
      id: location.slice('/webmention/'.length),
      source,
      target,
      status: 'queued',
      reason: null,
      checks: 0,
      relation_type_id: null,
      event: null,
      received_at: 'string',
      checked_at: null,
    },
  );
  let now = await receiver.statusAt(location);
  while (now.checks === 0) now = await receiver.statusAt(location);
  assert.equal(now.status, 'rejected');
  const again = await receiver.send(source, target);
  assert.equal(again.headers.get('location'), location);
  assert.deepEqual(((await again.json()) as Record<string, unknown>).status, 'queued');
  const other = await receiver.send(`${source}?other`, target);
  assert.notEqual(other.headers.get('location'), location);
});

test('given faults, then a problem names each field', async () => {
  const answer = await receiver.send('http://10.0.0.1/', 'https://nothing.example/');
  assert.equal(answer.status, 400);
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
  const { errors } = (await answer.json()) as { errors: unknown };
  assert.deepEqual(errors, [{ path: 'source', message: 'is at an address that is not allowed' }]);
  const unknown = await receiver.send('https://blog.example/', 'https://nothing.example/');
  assert.deepEqual(((await unknown.json()) as { errors: unknown }).errors, [
    { path: 'target', message: 'is nothing that mentions are taken for here' },
  ]);
  const empty = await post('', 'application/x-www-form-urlencoded');
  assert.equal(((await empty.json()) as { errors: unknown[] }).errors.length, 2);
});

test('given targets of ours, then they are taken', async () => {
  for (const one of [
    knownWork,
    `${ownAddress}/works/10.5555%2Fknown`,
    `${ownAddress}/repositories/${knownRepository}`,
  ])
    assert.equal((await receiver.send('https://nobody.example/', one)).status, 201, one);
});

test('given another type than a form, or none, then 415; given more than 64 KiB, then 413', async () => {
  assert.equal((await post(JSON.stringify({ source: 'x', target }), 'application/json')).status, 415);
  assert.equal((await post('source=x', 'text/plain')).status, 415);
  const multipart = new FormData();
  multipart.set('source', 'https://blog.example/');
  assert.equal((await post(multipart)).status, 415);
  const bare = await new Promise<number | undefined>((resolve, reject) => {
    const asked = request(`${receiver.url}/webmention`, { method: 'POST' }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('error', reject).end('source=x');
  });
  assert.equal(bare, 415);
  const large = `source=${'x'.repeat(65_536)}`;
  assert.equal((await post(large, 'application/x-www-form-urlencoded')).status, 413);
});

test('given no such id, then 404', async () => {
  for (const id of ['0123', '01234567-89ab-7def-8123-0123456789ab'])
    assert.equal((await fetch(`${receiver.url}/webmention/${id}`)).status, 404);
});

test('given a browser, then it gets pages that load nothing and show what strangers sent as text', async () => {
  const source = `${site.url}/<script>alert(1)</script>?"'&`;
  const answer = await receiver.send(source, target, { accept: browser });
  assert.equal(answer.status, 201);
  const location = answer.headers.get('location') ?? '';
  const status = await fetch(receiver.url + location, { headers: { accept: browser } });
  const faults = await receiver.send('<b>', '', { accept: browser });
  assert.equal(faults.status, 400);
  const form = await fetch(`${receiver.url}/webmention`);
  for (const page of [answer, status, faults, form]) {
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
    assert.match(
      page.headers.get('content-security-policy') ?? '',
      /^default-src 'none'; style-src 'sha256-[^']+'; img-src data:; form-action 'self'/,
    );
    const html = await page.text();
    assert.doesNotMatch(html, /<script|<b>/);
    assert.match(html, /<title>[^<]+<\/title>/);
  }
  const filled = await fetch(`${receiver.url}/webmention?target=${encodeURIComponent('"><b>')}`);
  assert.match(await filled.text(), /name="target"[^>]* value="&quot;&gt;&lt;b&gt;"/);
  const json = await fetch(receiver.url + location, {
    headers: { accept: 'application/json, text/html;q=0.5' },
  });
  assert.match(json.headers.get('content-type') ?? '', /^application\/json/);
});

test('given reads of what can be mentioned, then they say where, beside their own links; others do not', async () => {
  const thing = await fetch(`${receiver.url}/thing/1`);
  assert.equal(thing.headers.get('link'), `<https://e.example/>; rel="type", ${webmentionLink(ownAddress)}`);
  assert.equal(webmentionLink('https://a.example/'), '<https://a.example/webmention>; rel="webmention"');
  const head = await fetch(`${receiver.url}/thing/1`, { method: 'HEAD' });
  assert.match(head.headers.get('link') ?? '', /rel="webmention"/);
  assert.equal((await fetch(`${receiver.url}/openapi.json`)).headers.get('link'), null);
});

test('given more requests than the limit, then 429 with the time to wait', async (t) => {
  const limited = await startReceiver({ rateLimit: 2 });
  t.after(limited.stop);
  const answers = [];
  for (let n = 0; n < 3; n += 1) answers.push(await limited.send('https://nobody.example/', target));
  assert.deepEqual(
    answers.map(({ status }) => status),
    [201, 201, 429],
  );
  assert.match(answers[2]?.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
});

test('given a rejected mention, then it is forgotten after 90 days and not before', async () => {
  const { id, location } = await receiver.verified(site.page('/forgotten', '<p>x</p>'), target);
  const age = (days: number) => receiver.sql`
    update almanac.webmentions
    set checked_at = now() - make_interval(days => ${days})
    where id = ${id}`;
  await age(89);
  await receiver.receiver.daily();
  assert.equal((await fetch(receiver.url + location)).status, 200);
  await age(91);
  await receiver.receiver.daily();
  assert.equal((await fetch(receiver.url + location)).status, 404);
});

test('given a page with an endpoint, then the sender finds it, keeps its query, posts both addresses and tells the answer', async (t) => {
  const outbound = createOutbound({
    allowPrivateAddresses: ['127.0.0.1'],
    userAgent: 'Almanac/test',
    breaks: false,
  });
  const reader = createReader();
  t.after(outbound.close);
  t.after(reader.close);
  const parts = { outbound, reader };
  const bodies: string[] = [];
  for (const status of [200, 201, 202, 400]) {
    site.answers(`/endpoint?a=1&status=${status}`, async (incoming, response) => {
      let body = '';
      for await (const chunk of incoming) body += chunk;
      bodies.push(`${incoming.headers['content-type']} ${body}`);
      response.writeHead(status, status === 201 ? { location: '/status/1' } : {}).end();
    });
    const page = site.page(
      `/target/${status}`,
      `<a rel="webmention" href="/endpoint?a=1&amp;status=${status}">x</a>`,
    );
    assert.deepEqual(await sendWebmention(parts, 'https://blog.example/post?x=1', page), {
      target: page,
      endpoint: `${site.url}/endpoint?a=1&status=${status}`,
      status,
      location: status === 201 ? `${site.url}/status/1` : null,
      error: status === 400 ? 'the endpoint answers with status 400' : null,
    });
  }
  const source = 'source=https%3A%2F%2Fblog.example%2Fpost%3Fx%3D1';
  const told = [200, 201, 202, 400].map((status) => {
    const page = encodeURIComponent(`${site.url}/target/${status}`);
    return `application/x-www-form-urlencoded ${source}&target=${page}`;
  });
  assert.deepEqual(bodies, told);
  const silent = site.page('/silent', '<p>x</p>');
  const nothing = { target: silent, endpoint: null, status: null, location: null, error: null };
  assert.deepEqual(await sendWebmention(parts, 'https://blog.example/', silent), nothing);
  const inner = site.page('/inner', '<link rel="webmention" href="http://10.1.2.3/endpoint">');
  const refused = await sendWebmention(parts, 'https://blog.example/', inner);
  assert.deepEqual([refused.status, refused.error], [null, 'the address is not allowed']);
  const found = await sendWebmention(parts, 'https://blog.example/', inner, { discoverOnly: true });
  assert.deepEqual([found.endpoint, found.status, found.error], ['http://10.1.2.3/endpoint', null, null]);
  const gone = await sendWebmention(parts, 'https://blog.example/', site.page('/gone', '', 410));
  assert.equal(gone.error, 'the target answers with status 410');
});

test('given our own receiver, then what our sender sends is taken', async (t) => {
  const outbound = createOutbound({ allowPrivateAddresses: ['127.0.0.1'], userAgent: 'Almanac/test' });
  const reader = createReader();
  t.after(outbound.close);
  t.after(reader.close);
  const page = site.answers('/advertised', (_request, response) =>
    response.writeHead(200, { link: `<${receiver.url}/webmention>; rel=webmention` }).end(),
  );
  const sent = await sendWebmention({ outbound, reader }, site.url, page);
  // The page is found, but it is none of the receiver's own.
  assert.deepEqual([sent.endpoint, sent.status], [`${receiver.url}/webmention`, 400]);
});
