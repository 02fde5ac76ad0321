import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { replay } from '../app.ts';
import { quietLog } from '../testing/index.ts';
import { startTestServer, type TestServer } from './testing/server.ts';
import { startSite } from './testing/site.ts';

const doi = '10.5555/open-shelves';

interface Status {
  id: string;
  status: string;
  reason: string | null;
  checks: number;
  event: string | null;
}

let server: TestServer;
let site: Awaited<ReturnType<typeof startSite>>;

before(async () => {
  server = await startTestServer({ env: { ALLOW_PRIVATE_ADDRESSES: '127.0.0.1' } });
  site = await startSite();
  await server.client.publications.post({
    publications: [{ id: 'oai:repository.example:1', identifiers: [doi], title: 'Open shelves' }],
  });
  await server.client.usage.waitUntilCounted();
});
after(async () => {
  await server.stop();
  site.stop();
});

async function json<T>(path: string): Promise<T> {
  const answer = await server.ask(path);
  const text = await answer.text();
  assert.equal(answer.status, 200, `${path}: ${text}`);
  return JSON.parse(text) as T;
}

async function verified(source: string, target: string): Promise<Status> {
  const sent = await server.ask('/webmention', {
    method: 'POST',
    body: new URLSearchParams({ source, target }),
  });
  const status = (await sent.json()) as Status;
  assert.equal(sent.status, 201, JSON.stringify(status));
  for (let now = status; ; now = await json<Status>(`/webmention/${status.id}`)) {
    if (now.checks > status.checks) return now;
    await sleep(10);
  }
}

interface Event {
  id: string;
  action: string;
  subj_id: string;
  obj_id: string;
  obj_work: string;
  source_id: string;
  relation_type_id: string;
  account: string;
  evidence: string;
  subj: { title?: string };
}

const eventOf = async (id: string | null) => (await json<{ event: Event }>(`/api/events/${id}`)).event;

async function mentionsOfWork(): Promise<number> {
  const { work } = await json<{ work: { results: Record<string, number> } }>(
    `/api/works/${encodeURIComponent(doi)}`,
  );
  return work.results.webmention ?? 0;
}

test('given a page that links to the address of a work here, then the work counts it, down to the response it came from', async () => {
  const target = `${server.url}/works/${encodeURIComponent(doi)}`;
  const source = site.page(
    '/own',
    `<title>Reading</title><div class="h-entry"><a class="u-like-of" href="${target}">x</a></div>`,
  );
  const status = await verified(source, target);
  assert.deepEqual([status.status, status.reason], ['accepted', null]);
  const event = await eventOf(status.event);
  assert.deepEqual(
    [event.subj_id, event.obj_id, event.obj_work, event.source_id, event.relation_type_id, event.account],
    [source, target, `doi:${doi}`, 'webmention', 'likes', 'agent:webmention'],
  );
  assert.equal(event.subj.title, 'Reading');
  assert.equal(await mentionsOfWork(), 1);

  interface Evidence {
    kind: string;
    account: string;
    derived_from?: string;
    url?: string;
    status?: number;
    payload?: string;
  }
  const deposits = await json<Evidence>(`/api/evidence/${event.evidence}`);
  assert.deepEqual([deposits.kind, deposits.account], ['deposits', 'agent:webmention']);
  const response = await json<Evidence>(`/api/evidence/${deposits.derived_from}`);
  assert.deepEqual([response.kind, response.url, response.status], ['response', source, 200]);
  assert.match(response.payload ?? '', /<title>Reading<\/title>/);
});

test('given that the page is gone, then its event is deleted and counts no more; back again, it is restored', async () => {
  const before = await mentionsOfWork();
  const target = `https://doi.org/${doi}`;
  const link = `<title>One</title><a href="${target}">x</a>`;
  const source = site.page('/gone', link);
  const { event } = await verified(source, target);
  assert.equal(await mentionsOfWork(), before + 1);
  site.page('/gone', link, 410);
  assert.equal((await verified(source, target)).status, 'deleted');
  assert.equal((await server.ask(`/api/events/${event}`)).status, 410);
  assert.equal(await mentionsOfWork(), before);
  site.page('/gone', link.replace('One', 'Two'));
  const restored = await verified(source, target);
  assert.deepEqual([restored.status, restored.event], ['accepted', event]);
  assert.equal((await eventOf(event)).subj.title, 'Two');
  assert.equal(await mentionsOfWork(), before + 1);
});

test('given two spellings of one pair, then both are accepted and one counts', async () => {
  const before = await mentionsOfWork();
  const targets = [`https://doi.org/${doi}`, `${server.url}/works/doi:${doi}`];
  const links = targets.map((target) => `<a href="${target}">x</a>`).join('');
  const when = '<time class="dt-published" datetime="2026-01-02T03:04:05Z">x</time>';
  const source = site.page('/twice', `<div class="h-entry">${links}${when}</div>`);
  const [first, second] = [
    await verified(source, targets[0] ?? ''),
    await verified(source, targets[1] ?? ''),
  ];
  assert.deepEqual([first.status, second.status], ['accepted', 'accepted']);
  assert.equal(second.event, first.event);
  assert.equal(await mentionsOfWork(), before + 1);
});

test('given works and records, then reads of them say where mentions go, and mentions of a repository are events', async () => {
  const key = await server.keyOf('registrar', 'registry');
  const made = await server.ask('/record', {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ metadata: [{ record: { name: 'Shelves', url: 'https://repository.example/' } }] }),
  });
  const { id } = (await made.json()) as { id: string };
  for (const path of [`/record/${id}`, `/api/works/${encodeURIComponent(doi)}`]) {
    const { headers } = await server.ask(path);
    assert.match(headers.get('link') ?? '', new RegExp(`<${server.url}/webmention>; rel="webmention"`), path);
  }
  const target = `${server.url}/repositories/${id}`;
  const status = await verified(site.page('/repository', `<a href="${target}">x</a>`), target);
  assert.equal(status.status, 'accepted');
  assert.equal((await eventOf(status.event)).obj_work, target);
});

test('given a replay, then no page is asked for, and the events are the same', async () => {
  const everything = () => json<{ events: unknown[] }>('/api/events?source_id=webmention&size=1000');
  const [before, asked] = [await everything(), site.asked.length];
  assert.ok(before.events.length >= 4);
  const progress = { start() {}, total() {}, advance() {}, end() {} };
  await replay(server.config, quietLog, progress);
  assert.deepEqual(await everything(), before);
  assert.equal(site.asked.length, asked);
});
